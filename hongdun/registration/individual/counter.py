"""One sheet for one person at the counter: all of an application on one page, keyboard only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.lib import masking, organs
from hongdun.parties import actions as parties
from hongdun.registration.individual import fields
from hongdun.registration.individual.pages import RelativeRows
from hongdun.registration.naming import told
from hongdun.registration.topics.pages import remembered

if TYPE_CHECKING:
    from django.http import QueryDict

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovForm, GovFormSet


class Sheet:
    """The forms of one application; `data` is what the case keeps once all of them are right."""

    def __init__(self, posted: QueryDict | None = None, *, actor: Actor) -> None:
        assert actor.organ is not None
        self.actor = actor
        county = organs.county_of(actor.organ) or actor.organ
        self.operator = fields.Operator(posted, prefix="operator")
        self.place = fields.CounterPlace(posted, prefix="place", organ=actor.organ)
        self.scope = fields.Scope(posted, prefix="scope")
        self.name = fields.Name(posted, prefix="name", draft={"domicile": {"organ": county}})
        self.family = RelativeRows(posted, prefix="relative")
        self.receipt = fields.Receipt(posted, prefix="receipt", initial={"received": clock.today()})
        self.county = county

    @property
    def shown(self) -> list[GovForm | GovFormSet]:
        return [self.operator, self.place, self.scope, self.name, self.family, self.receipt]

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

    def data(self) -> dict[str, Any]:
        """Seal the people away; the case keeps ids and masked numbers."""
        family = remembered(self.family)
        name = self.name.cleaned_data | {"warnings": told(self.name.found)}
        receipt = self.receipt.cleaned_data
        return {
            "operator": self._operator() | {"composition": "family" if family else "personal", "family": family},
            "domicile": self.place.cleaned_data | {"organ": self.county},
            "scope": {"scope": self.scope.cleaned_data["scope"]},
            "name": name,
            "documents": {},
            "counter": {
                "officer": self.actor.name, "checked": self.operator.cleaned_data["checked"], "late": receipt["late"],
            },
        }  # fmt: skip

    def _operator(self) -> dict[str, Any]:
        typed = self.operator.cleaned_data
        person = parties.remember_person(
            name=typed["name"], id_number=typed["id_number"], phone=typed["phone"], address=typed["home"]
        )
        return {
            "name": typed["name"],
            "person": str(person.id),
            "masked": masking.id_number(typed["id_number"]),
        }
