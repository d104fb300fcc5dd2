"""Fields of a change: what the register knows is filled in, and whom it knows isn't asked for a number again (条例 art. 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import formset_factory

from hongdun.base import clock
from hongdun.base.forms import GovForm
from hongdun.lib.entitytypes import TYPES
from hongdun.registration import items, kinds, naming
from hongdun.registration.change import rules
from hongdun.registration.change.terms import current_parent, naming_of
from hongdun.registration.establishment import nameforms
from hongdun.registration.naming import check_printable
from hongdun.registration.queries import reservations
from hongdun.registration.topics import fields, holders, pages, people

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from hongdun.lib.entitytypes import EntityType
    from hongdun.lib.particulars import Particulars, Share
    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming


PAID_IN = "paid_in"
KNOWN = "登记簿已有，不改可留空"


class Items(GovForm):
    """`besides`: number of the filing that is mended, which doesn't stand in its own way. `on`: under which day's law."""

    items = forms.MultipleChoiceField(label="要变更哪些事项", widget=forms.CheckboxSelectMultiple)
    resolved = forms.DateField(
        label="作出变更决议或者决定的日期", help_text="没有决议的，填事项发生的日期；应当自该日起 30 日内申请"
    )

    def __init__(
        self, *args: Any, entity: Entity, filed_only: bool, besides: str, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entity, self.filed_only, self.besides, self.on = entity, filed_only, besides, on
        kind = entity.entity_type
        found = items.of(kind, on=on, filed_only=filed_only)
        choice = self.fields["items"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(each.code, _label(each, kind, filed=each.is_filed(kind, on=on))) for each in found]
        if filed_only and kind.licence == items.COMPANY:
            choice.choices.append((PAID_IN, "实缴的出资"))
        choice.label = "要备案哪些事项" if filed_only else choice.label
        choice.error_messages["required"] = f"请选择{choice.label}"
        choice.help_text = "可以一次选几项" + ("；标“备案”的不登记、只备案" if not filed_only else "")

    def clean_items(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["items"]
        if PAID_IN in chosen:
            raise forms.ValidationError(
                "实缴的出资不用备案，由公司自行向社会公示（公司法第四十条第一款第一项），请取消勾选。"
            )
        problems = [*rules.in_the_way(self.entity, chosen, besides=self.besides)]
        problems += rules.demanded(self.entity, chosen, on=self.on)
        if not self.filed_only and not items.any_registered(chosen, self.entity.entity_type, on=self.on):
            problems.append("只选了备案事项：请改办“备案”，手续更少；或者再选一项登记事项。")
        if problems:
            raise forms.ValidationError(problems)
        return chosen

    def clean_resolved(self) -> date:
        day: date = self.cleaned_data["resolved"]
        if day > clock.today():
            raise forms.ValidationError("决议日期晚于今天，请填已经作出决议的日期。")
        return day


def _label(item: items.Item, kind: EntityType, *, filed: bool) -> str:
    own = {"capital": kind.capital_label, "representative": kind.representative_label}.get(
        item.code, item.label
    )
    return f"{own}（备案）" if filed else own


class Name(naming.NameFields):
    """`entity_type`: after the change.

    `parent`: of a branch whose enterprise this register doesn't know; what it knows isn't asked.
    """

    group = naming.group_field()
    parent = forms.CharField(
        label="隶属企业现在的名称",
        max_length=100,
        help_text="隶属企业改名的，分支机构自它变更登记之日起 30 日内变更（实施细则第三十一条）",
    )

    def __init__(
        self,
        *args: Any,
        entity: Entity,
        entity_type: str,
        state: Particulars,
        applicant: UUID | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entity, self.entity_type, self.state = entity, entity_type, state
        self.reserved = reservations(applicant)
        self.fields["name"].label = "新名称"
        kind = kinds.of_type(entity_type)
        if not kind or not kind.group:
            del self.fields["group"]
        if state.parent is None or current_parent(state):
            del self.fields["parent"]

    def naming(self, data: Mapping[str, Any]) -> Naming:
        return naming_of(self.entity, data, organ=self.entity.organ, reserved=self.reserved)

    def stays(self, name: str) -> bool:
        return name == str(self.entity.name)

    def clean_name(self) -> str:
        name = super().clean_name()
        if self.stays(name):
            raise forms.ValidationError("新名称与现名称相同。不改名称的，请回到“变更事项”取消勾选。")
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.state.parent:
            data["parent"] = current_parent(self.state) or data.get("parent") or self.state.parent.name
        if not data.get("name") or "name" in self.errors:
            return data
        parent = {"name": data["parent"], "country": self.state.parent.country} if self.state.parent else {}
        if problem := nameforms.problem(data["name"], self.entity_type, parent=parent):
            self.add_error("name", problem)
        if "group" in self.fields and not self.errors:
            self._check_group(data)
        return data


class Type(GovForm):
    type = forms.ChoiceField(label="新类型", widget=forms.RadioSelect)

    def __init__(self, *args: Any, entity: Entity, choices: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["type"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, TYPES[code].label) for code in choices if code != entity.type]


class Scope(fields.Scope):
    """The term is an item of its own."""

    field_order = ("scope",)

    def __init__(self, *args: Any, before: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        for name in ("term", "years"):
            del self.fields[name]

    def clean_scope(self) -> str:
        scope = super().clean_scope()
        if scope == self.before:
            raise forms.ValidationError("经营范围没有改动。不改的，请回到“变更事项”取消勾选。")
        return scope


class Term(fields.Scope):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["scope"]
        self.fields["years"].help_text = "自成立之日起"


class Charter(GovForm):
    about = forms.CharField(
        label="改了哪些条款", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：第五条注册资本、第八条股东出资",
    )  # fmt: skip

    def clean_about(self) -> str:
        return check_printable(str(self.cleaned_data["about"]).strip())


class Person(people.PersonFields):
    """One person who isn't in the register yet, or who signs: name, number and the telephone that the link goes to."""

    position = forms.ChoiceField(label="同时担任的职务", required=False)
    field_order = ("name", "position", "id_number", "phone")

    def __init__(self, *args: Any, positions: Collection[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["position"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(positions)
        choice.required = bool(positions)
        if not positions:
            del self.fields["position"]
        self.fields["phone"].required = True
        self.fields["phone"].help_text = "签署链接和一次性验证码发到这个号码"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.lacks_number():
            self.add_error("id_number", "请填写身份证号码，18 位。")
        return data


class Holder(holders.Holder):
    """`known`: shares in the register by holder; these keep their number, and their deadline where it isn't touched."""

    def __init__(self, *args: Any, known: Mapping[str, Share], **kwargs: Any) -> None:
        self.known = known
        super().__init__(*args, **kwargs)
        if str(self["name"].value() or "") in known:
            self.fields["id_number"].help_text, self.needed = KNOWN, frozenset()
            for name in {"deadline", "home"} & set(self.fields):
                self.fields[name].required = False

    def share(self) -> Share | None:
        return self.known.get(str(self["name"].value() or "").strip())

    def clean_deadline(self) -> date | None:  # type: ignore[override]  # old entries may lack one
        share = self.share()
        wanted: date | None = self.cleaned_data.get("deadline")
        if share and wanted == share.deadline:
            return wanted
        if wanted is None:
            raise forms.ValidationError("请填写缴足日期。")
        return super().clean_deadline()

    def lacks_home(self, data: Mapping[str, Any]) -> bool:
        return super().lacks_home(data) and self.share() is None

    def lacks_number(self) -> bool:
        return super().lacks_number() and self.share() is None


HolderRows = cast(
    "type[holders.HolderRowsBase]",
    formset_factory(
        Holder, formset=holders.HolderRowsBase, extra=0, min_num=1, max_num=holders.MOST_ROWS, validate_min=True,
        validate_max=True,
    ),
)  # fmt: skip


class Member(people.Member):
    """`known`: names in the register; their numbers aren't asked for again."""

    def __init__(self, *args: Any, known: Collection[str] = (), **kwargs: Any) -> None:
        self.known = known
        super().__init__(*args, **kwargs)
        if str(self["name"].value() or "") in known:
            self.fields["id_number"].help_text, self.needed = KNOWN, frozenset()

    def lacks_number(self) -> bool:
        return super().lacks_number() and str(self.cleaned_data.get("name")) not in self.known


MemberRows = cast(
    "type[people.Members]",
    formset_factory(
        Member, formset=people.Members, extra=0, min_num=1, max_num=pages.MOST_PEOPLE, validate_min=True,
        validate_max=True,
    ),
)  # fmt: skip
