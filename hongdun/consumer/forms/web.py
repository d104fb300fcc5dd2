"""What a citizen is asked, one topic a page; fields bear the names that the operator's page gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.fields import CodeField, DateField, NumberField
from hongdun.base.forms import GovForm, Look
from hongdun.consumer.models import Kind
from hongdun.consumer.queries import wording
from hongdun.documents.forms import FilesField
from hongdun.lib import organs, uscc
from hongdun.org import queries as org
from hongdun.register import queries as register

if TYPE_CHECKING:
    from collections.abc import Mapping

PHONE = re.compile(r"\+?\d[\d-]{6,17}")
AREA = forms.Textarea(attrs={"rows": 6})
KINDS = {
    Kind.COMPLAINT: ("我和商家有消费纠纷，要求退款、赔偿等（投诉）", "市场监管部门组织双方调解；须实名"),
    Kind.REPORT: ("我要反映商家违法，例如卖假货、不合格食品（举报）", "市场监管部门核查；可以匿名"),
    Kind.CONSULTATION: ("我要问政策、问手续（咨询）", ""),
    Kind.SUGGESTION: ("我要提意见建议（建议）", ""),
}


class Page(GovForm):
    """One topic; `wanted` is what the citizen chose, as far as that is known."""

    code: ClassVar[str]
    label: ClassVar[str]

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: frozenset[str] = frozenset(),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.wanted = kinds
        super().__init__(data, initial=initial)
        self.fit()

    def fit(self) -> None:
        """Leave away what isn't asked of these kinds."""

    def drop(self, *names: str) -> None:
        for name in names:
            del self.fields[name]


