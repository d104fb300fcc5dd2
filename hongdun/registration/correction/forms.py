"""The pages of a correction: the register as it stands, to be put right where it is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.forms import formset_factory

from hongdun.base import clock
from hongdun.base.forms import GovForm, GovFormSet, Look
from hongdun.base.ids import uuid7
from hongdun.lib.particulars import ROLES
from hongdun.lib.registrable import problems
from hongdun.registration.change.forms import pages as change
from hongdun.registration.correction import wrong
from hongdun.registration.correction.queries import CAUSES
from hongdun.registration.forms import Topic
from hongdun.registration.naming import check_printable
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import pages, terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hongdun.lib.particulars import Particulars
    from hongdun.register.models import Entity

ITEMS = ("name", "representative", "capital", "established", "term_until", "address", "scope")


class Right(GovForm):
    """What the register says on a day, item by item; whatever is altered here was wrong."""

    on = forms.DateField(widget=forms.HiddenInput)
    cause = forms.ChoiceField(label="错在哪里", choices=list(CAUSES.items()), widget=forms.RadioSelect)
    proof = forms.CharField(
        label="依据的材料", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明能证明正确内容的材料，例如：2023 年设立登记档案第 5 页住所使用文件",
    )  # fmt: skip
    name = forms.CharField(label="名称", max_length=200, required=False)
    representative = forms.CharField(label="法定代表人", max_length=100)
    capital = forms.DecimalField(
        label="注册资本",
        max_digits=14,
        decimal_places=6,
        min_value=Decimal("0.000001"),
        required=False,
    )
    established = forms.DateField(label="成立日期", required=False)
    term_until = forms.DateField(label="营业期限至", required=False, help_text="长期的不填")
    address = forms.CharField(label="住所（经营场所）", max_length=200)
    scope = forms.CharField(label="经营范围", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    wrong_day = forms.ChoiceField(label="哪一次变更的生效日期错了", required=False)
    right_day = forms.DateField(label="正确的生效日期", required=False)
    looks: ClassVar[Mapping[str, Look]] = {"capital": Look(width=10, suffix="万元", inputmode="decimal")}

    def __init__(self, *args: Any, state: Particulars, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        kind = state.entity_type
        self.fields["representative"].label = kind.representative_label
        self.fields["capital"].label = kind.capital_label
        if state.capital is None:
            del self.fields["capital"]
        days = [(day.isoformat(), f"{day}（{what}）") for day, what in reversed(wrong.changes_of_day(entity))]
        choice = self.fields["wrong_day"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "日期没有错"), *days]
        if not days:
            del self.fields["wrong_day"], self.fields["right_day"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("name", "representative", "address", "scope", "proof"):
            if data.get(name):
                data[name] = check_printable(str(data[name]).strip())
        if data.get("established") and data["established"] > clock.today():
            self.add_error("established", "成立日期不能晚于今天，请核对。")
        if bool(data.get("wrong_day")) != bool(data.get("right_day")) and "right_day" not in self.errors:
            self.add_error("right_day", "更正生效日期的，请选择是哪一次变更，并填写正确的日期。")
        if data.get("right_day") and data["right_day"] > clock.today():
            self.add_error("right_day", "正确的生效日期不能晚于今天，请核对。")
        return data


def as_registered(state: Particulars, on: date) -> dict[str, Any]:
    capital = (state.capital.amount / terms.WAN).normalize() if state.capital else None
    return {
        "on": on, "name": state.name, "representative": state.representative, "address": state.domicile.text,
        "scope": state.scope.text, "capital": f"{capital:f}" if capital is not None else None,
        "established": state.established, "term_until": state.term_until,
    }  # fmt: skip


class Row(GovForm):
    """Somebody whom the register names, or what somebody contributes; `place`: where it stands there."""

    place = forms.CharField(widget=forms.HiddenInput)
    label = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="姓名（名称）", max_length=200)
    amount = forms.DecimalField(
        label="出资额", max_digits=14, decimal_places=6, min_value=Decimal(0), required=False
    )
    deadline = forms.DateField(label="缴足日期", required=False)
    looks: ClassVar[Mapping[str, Look]] = {"amount": Look(width=10, suffix="万元", inputmode="decimal")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = f"{self['label'].value() or '人员'}的姓名（名称）"
        if not str(self["place"].value()).startswith("shares"):
            del self.fields["amount"], self.fields["deadline"]

    def clean_name(self) -> str:
        return check_printable(str(self.cleaned_data["name"]).strip())


class RowSet(GovFormSet):
    noun = "人员和出资"


def rows_of(state: Particulars) -> list[dict[str, Any]]:
    """Who stands for the entity isn't among them: that name is an item of its own."""
    people = [
        {"place": f"people-{n}", "label": ROLES.get(each.role, each.role), "name": each.name}
        for n, each in enumerate(state.people)
        if each.is_public and not (each.role in wrong.HEADS and each.name == state.representative)
    ]
    shares = [
        {
            "place": f"shares-{n}", "label": "股东（出资人）", "name": each.holder,
            "amount": f"{(each.subscribed.amount / terms.WAN).normalize():f}", "deadline": each.deadline,
        }
        for n, each in enumerate(state.shares)
    ]  # fmt: skip
    return people + shares


