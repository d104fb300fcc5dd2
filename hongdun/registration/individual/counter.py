"""Sheets for one person at the counter: all of an application on one page, keyboard only."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from hongdun.base import clock
from hongdun.lib import masking, organs
from hongdun.parties import actions as parties
from hongdun.registration.individual import fields
from hongdun.registration.individual.establishment import actions as establishment
from hongdun.registration.individual.pages import RelativeRows
from hongdun.registration.naming import told
from hongdun.registration.topics.pages import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import QueryDict

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovForm, GovFormSet
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields under a heading; `folded` ones are rarely needed and stand behind a summary."""

    heading: str
    form: GovForm | GovFormSet
    folded: bool = False

    @property
    def unfolded(self) -> bool:
        return bool(self.form.is_bound and self.form.errors) or bool(getattr(self.form, "forms", ()))


class Sheet(ABC):
    """The forms of one application; `entity` is the shop that it is about, None for a new one."""

    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(
        self, posted: QueryDict | None = None, *, actor: Actor, entity: Entity | None = None
    ) -> None:
        assert actor.organ is not None
        self.actor, self.posted, self.entity = actor, posted, entity
        self.county = entity.organ if entity else organs.county_of(actor.organ) or actor.organ
        self.family = RelativeRows(posted, prefix="relative")
        self.receipt = fields.Receipt(posted, prefix="receipt", initial={"received": clock.today()})
        self.build()

    @abstractmethod
    def build(self) -> None:
        """Make the forms besides the family and the receipt."""

    @property
    @abstractmethod
    def left(self) -> list[Part]: ...

    @property
    @abstractmethod
    def right(self) -> list[Part]: ...

    @abstractmethod
    def take_in(self, submission: UUID) -> Case:
        """Open what the sheet asks for; raises cases.Refused."""

    @property
    def folded(self) -> list[Part]:
        return [
            Part("家庭成员一起经营", self.family, folded=True),
            Part("不是今天收的件", self.receipt, folded=True),
        ]

    @property
    def shown(self) -> Iterator[GovForm | GovFormSet]:
        yield from (part.form for part in (*self.left, *self.right))

    def rearrange(self) -> bool:
        """Add or remove a member of the family if such a button was pressed; nothing is complained about then."""
        new = self.family.rearranged()
        if new is None:
            return False
        self.family = new
        for each in self.shown:
            each.leave_unchecked()
        return True

    def is_right(self) -> bool:
        return all([each.is_valid() for each in self.shown])  # noqa: C419 - every form says what is wrong with it

    @property
    def received(self) -> Any:
        return self.receipt.cleaned_data["received"]

    def counter(self, checked: str) -> dict[str, Any]:
        return {
            "officer": self.actor.name, "checked": checked, "late": self.receipt.cleaned_data["late"],
        }  # fmt: skip


def stated(operator: fields.Operator) -> dict[str, Any]:
    """Seal the operator away; the case keeps the id and a masked number."""
    typed = operator.cleaned_data
    person = parties.remember_person(
        name=typed["name"], id_number=typed["id_number"], phone=typed["phone"], address=typed["home"]
    )
    return {"name": typed["name"], "person": str(person.id), "masked": masking.id_number(typed["id_number"])}


class New(Sheet):
    code, title = "new", "登记个体工商户"

    def build(self) -> None:
        assert self.actor.organ is not None
        self.operator = fields.Operator(self.posted, prefix="operator")
        self.place = fields.CounterPlace(self.posted, prefix="place", organ=self.actor.organ)
        self.scope = fields.Scope(self.posted, prefix="scope")
        self.name = fields.Name(self.posted, prefix="name", draft={"domicile": {"organ": self.county}})

    @property
    def left(self) -> list[Part]:
        return [Part("经营者", self.operator), Part("店", self.place), Part("", self.name)]

    @property
    def right(self) -> list[Part]:
        return [Part("经营范围", self.scope), *self.folded]

    def take_in(self, submission: UUID) -> Case:
        family = remembered(self.family)
        data = {
            "operator": stated(self.operator) | {"composition": "family" if family else "personal", "family": family},
            "domicile": self.place.cleaned_data | {"organ": self.county},
            "scope": {"scope": self.scope.cleaned_data["scope"]},
            "name": self.name.cleaned_data | {"warnings": told(self.name.found)},
            "documents": {},
            "counter": self.counter(self.operator.cleaned_data["checked"]),
        }  # fmt: skip
        return establishment.take_in(data, submission=submission, received=self.received, actor=self.actor)
