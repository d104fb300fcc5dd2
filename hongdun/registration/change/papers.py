"""Which papers a change or a record filing needs: rows of the law tables, narrowed by items and type of entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.law import queries as law
from hongdun.registration.topics import entity, terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hongdun.law.models import RequiredDocument
    from hongdun.register.models import Entity

LAW = {"change": "change", "recording": "recordal"}
# The form itself is the application; old sheets are handed in where the new ones are given out (细则 art. 23).
LEFT_OUT = frozenset({"application", "licence_returned"})
IN_THE_CHARTER = frozenset(
    {
        "name",
        "type",
        "domicile",
        "capital",
        "shareholders",
        "scope",
        "term",
        "charter",
        "contributions",
    }
)
# Items that ask for a paper for certain; a paper that isn't named here may be added to any filing.
DEMANDED: dict[str, frozenset[str]] = {
    "charter_amended": IN_THE_CHARTER,
    "charter_amended_cooperative": IN_THE_CHARTER,
    "partnership_agreement_amended": IN_THE_CHARTER,
    "resolution": IN_THE_CHARTER | {"representative", "officers", "members"},
    "domicile": frozenset({"domicile"}),
    "decrease_statement": frozenset(),
    "share_transfer": frozenset(),
    "appointments": frozenset({"officers"}),
    "members": frozenset({"members"}),
}
# Papers that concern these items only, and aren't shown with others.
ONLY_WITH: dict[str, frozenset[str]] = {
    "domicile": frozenset({"domicile"}),
    "decrease_statement": frozenset({"capital"}),
    "securities_approval": frozenset({"capital"}),
    "share_transfer": frozenset({"shareholders"}),
    "appointments": frozenset({"officers"}),
    "members": frozenset({"members"}),
}
KIND_OF = {
    "company": "company", "legal_person": "non_company", "partnership": "partnership", "cooperative": "cooperative",
}  # fmt: skip


def required(procedure_code: str, data: Mapping[str, Any], *, on: date) -> Sequence[RequiredDocument]:
    chosen = items_of(data)
    kind = KIND_OF.get(entity.of(data).entity_type.licence, "other") if "entity" in data else None
    rows = law.required_documents(LAW[procedure_code], on, applies_to=kind)
    return [
        row for row in rows
        if row.code not in LEFT_OUT and (not chosen or not ONLY_WITH.get(row.code) or ONLY_WITH[row.code] & chosen)
    ]  # fmt: skip


def is_optional(paper: RequiredDocument, data: Mapping[str, Any]) -> bool:
    """Asked of some: demanded where an item chosen says so, else only offered."""
    if paper.code in DEMANDED:
        return not DEMANDED[paper.code] & items_of(data) and not _decreases(paper, data)
    return bool(paper.condition)


def _decreases(paper: RequiredDocument, data: Mapping[str, Any]) -> bool:
    value = data.get("shareholders")
    if paper.code != "decrease_statement" or not value or "capital" not in items_of(data):
        return False
    found: Entity = entity.of(data)
    return found.capital is not None and terms.wan(value["capital"]).amount < found.capital


def items_of(data: Mapping[str, Any]) -> frozenset[str]:
    return frozenset((data.get("items") or {}).get("items", ()))