class RightPage(Topic):
    code, label = "right", "哪里登记错了"
    lead = "下面是登记簿现在的记载，只改登记错了的地方。情况后来有变化的不是错误，请办理变更登记。"
    form_class: type[Right] = Right

    def build(self) -> None:
        if "entity" not in self.data:
            self.form, self.lead = whose.First(self.posted), whose.First.asked_first
            return
        self.entity = whose.of(self.data)
        saved = self.saved or {}
        held = wrong.state_on(self.entity, self._day())
        self.unknown = held is None
        self.state = held or wrong.latest(self.entity)
        initial = as_registered(self.state, self._day()) | {k: v for k, v in saved.items() if k != "rows"}
        self.form = self.form_class(self.posted, initial=initial, state=self.state, entity=self.entity)
        if found := rows_of(self.state):
            self.formset = self._rows(len(found))(
                self.posted, prefix="row", initial=saved.get("rows") or found
            )

    def _day(self) -> date:
        """Of the register that is shown: today, unless another day was asked for."""
        posted = self.posted.get("on") if self.posted is not None else ""
        told = posted or (self.saved or {}).get("on") or ""
        return forms.DateField(required=False).clean(told) or clock.today()

    @staticmethod
    def _rows(count: int) -> type[GovFormSet]:
        made = formset_factory(
            Row, formset=RowSet, extra=0, min_num=count, max_num=count, validate_min=True, validate_max=True
        )
        return cast("type[GovFormSet]", made)

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert isinstance(self.form, Right)
        value = self.save()
        for problem in self._problems(value):
            self.form.add_error(None, problem)
        return not self.form.errors

    def _problems(self, value: Mapping[str, Any]) -> list[str]:
        if self.unknown:
            return [wrong.nothing_yet(self.entity, self._day())]
        if not value["is_content"] and not value["wrong_day"]:
            return ["没有改动任何一项；登记簿没有错的，不用申请更正。"]
        if value["wrong_day"] and value["is_content"]:
            return ["内容和生效日期请分两次更正：先更正内容，再更正日期。"]
        if value["is_content"]:
            return [f"{each}。" for each in problems(wrong.corrected(self.state, value))]
        try:
            wrong.spans(self.entity, {"right": value})
        except wrong.OutOfOrder as problem:
            return [str(problem)]
        return []

    def save(self) -> Any:
        assert self.form is not None
        rows = self.formset.cleaned_data if self.formset is not None else []
        data = self.form.cleaned_data
        value: dict[str, Any] = {name: _plain(data.get(name)) for name in ("on", "cause", "proof", *ITEMS)}
        value["rows"] = [{name: _plain(each) for name, each in row.items()} for row in rows]
        value["is_content"] = wrong.corrected(self.state, value) != self.state
        value |= {name: _plain(data.get(name)) for name in ("wrong_day", "right_day")}
        return value | {"version": self.entity.version}


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return pages.plain(value)
    return "" if value is None else str(value)


class Whose(change.Whose):
    procedure_code = "correction"


class Signer(change.Signer):
    """Named as in the application, where that is what the register has wrong."""

    @property
    def standing(self) -> str:
        return str((self.data.get("right") or {}).get("representative") or self.entity.representative)


class Documents(pages.Documents):
    filing = "correction"


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, RightPage, Signer, Documents)}


class Which(GovForm):
    """Of which entity, and as it is registered on which day."""

    uscc = forms.CharField(label="统一社会信用代码", max_length=22)
    on = forms.DateField(label="看哪一天的登记", help_text="错误已经被后来的变更盖过的，填错误还在的某一天")
    looks: ClassVar[Mapping[str, Look]] = {"uscc": Look(width=20, autocomplete="off")}

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(f"日期不能晚于今天（{clock.today()}）。")
        return day


class Proposed(Right):
    submission = forms.UUIDField(widget=forms.HiddenInput)


class Proposal(RightPage):
    """The same page for an officer, who may look at another day, too."""

    keeps_itself = False
    form_class = Proposed

    def build(self) -> None:
        self.saved = {"on": self.data["on"].isoformat(), "submission": uuid7()}
        super().build()

    @property
    def submission(self) -> Any:
        assert self.form is not None
        return self.form.cleaned_data["submission"]
