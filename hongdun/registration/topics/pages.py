"""The shared topics as the guided form shows and saves them; a filing subclasses what it asks otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from django.forms import formset_factory

from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.parties import actions as parties
from hongdun.registration import kinds, scopes
from hongdun.registration.forms import Topic, Uploads
from hongdun.registration.topics import fields, holders, people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.base.forms import GovFormSet
    from hongdun.law.models import RequiredDocument
    from hongdun.registration.kinds import Holders, Role
    from hongdun.registration.scopes import Permit

MOST_PEOPLE = 50
SEALED = ("id_number", "phone", "home")

MemberRows = cast(
    "type[people.Members]",
    formset_factory(
        people.Member, formset=people.Members, extra=0, min_num=1, max_num=MOST_PEOPLE,
        validate_min=True, validate_max=True,
    ),
)  # fmt: skip


class Domicile(Topic):
    code, label = "domicile", "登记机关和住所"

    def build(self) -> None:
        self.form = fields.Domicile(self.posted, initial=self.saved, draft=self.data)


class Station(Topic):
    code, label = "station", "住所所在的乡镇、街道"
    lead = "登记后由当地监管所负责联系和服务，不清楚可以不选。"

    def build(self) -> None:
        place = self.data.get("domicile", {})
        organ = place.get("place") or place.get("organ")
        if organ:
            self.form = fields.Station(self.posted, initial=self.saved, organ=organ)
        else:
            self.form, self.lead = fields.Missing(self.posted), fields.Missing.asked_first


class Scope(Topic):
    code, label = "scope", "经营范围和期限"
    aside = "registration/scope_search.html"

    def build(self) -> None:
        self.form = fields.Scope(self.posted, initial=self.saved or {"term": "long"})

    @property
    def licensed(self) -> list[tuple[str, Permit]]:
        """Items that need a permit, of what was saved."""
        return scopes.licensed((self.saved or {}).get("scope", ""), on=clock.today())

    def save(self) -> Any:
        assert self.form is not None
        data = self.form.cleaned_data
        return data | {"scope": scopes.arranged(data["scope"], on=clock.today())}


class Shareholders(Topic):
    """Contributors and what they contribute; who they are follows from the type of the entity."""

    code, label = "shareholders", "注册资本和股东出资"
    lead = "各人的出资额之和应等于总额。"

    @property
    def of(self) -> Holders:
        return kinds.holders_of(self.data.get("name", {}).get("type", ""))

    def build(self) -> None:
        saved = self.saved or {}
        self.form = fields.Capital(self.posted, initial=saved, of=self.of)
        blank = {"kind": self.of.who[0], "form": "货币"}
        self.formset = holders.HolderRows(
            self.posted, prefix="holder", initial=saved.get("rows") or [blank], form_kwargs={"of": self.of}
        )

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert self.form is not None
        assert self.formset is not None
        total = sum(row["amount"] for row in self.formset.cleaned_data)
        capital = self.form.cleaned_data["capital"]
        if total != capital:
            self.form.add_error(
                "capital",
                f"{self.of.noun}{self.of.verb}额合计 {total:f} 万元，与{self.of.total} {capital:f} 万元不一致，请改为相等。",
            )
        return bool(total == capital)

    def save(self) -> Any:
        assert self.form is not None
        assert self.formset is not None
        rows = remembered(self.formset)
        return {"capital": plain(self.form.cleaned_data["capital"]), "rows": rows}


class Members(Topic):
    """People with duties; subclasses say which, and may ask more of them together."""

    code, label = "members", "法定代表人和主要人员"
    lead = "一个人担任几个职务的，每个职务填一行。"
    roles: ClassVar[Sequence[Role]] = kinds.COMPANY_ROLES
    foreign: ClassVar[bool] = False

    def first(self) -> list[dict[str, str]]:
        """Rows shown before anything is typed: one for each duty that must be held."""
        return [{"role": each.code} for each in self.roles if each.least] or [{}]

    def problems(self, by_role: Mapping[str, list[str]]) -> list[str]:
        return [problem for role in self.roles if (problem := people.role_problem(role, by_role))]

    def build(self) -> None:
        self.formset = MemberRows(
            self.posted, prefix="member", initial=self.saved or self.first(),
            form_kwargs={"roles": self.roles, "foreign": self.foreign},
        )  # fmt: skip
        self.formset.check = self.problems

    def save(self) -> Any:
        assert self.formset is not None
        return remembered(self.formset)


class Documents(Uploads):
    """`filing` is its name in the law tables, `applies_to` the type of entity.

    `left_out`: papers not uploaded here; `demanded`: those that are asked of some, and of these always.
    """

    filing: ClassVar[str]
    applies_to: ClassVar[str] = ""
    # The guided form itself is the application.
    left_out: ClassVar[frozenset[str]] = frozenset({"application"})
    demanded: ClassVar[frozenset[str]] = frozenset()

    def required(self) -> Sequence[RequiredDocument]:
        papers = law.required_documents(self.filing, clock.today(), applies_to=self.applies_to or None)
        return [each for each in papers if each.code not in self.left_out]

    def conditional(self, paper: RequiredDocument) -> bool:
        return super().conditional(paper) and paper.code not in self.demanded | self._approvals()

    def _approvals(self) -> set[str]:
        """条例 art. 14: what must be approved before the registration is handed in with the approval."""
        text = (self.data.get("scope") or {}).get("scope", "")
        return (
            {"approval"} if any(each.before for _, each in scopes.licensed(text, on=clock.today())) else set()
        )


def plain(amount: Any) -> str:
    """A figure without trailing zeros or exponent, as the draft keeps it."""
    return f"{amount.normalize():f}"


def remembered(formset: GovFormSet) -> list[dict[str, Any]]:
    """Seal each person's number, phone and home away; the draft keeps the id and a masked number."""
    return [remembered_one(row) for row in formset.cleaned_data]


def remembered_one(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    row = without_number(cleaned)
    number, phone, home = (cleaned.get(name, "") for name in SEALED)
    kind, paper = row.get("kind", "natural"), row.get("id_type", "")
    if number or not row.get("person"):
        person = parties.remember_person(
            name=row["name"], kind=kind, id_type=paper, id_number=number, phone=phone, address=home
        )
        row |= {"person": str(person.id), "masked": people.masked_number(kind, number)}
    else:
        parties.update_person(UUID(row["person"]), name=row["name"], phone=phone, address=home)
    return row


def without_number(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """A row as plain JSON, without what is sealed."""
    row = {name: value for name, value in cleaned.items() if name not in SEALED}
    if "amount" in row:
        row["amount"] = plain(row["amount"])
    if row.get("deadline"):
        row["deadline"] = row["deadline"].isoformat()
    return row
