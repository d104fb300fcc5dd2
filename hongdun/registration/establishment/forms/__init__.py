from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.registration.establishment.forms import naming
from hongdun.registration.establishment.queries import TOPICS as LABELS
from hongdun.registration.forms import Topic
from hongdun.registration.naming import told
from hongdun.registration.topics import pages

if TYPE_CHECKING:
    from collections.abc import Mapping


class Name(Topic):
    code, label = "name", LABELS["name"]
    aside = "registration/name_check.html"

    def build(self) -> None:
        applicant = self.actor.person
        self.form = naming.Name(self.posted, initial=self.saved, draft=self.data, applicant=applicant)

    def save(self) -> Any:
        assert isinstance(self.form, naming.Name)
        return self.form.cleaned_data | {"warnings": told(self.form.found)}


class Documents(pages.Documents):
    filing, applies_to = "establishment", "company"
    # They concern stock companies and foreign investors.
    left_out = pages.Documents.left_out | {
        "capital_verification",
        "securities_approval",
        "property_transfer",
        "notarised_identity",
    }


TOPICS: Mapping[str, type[Topic]] = {
    page.code: page
    for page in (
        Name, pages.Domicile, pages.Station, pages.Scope, pages.Shareholders, pages.Members, Documents,
    )
}  # fmt: skip
