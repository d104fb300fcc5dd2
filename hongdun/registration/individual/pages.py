"""The topics of an individual business on a phone: few, one question a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.forms import formset_factory

from hongdun.lib import masking
from hongdun.parties import actions as parties
from hongdun.parties.models import Person
from hongdun.registration.forms import Topic
from hongdun.registration.individual import fields
from hongdun.registration.naming import told
from hongdun.registration.queries import person_of, reservations
from hongdun.registration.topics.pages import Documents as Papers
from hongdun.registration.topics.pages import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_RELATIVES = 20
RelativeRows = cast(
    "type[fields.Relatives]",
    formset_factory(
        fields.Relative, formset=fields.Relatives, extra=0, max_num=MOST_RELATIVES, validate_max=True
    ),
)  # fmt: skip


class Operator(Topic):
    """Who applies is the operator: name and number are the account's, so they aren't asked again (条例 art. 16)."""

    code, label = "operator", "经营者"

    def build(self) -> None:
        saved = self.saved or {"composition": "personal"}
        own = Person.objects.get(pk=person_of(self.actor))
        self.form = fields.Composition(self.posted, initial=saved | {"home": own.address})
        self.formset = RelativeRows(self.posted, prefix="relative", initial=saved.get("family"))

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert self.form is not None
        assert self.formset is not None
        if self.form.cleaned_data["composition"] == "family" and not self.formset.forms:
            self.form.add_error("composition", "家庭成员一起经营的，请在下面增加家庭成员。")
            return False
        return True

    def save(self) -> Any:
        assert self.form is not None
        assert self.formset is not None
        assert self.actor.person is not None
        chosen = self.form.cleaned_data
        person = parties.update_person(self.actor.person, address=chosen["home"])
        return {
            "name": person.name, "person": str(person.id), "masked": masking.id_number(person.id_number),
            "composition": chosen["composition"],
            "family": remembered(self.formset) if chosen["composition"] == "family" else [],
        }  # fmt: skip


class County(Topic):
    code, label = "county", "店开在哪个县（市、区）"

    def build(self) -> None:
        self.form = fields.County(self.posted, initial=self.saved)


class Place(Topic):
    """Asked once the county is known: its towns are to choose from."""

    code, label = "domicile", "经营场所"

    def build(self) -> None:
        self.county = self.data.get("county", {}).get("organ")
        if self.county:
            self.form = fields.Place(self.posted, initial=self.saved, county=self.county)
        else:
            self.form, self.lead = fields.NoCounty(self.posted), fields.NoCounty.asked_first

    def save(self) -> Any:
        assert self.form is not None
        return self.form.cleaned_data | {"organ": self.county}


class Scope(Topic):
    code, label = "scope", "做什么生意"
    finder = "registration/trade_search.html"

    def build(self) -> None:
        self.form = fields.Scope(self.posted, initial=self.saved)


class Name(Topic):
    code, label = "name", "店名"
    aside = "registration/name_check.html"

    def build(self) -> None:
        self.form = fields.Name(
            self.posted, initial=self.saved, draft=self.data, reserved=reservations(self.actor.person)
        )

    def save(self) -> Any:
        assert isinstance(self.form, fields.Name)
        return self.form.cleaned_data | {"warnings": told(self.form.found)}


class Documents(Papers):
    filing = "establishment"
    applies_to = "individual"


TOPICS: Mapping[str, type[Topic]] = {
    page.code: page for page in (Operator, County, Place, Scope, Name, Documents)
}
