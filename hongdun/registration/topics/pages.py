"""The shared topics as the guided form shows and saves them; a filing subclasses what it asks otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from django.forms import formset_factory

from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.parties import actions as parties
from hongdun.registration.forms import Topic, Uploads
from hongdun.registration.topics import fields, people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.base.forms import GovFormSet
    from hongdun.law.models import RequiredDocument

MOST_PEOPLE = 50  # 公司法 art. 42: a limited company has one to fifty shareholders

ShareholderRows = cast(
    "type[people.Shareholders]",
    formset_factory(
        people.Shareholder, formset=people.Shareholders, extra=0, min_num=1, max_num=MOST_PEOPLE,
        validate_min=True, validate_max=True,
    ),
)  # fmt: skip
MemberRows = cast(
    "type[people.Members]",
    formset_factory(
        people.Member,
        formset=people.Members,
        extra=0,
        min_num=1,
        max_num=MOST_PEOPLE,
        validate_min=True,
        validate_max=True,
    ),
)


class Domicile(Topic):
    code, label = "domicile", "登记机关和住所"

    def build(self) -> None:
        self.form = fields.Domicile(self.posted, initial=self.saved)


class Station(Topic):
    code, label = "station", "住所所在的乡镇、街道"
    lead = "登记后由当地监管所负责联系和服务，不清楚可以不选。"

    def build(self) -> None:
        organ = self.data.get("domicile", {}).get("organ")
        self.form = (
            fields.Station(self.posted, initial=self.saved, organ=organ)
            if organ
            else fields.Missing(self.posted)
        )


class Scope(Topic):
    code, label = "scope", "经营范围和期限"

    def build(self) -> None:
        self.form = fields.Scope(self.posted, initial=self.saved or {"term": "long"})


class Shareholders(Topic):
    code, label = "shareholders", "注册资本和股东出资"
    lead = "各股东认缴出资额之和应等于注册资本。"

    def build(self) -> None:
        saved = self.saved or {}
        self.form = fields.Capital(self.posted, initial=saved)
        self.formset = ShareholderRows(
            self.posted, prefix="holder", initial=saved.get("rows") or [{"kind": "natural", "form": "货币"}]
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
                "capital", f"股东认缴额合计 {total:f} 万元，与注册资本 {capital:f} 万元不一致，请改为相等。"
            )
        return bool(total == capital)

    def save(self) -> Any:
        assert self.form is not None
        assert self.formset is not None
        rows = remembered(self.formset)
        return {"capital": plain(self.form.cleaned_data["capital"]), "rows": rows}


class Members(Topic):
    code, label = "members", "法定代表人和主要人员"
    lead = "法定代表人还要列为董事或者经理；一个人担任几个职务的，每个职务填一行。"

    def build(self) -> None:
        first = [
            {"role": role} for role in ("legal_representative", "executive_director", "supervisor", "liaison")
        ]
        self.formset = MemberRows(self.posted, prefix="member", initial=self.saved or first)

    def save(self) -> Any:
        assert self.formset is not None
        return remembered(self.formset)


class Documents(Uploads):
    """`filing` is its name in the law tables, `applies_to` the type of entity; `left_out`: papers not uploaded here."""

    filing: ClassVar[str]
    applies_to: ClassVar[str] = ""
    # The guided form itself is the application.
    left_out: ClassVar[frozenset[str]] = frozenset({"application"})

    def required(self) -> Sequence[RequiredDocument]:
        papers = law.required_documents(self.filing, clock.today(), applies_to=self.applies_to or None)
        return [each for each in papers if each.code not in self.left_out]


def plain(amount: Any) -> str:
    """A figure without trailing zeros or exponent, as the draft keeps it."""
    return f"{amount.normalize():f}"


def remembered(formset: GovFormSet) -> list[dict[str, Any]]:
    """Seal each person's number and phone away; the draft keeps the id and a masked number."""
    return [_remembered(dict(row)) for row in formset.cleaned_data]


def _remembered(row: dict[str, Any]) -> dict[str, Any]:
    number, phone = row.pop("id_number"), row.pop("phone")
    kind = row.get("kind", "natural")
    if number or not row.get("person"):
        person = parties.remember_person(name=row["name"], kind=kind, id_number=number, phone=phone)
        row |= {"person": str(person.id), "masked": people.masked_number(kind, number)}
    else:
        parties.update_person(UUID(row["person"]), name=row["name"], phone=phone)
    if "amount" in row:
        row |= {"amount": plain(row["amount"]), "deadline": row["deadline"].isoformat()}
    return row
