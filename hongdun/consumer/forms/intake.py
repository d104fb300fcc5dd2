"""What an operator types while somebody tells it: one page, in the order of the talk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.fields import CodeField, DateField, NumberField, tidy
from hongdun.base.forms import GovForm, Look
from hongdun.consumer.actions import Filing, Merchant, Sender
from hongdun.consumer.models import Kind
from hongdun.consumer.queries import channels, scoring, wording
from hongdun.lib import uscc
from hongdun.lib.complaints import brands
from hongdun.lib.complaints.classes import classes, label
from hongdun.org import queries as org
from hongdun.register import queries as register

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.register.models import Entity

NONE = [("", "请选择")]
CHECKS = forms.CheckboxSelectMultiple


class Intake(GovForm):
    submission = forms.UUIDField(widget=forms.HiddenInput)
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    call = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label="渠道")
    received = DateField(label="收到日期", initial=clock.today, help_text="信函等按收到的那一天")
    kinds = forms.MultipleChoiceField(
        label="类型", choices=Kind.choices, widget=CHECKS, initial=[Kind.COMPLAINT.value]
    )
    sender_phone = CodeField(label="电话号码", required=False, max_length=20)
    sender_name = forms.CharField(label="姓名", required=False, max_length=60)
    sender_address = forms.CharField(label="通讯地址", required=False, max_length=200)
    sender_id = CodeField(label="身份证件号码", required=False, max_length=18)
    anonymous = forms.BooleanField(label="举报人要求匿名", required=False)
    others = forms.CharField(
        label="共同投诉人", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="对同一商家的同一争议一起投诉的，每行一人：姓名 电话",
    )  # fmt: skip
    representatives = forms.CharField(
        label="代表人", required=False, max_length=130, help_text="书面推选的，最多两名，用顿号隔开"
    )
    agent_name = forms.CharField(label="受托人姓名", required=False, max_length=60)
    agent_phone = CodeField(label="受托人电话", required=False, max_length=20)
    agent_powers = forms.CharField(label="委托事项、权限和期限", required=False, max_length=300)
    merchant = forms.CharField(label="被投诉（举报）人", required=False, max_length=120)
    entity = CodeField(required=False, max_length=18, widget=forms.HiddenInput)
    merchant_address = forms.CharField(label="经营地址", required=False, max_length=200)
    merchant_phone = CodeField(label="商家电话", required=False, max_length=20)
    platform = forms.CharField(label="网络平台", required=False, max_length=120)
    no_address = forms.BooleanField(label="网店没有公示合法地址", required=False)
    unreachable = forms.BooleanField(label="按公示的地址和电话联系不上", required=False)
    sale_division = forms.ChoiceField(label="交易发生地", required=False)
    text = forms.CharField(label="事实和诉求", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    report_text = forms.CharField(
        label="举报线索", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="同时举报的，写明涉嫌违法的线索和依据，与投诉分别办理",
    )  # fmt: skip
    object_class = forms.ChoiceField(label="商品服务类别", required=False)
    problem_class = forms.ChoiceField(label="问题类别", required=False)
    sales_mode = forms.ChoiceField(label="销售方式", required=False)
    brand = forms.CharField(label="品牌", required=False, max_length=brands.LONGEST)
    claims = forms.MultipleChoiceField(
        label="诉求", required=False, choices=list(wording.CLAIMS.items()), widget=CHECKS
    )
    amount = NumberField(label="涉及金额", required=False, min_value=0, max_digits=12, decimal_places=2)
    bought = DateField(label="购买日期", required=False)
    urgency = forms.MultipleChoiceField(
        label="紧急情形",
        required=False,
        choices=[(c, w) for c, (w, _) in scoring.URGENT.items()],
        widget=CHECKS,
    )
    no_publish = forms.BooleanField(label="投诉人不同意公示", required=False)
    may_entrust = forms.BooleanField(label="投诉人同意委托调解", required=False)

    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("来件", ("channel", "received", "kinds")),
        ("什么人", ("sender_phone", "sender_name", "sender_address", "sender_id", "anonymous")),
        (
            "对谁",
            ("merchant", "merchant_address", "merchant_phone", "platform", "no_address", "unreachable", "sale_division"),
        ),
        ("什么事", ("text", "report_text", "object_class", "problem_class", "sales_mode", "brand", "amount", "bought")),
        ("要求", ("claims", "urgency", "no_publish", "may_entrust")),
        ("共同投诉和委托", ("others", "representatives", "agent_name", "agent_phone", "agent_powers")),
    )  # fmt: skip
    marks_optional = False  # what is needed depends on the kind
    looks: ClassVar[Mapping[str, Look]] = {
        **dict.fromkeys(
            ("anonymous", "no_address", "unreachable", "no_publish", "may_entrust"), Look(small=True)
        ),
        "kinds": Look(inline=True, small=True),
        "claims": Look(inline=True, small=True),
        "urgency": Look(inline=True, small=True),
        "sender_phone": Look(width=20, autocomplete="off", inputmode="tel"),
        "sender_name": Look(width=20, autocomplete="off"),
        "sender_id": Look(width=20, autocomplete="off"),
        "merchant": Look(autocomplete="off"),
        "brand": Look(width=20, autocomplete="off"),
        "merchant_phone": Look(width=20, autocomplete="off"),
        "amount": Look(width=10, suffix="元"),
    }

    def __init__(self, data: Any = None, *, organ: int, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.found: Entity | None = None
        self._choices("channel", channels.choices(on=clock.today()))
        self._choices("sale_division", [*NONE, *org.division_choices(organ)])
        self._choices("object_class", [*NONE, *((c, label("object", c)) for c in classes("object"))])
        self._choices("problem_class", [*NONE, *((c, each.label) for c, each in classes("problem").items())])
        self._choices("sales_mode", [*NONE, *((c, each.label) for c, each in classes("mode").items())])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_received(self) -> Any:
        day = self.cleaned_data["received"]
        if day > clock.today():
            raise forms.ValidationError("收到日期不能晚于今天，请核对。")
        return day

    def clean_entity(self) -> str:
        """What was chosen while typing counts only as long as the name still stands beside it."""
        code = str(self.cleaned_data["entity"])
        if not code:
            return ""
        found = register.current(uscc.normalise(code))
        if found is None:
            raise forms.ValidationError(f"登记簿没有统一社会信用代码 {code}，请重新选择。")
        if self.cleaned_data.get("merchant", "").strip() not in {"", found.name}:
            return ""
        self.found = found
        return code

    def filing(self) -> Filing:
        given = self.cleaned_data
        return Filing(
            kinds=frozenset(Kind(kind) for kind in given["kinds"]), sender=self._sender(), merchant=self._merchant(),
            text=given["text"], report_text=given["report_text"], sale_division=given["sale_division"],
            object_class=given["object_class"], problem_class=given["problem_class"], sales_mode=given["sales_mode"],
            brand=given["brand"], claims=tuple(given["claims"]), amount=given["amount"], bought=given["bought"],
            urgency=tuple(given["urgency"]), anonymous=given["anonymous"], may_publish=not given["no_publish"],
            may_entrust=given["may_entrust"], others=people(given["others"]),
            representatives=tuple(filter(None, re.split(r"[、,，\s]+", given["representatives"]))),
            agent=Sender(given["agent_name"], given["agent_phone"]), agent_powers=given["agent_powers"],
        )  # fmt: skip

    def _sender(self) -> Sender:
        given = self.cleaned_data
        return Sender(
            given["sender_name"], given["sender_phone"], given["sender_address"], given["sender_id"]
        )

    def _merchant(self) -> Merchant:
        given = self.cleaned_data
        name, address = given["merchant"].strip(), given["merchant_address"]
        if self.found:
            name, address = self.found.name, address or self.found.address
        platform = platform_of(given["platform"])
        return Merchant(
            name, address, given["merchant_phone"], self.found.pk if self.found else None, platform,
            given["platform"], not given["no_address"], not given["unreachable"],
        )  # fmt: skip


def people(text: str) -> tuple[Sender, ...]:
    """One on each line: a name, then a telephone number."""
    lines = (line.split() for line in text.splitlines() if line.strip())
    return tuple(Sender(words[0], tidy("".join(words[1:]))) for words in lines)


def platform_of(name: str) -> UUID | None:
    """The platform in the register, if exactly one entity bears what was typed."""
    hits = register.find(name.strip()).entities if name.strip() else []
    exact = [each for each in hits if name.strip() in {each.name, each.uscc}]
    return exact[0].pk if len(exact) == 1 else None
