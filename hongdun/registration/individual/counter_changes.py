"""Sheets for a shop that is registered already: change, new operator, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.cases.procedure import latest
from hongdun.registration.individual import fields, operators
from hongdun.registration.individual.cancellation import actions as cancellation
from hongdun.registration.individual.cancellation.forms import Promise, Reason
from hongdun.registration.individual.change import actions as change
from hongdun.registration.individual.change.forms import Wanted, as_registered, members_given, value_of
from hongdun.registration.individual.counter import New, Part, Sheet, stated
from hongdun.registration.individual.establishment.queries import CHECKED
from hongdun.registration.topics.entity import kept
from hongdun.registration.topics.pages import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.cases.models import Case


class Present(GovForm):
    """The operator stands there; the officer has looked at the identity card (细则 art. 16)."""

    checked = forms.ChoiceField(
        label="身份核对", widget=forms.RadioSelect, initial="original",
        choices=[(code, words.removeprefix("窗口")) for code, words in CHECKED.items()],
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {"checked": Look(small=True)}


class Cleared(Reason):
    clearance = forms.CharField(label="清税证明文号", max_length=60)
    looks: ClassVar[Mapping[str, Look]] = {"clearance": Look(width=20, autocomplete="off")}


class Registered(Sheet):
    """`entity` is there always."""

    def kept(self, applicant: str, checked: str) -> dict[str, Any]:
        assert self.entity is not None
        return {
            "entity": kept(self.entity), "documents": {}, "applicant": applicant, "counter": self.counter(checked),
        }  # fmt: skip


class Change(Registered):
    code, title = "change", "变更个体工商户"

    def build(self) -> None:
        assert self.entity is not None
        self.present = Present(self.posted, prefix="present")
        self.wanted = Wanted(
            self.posted, prefix="wanted", initial=as_registered(self.entity), entity=self.entity
        )

    @property
    def left(self) -> list[Part]:
        return [Part("经营者", self.present), *self.folded]

    @property
    def right(self) -> list[Part]:
        return [Part("改哪一项就改哪一项，其余不动", self.wanted)]

    def is_right(self) -> bool:
        return super().is_right() and members_given(self.wanted, self.family)

    def take_in(self, submission: UUID) -> Case:
        assert self.entity is not None
        data = self.kept(self.entity.representative, self.present.cleaned_data["checked"])
        data["wanted"] = value_of(self.wanted, self.family)
        return change.take_in(data, submission=submission, received=self.received, actor=self.actor)


class Operator(Registered):
    """Both the old operator and the new one stand there; who takes over signs (细则 art. 33)."""

    code, title = "operator", "变更经营者"

    def build(self) -> None:
        self.operator = fields.Operator(self.posted, prefix="operator")

    @property
    def left(self) -> list[Part]:
        return [Part("新的经营者", self.operator)]

    @property
    def right(self) -> list[Part]:
        return self.folded

    def take_in(self, submission: UUID) -> Case:
        assert self.entity is not None
        data = self.kept(self.operator.cleaned_data["name"], self.operator.cleaned_data["checked"])
        family = value_of_family(self)
        data["wanted"] = as_registered(self.entity) | {"operator": stated(self.operator), **family}
        return operators.take_in(data, submission=submission, received=self.received, actor=self.actor)


def value_of_family(sheet: Sheet) -> dict[str, Any]:
    """The family of the old operator doesn't go on with the new one; who does is stated anew."""
    family = remembered(sheet.family)
    return {"composition": "family" if family else "personal", "family": family}


class Cancel(Registered):
    code, title = "cancel", "注销个体工商户（凭清税证明）"
    procedure_code = "individual_cancellation"
    form_class: type[Reason] = Cleared

    def build(self) -> None:
        self.present = Present(self.posted, prefix="present")
        self.closing = self.form_class(self.posted, prefix="closing")

    @property
    def left(self) -> list[Part]:
        return [Part("经营者", self.present), Part("", self.closing)]

    @property
    def right(self) -> list[Part]:
        return self.folded[1:]

    def take_in(self, submission: UUID) -> Case:
        assert self.entity is not None
        data = self.kept(self.entity.representative, self.present.cleaned_data["checked"])
        data["closing"] = self.closing.cleaned_data
        return cancellation.take_in(
            data, procedure=latest(self.procedure_code), submission=submission, received=self.received, actor=self.actor,
        )  # fmt: skip


class CancelSimply(Cancel):
    code, title = "simple", "简易注销个体工商户"
    procedure_code = "individual_simple_cancellation"
    form_class = Promise


SHEETS: Mapping[str, type[Sheet]] = {
    each.code: each for each in (New, Change, Operator, Cancel, CancelSimply)
}
