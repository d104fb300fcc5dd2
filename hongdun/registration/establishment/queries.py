"""What an establishment application says, in the register's own terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib import entitytypes
from hongdun.lib.particulars import Parent, Particulars, PersonEntry
from hongdun.registration.kinds import KINDS, holders_of
from hongdun.registration.signing.signatories import Signatory
from hongdun.registration.topics import terms
from hongdun.registration.topics.words import answers
from hongdun.registration.wording import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.registration.kinds import Kind

    Json = Mapping[str, Any]

__all__ = ["PLAIN", "answers", "facts", "particulars", "signatories", "stored", "topics"]


def topics(kind: Kind) -> dict[str, str]:
    """Code and label of each page, in order."""
    labels = {
        "parent": "隶属企业" if kind.parent else "",
        "name": f"{kind.label}名称和类型",
        "domicile": "登记机关和住所",
        "station": "住所所在的乡镇、街道",
        "scope": "经营范围和期限",
        "shareholders": kind.holders.heading if kind.holders else "",
        "members": "联络员和其他人员"
        if kind.holders and kind.roles[0].least == 0 and not kind.board
        else "负责人和主要人员",
        "papers": "" if kind.parent == "foreign" or kind.applies_to == "sole" else "章程、协议等文件",
        "documents": "上传材料",
    }
    return {code: label for code, label in labels.items() if label}


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    """The part of a draft that the case keeps: every topic, and who applies."""
    kind = kind_of(data)
    return {code: data[code] for code in topics(kind) if code in data} | {"applicant": applicant}


def kind_of(data: Json) -> Kind:
    """Every type belongs to one kind."""
    return next(kind for kind in KINDS.values() if data["name"]["type"] in kind.types)


def particulars(data: Json, *, established: date) -> Particulars:
    """The whole state to register; `established` is the day of the licence (条例 art. 21)."""
    chosen = entitytypes.get(data["name"]["type"])
    holders = data.get("shareholders")
    return Particulars(
        name=data["name"]["name"],
        kind=chosen.kind,
        type=chosen.code,
        representative=terms.representative(data),
        capital=terms.wan(holders["capital"]) if holders else None,
        established=established,
        term_until=terms.until(established, data["scope"]),
        domicile=terms.domicile(data["domicile"]),
        scope=terms.scope(data["scope"]),
        people=(*_heads(data, chosen), *terms.people(data["members"])),
        shares=terms.shares(holders["rows"], standing="general" if chosen.partnership else "")
        if holders
        else (),
        parent=_parent(data.get("parent")),
        group=data["name"].get("group", ""),
    )


def _heads(data: Json, chosen: entitytypes.EntityType) -> Iterator[PersonEntry]:
    """Partners who run the business and sole investors are registered as what they are (细则 art. 6)."""
    role = "managing_partner" if chosen.partnership else "investor" if chosen.code == "4540" else ""
    if role:
        for row in terms.managing(data):
            yield PersonEntry(row["name"], role, UUID(row["person"]))


def _parent(value: Json | None) -> Parent | None:
    return Parent(value.get("uscc", ""), value["name"], value.get("country", "")) if value else None


def facts(case: Case) -> dict[str, Any]:
    """What the officer judges: every topic with its answers; the papers stand below, to be opened."""
    labels = topics(KINDS[case.procedure_code])
    return {
        "answers": [
            (code, label, answers(code, case.data)) for code, label in labels.items() if code != "documents"
        ]
    }


def signatories(data: Json) -> Iterator[Signatory]:
    """Those who contribute sign application and charter, whoever will stand for the entity the application (细则 art. 15)."""
    chosen = entitytypes.get(data["name"]["type"])
    charter = "合伙协议" if chosen.partnership else "章程"
    holders = data.get("shareholders")
    for row in holders["rows"] if holders else ():
        papers = ("设立登记申请书",) if chosen.code == "4540" else ("设立登记申请书", charter)
        yield Signatory(UUID(row["person"]), row["name"], holders_of(chosen.code).noun, papers)
    for row in data["members"]:
        if row["role"] in HEADS:
            yield Signatory(UUID(row["person"]), row["name"], HEADS[row["role"]], ("设立登记申请书",))


HEADS = {"legal_representative": "法定代表人", "person_in_charge": "负责人"}