class Kinds(Page):
    code, label = "kinds", "您要办什么"
    kinds = forms.MultipleChoiceField(
        label="您要办什么？",
        choices=[(kind.value, words) for kind, (words, _) in KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选几项。既要退款、又反映卖假货的，两项都选：会分成一件投诉、一件举报，分别办理。",
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "kinds": Look(choice_hints={kind.value: hint for kind, (_, hint) in KINDS.items() if hint})
    }


class Who(Page):
    code, label = "who", "您是谁"
    sender_name = forms.CharField(label="姓名", max_length=60)
    sender_phone = CodeField(label="手机号", max_length=20, help_text="办理人员打这个号码；查进度也用它")
    sender_address = forms.CharField(label="通讯地址", max_length=200, help_text="纸质文书寄到这里")
    anonymous = forms.BooleanField(
        label="举报不署名", required=False, help_text="举报件不写您的姓名电话；匿名举报不告知处理结果"
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "sender_name": Look(width=20, autocomplete="name"),
        "sender_phone": Look(width=20, autocomplete="tel", inputmode="tel"),
        "sender_address": Look(autocomplete="street-address"),
    }

    def fit(self) -> None:
        if Kind.REPORT not in self.wanted:
            self.drop("anonymous")
        if Kind.COMPLAINT not in self.wanted:  # the law asks only of complainants who they are (art. 10, 28)
            self.fields["sender_address"].required = False
        if self.wanted == {Kind.REPORT.value}:
            self.fields["sender_name"].required = self.fields["sender_phone"].required = False

    def clean_sender_phone(self) -> str:
        phone: str = self.cleaned_data["sender_phone"]
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError("号码应为 11 位手机号，或者带区号的座机号，例如 0771-5550000")
        return phone

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "anonymous" in self.fields and not given.get("anonymous") and not self.errors:
            for name in ("sender_name", "sender_phone"):
                if not given.get(name):
                    self.add_error(name, f"请填写{self.fields[name].label}，或者勾选“举报不署名”")
        return given


class Whom(Page):
    code, label = "whom", "哪个商家"
    merchant = forms.CharField(
        label="商家名称", max_length=120, help_text="营业执照、小票或者网店上写的名称；不清楚的写招牌"
    )
    entity = CodeField(required=False, max_length=18, widget=forms.HiddenInput)
    merchant_address = forms.CharField(label="商家地址", required=False, max_length=200)
    merchant_phone = CodeField(label="商家电话", required=False, max_length=20)
    platform = forms.CharField(
        label="网络平台", required=False, max_length=120, help_text="在网店、直播间买的，写平台名称"
    )
    no_address = forms.BooleanField(label="网店没有公示营业执照或者地址", required=False)
    unreachable = forms.BooleanField(label="按公示的地址和电话联系不上商家", required=False)
    sale_division = forms.ChoiceField(label="在哪里买的", help_text="网购的选收货地")
    looks: ClassVar[Mapping[str, Look]] = {
        "merchant": Look(autocomplete="off"),  # or the browser puts in the sender's own
        "merchant_address": Look(autocomplete="off"),
        "platform": Look(autocomplete="off"),
        "merchant_phone": Look(width=20, autocomplete="off", inputmode="tel"),
        **dict.fromkeys(("no_address", "unreachable"), Look(small=True)),
    }

    def fit(self) -> None:
        place = self.fields["sale_division"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [("", "请选择"), *org.division_choices(organs.REGION_BUREAU)]

    def clean_entity(self) -> str:
        """What was chosen while typing counts only as long as the name still stands beside it."""
        code = uscc.normalise(str(self.cleaned_data["entity"]))
        found = register.current(code) if code else None
        return code if found and found.name == self.cleaned_data.get("merchant", "").strip() else ""


class What(Page):
    code, label = "what", "发生了什么"
    text = forms.CharField(
        label="事情经过", max_length=3000, widget=AREA,
        help_text="买了什么商品或者服务、什么时候、出了什么问题、怎么和商家交涉的",
    )  # fmt: skip
    report_text = forms.CharField(
        label="违法线索", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="单独写进举报件，与投诉分别办理，商家看不到",
    )  # fmt: skip
    bought = DateField(label="购买日期", required=False)
    amount = NumberField(label="涉及金额", required=False, min_value=0, max_digits=12, decimal_places=2)
    looks: ClassVar[Mapping[str, Look]] = {"amount": Look(width=10, suffix="元")}

    def fit(self) -> None:
        if not {Kind.COMPLAINT, Kind.REPORT} <= self.wanted:
            self.drop("report_text")
        if not self.wanted & {Kind.COMPLAINT, Kind.REPORT}:
            self.drop("bought", "amount")
            self.fields["text"].label, self.fields["text"].help_text = "内容", ""


class Wants(Page):
    code, label = "wants", "您的要求"
    claims = forms.MultipleChoiceField(
        label="您要求商家怎么做？", choices=list(wording.CLAIMS.items()), widget=forms.CheckboxSelectMultiple
    )
    no_publish = forms.BooleanField(
        label="不同意公示", required=False,
        help_text="默认公示投诉的基本情况和处理结果（被投诉商家、问题、结果），不公示您的个人信息",
    )  # fmt: skip
    may_entrust = forms.BooleanField(
        label="同意委托消费者协会等组织调解", required=False, help_text="商家也同意的才委托"
    )
    looks: ClassVar[Mapping[str, Look]] = {"claims": Look(small=True)}


class Evidence(GovForm):
    evidence = FilesField(
        label="照片或者文件",
        required=False,
        help_text="小票、聊天记录截图、商品照片。JPG、PNG 或 PDF，每个不超过 20 MB，一次可以选几个。",
    )


PAGES: tuple[type[Page], ...] = (Kinds, Who, Whom, What, Wants)
BY_CODE = {page.code: page for page in PAGES}


def asked(kinds: frozenset[str]) -> list[type[Page]]:
    """Pages that these kinds need, in order."""
    needed = [Kinds, Who]
    needed += [Whom] if kinds & {Kind.COMPLAINT, Kind.REPORT} else []
    needed += [What]
    return [*needed, Wants] if Kind.COMPLAINT in kinds else needed
