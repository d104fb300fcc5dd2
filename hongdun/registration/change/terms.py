"""A change in the register's own terms: the state before, what was asked for, the state after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib.comparison import differences
from hongdun.lib.particulars import Domicile, PersonEntry, Share
from hongdun.register import queries as register
from hongdun.registration import items
from hongdun.registration.topics import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from hongdun.lib import entitytypes
    from hongdun.lib.particulars import Particulars
    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming

    Json = Mapping[str, Any]

# Filed and not published (企业信息公示暂行条例 art. 6 names none of them).
SECRET = ("family_member", "liaison", "document_recipient", "beneficial_owner")
BOARD_ROLES = ("chair", "director", "executive_director", "supervisor_chair", "supervisor", "manager")
WAN = terms.WAN


def head_role(kind: entitytypes.EntityType) -> str:
    """The register's role of the one who stands for such an entity (条例 art. 8)."""
    if kind.partnership:
        return "managing_partner"
    if kind.code == "4540":
        return "investor"
    return "person_in_charge" if kind.branch or not kind.legal_person else "legal_representative"


def wanted(before: Particulars, data: Json) -> Particulars:
    """The state that the register gets; what wasn't asked for stays as it is on the day of entry."""
    after = before
    for page in dict.fromkeys(items.ITEMS[code].page for code in data["items"]["items"]):
        if page in EFFECTS:
            after = EFFECTS[page](after, data[page])
    return after


def changes(before: Particulars, data: Json) -> list[tuple[str, str, str]]:
    """What differs, as the notice and the officer see it: label, before, after; papers and secret roles in words."""
    found = [(each.label, each.before, each.after) for each in differences(before, wanted(before, data))]
    return [*found, *_unseen(data)]


def _unseen(data: Json) -> Iterator[tuple[str, str, str]]:
    if "charter" in data["items"]["items"]:
        yield "章程（协议）", "", data["charter"]["about"]
    for role in SECRET:
        if role in data["items"]["items"]:
            yield items.ITEMS[role].label, "", "、".join(row["name"] for row in data[role])


def current_parent(state: Particulars) -> str:
    """What the enterprise that a branch belongs to is called today; empty where the register doesn't know it."""
    found = register.current(state.parent.uscc) if state.parent and state.parent.uscc else None
    return found.name if found else ""


def _name(before: Particulars, value: Json) -> Particulars:
    """A branch's enterprise may have another name by now; a group is called after its controlling company."""
    parent = before.parent and replace(before.parent, name=value.get("parent") or before.parent.name)
    return replace(before, name=value["name"], parent=parent, group=value.get("group", before.group))


def _type(before: Particulars, value: Json) -> Particulars:
    return replace(before, type=value["type"])


def _domicile(before: Particulars, value: Json) -> Particulars:
    return replace(
        before, domicile=Domicile(value["address"], str((value.get("place") or value["organ"]) // 1000))
    )


def _scope(before: Particulars, value: Json) -> Particulars:
    return replace(before, scope=terms.scope(value))


def _term(before: Particulars, value: Json) -> Particulars:
    start = before.established
    return replace(before, term_until=terms.until(start, value) if start else None)


def _representative(before: Particulars, value: Json) -> Particulars:
    """The new one takes the old one's place; other duties of the old one end by the item 董事、监事、高级管理人员."""
    role, position = head_role(before.entity_type), value.get("position", "")
    gone = {role} | ({"director"} if position == "executive_director" else set())
    gone |= {"manager"} if position == "manager" else set()
    fresh = PersonEntry(value["name"], role, UUID(value["person"]))
    rest = tuple(each for each in before.people if each.role not in gone)
    duty = terms.register_role(position)
    own = (replace(fresh, role=duty),) if duty and duty != "already" else ()
    return replace(before, representative=value["name"], people=(fresh, *own, *rest))


def _shareholders(before: Particulars, value: Json) -> Particulars:
    known = {share.holder: share for share in before.shares}
    rows = tuple(_share(row, known.get(row["name"]), before.entity_type) for row in value["rows"])
    return replace(before, capital=terms.wan(value["capital"]), shares=rows)


def _share(row: Json, known: Share | None, kind: entitytypes.EntityType) -> Share:
    """`known`: who it is stays as the register has it; the number wasn't asked for again."""
    general = "general" if kind.partnership and row.get("standing") != "limited" else row.get("standing", "")
    return Share(
        row["name"], terms.wan(row["amount"]),
        date.fromisoformat(row["deadline"]) if row.get("deadline") else None, row["form"],
        UUID(row["person"]) if row.get("person") else known.person if known else None,
        known.entity if known else None,
        general if general in STANDING_CODES else "", row.get("country", ""),
    )  # fmt: skip


STANDING_CODES = frozenset({"general", "limited", "farmer", "citizen", "unit", "own", "family"})


def _people(roles: Collection[str]) -> Callable[[Particulars, Any], Particulars]:
    """Those who hold these duties are replaced by those stated; who was known stays the same person."""

    def effect(before: Particulars, rows: Any) -> Particulars:
        known = {each.name: each.person for each in before.people}
        stated = tuple(
            PersonEntry(
                row["name"], terms.register_role(row["role"]),
                UUID(row["person"]) if row.get("person") else known.get(row["name"]),
            )
            for row in rows
        )  # fmt: skip
        return replace(before, people=(*(p for p in before.people if p.role not in roles), *stated))

    return effect


EFFECTS: dict[str, Callable[[Particulars, Any], Particulars]] = {
    "name": _name,
    "type": _type,
    "domicile": _domicile,
    "scope": _scope,
    "term": _term,
    "shareholders": _shareholders,
    "representative": _representative,
    "officers": _people(BOARD_ROLES),
    "family_member": _people(("family_member",)),
    "liaison": _people(("liaison",)),
    "document_recipient": _people(("document_recipient",)),
    "beneficial_owner": _people(("beneficial_owner",)),
}


def naming_of(entity: Entity, value: Json, *, organ: int, reserved: Collection[UUID | str]) -> Naming:
    """With whom the new name may be alike; the entity's own former names don't stand in its way."""
    found = terms.naming({"name": value}, reserved=reserved)
    return replace(found, organ=organ, kind=entity.kind, bearer=entity.pk)


def rows_of(state: Particulars) -> list[dict[str, Any]]:
    """The register's shares as rows of the form; who is an organisation shows by the name where nothing else tells."""
    return [
        {
            "kind": "organisation" if share.entity or len(share.holder) > LONGEST_PERSON else "natural",
            "name": share.holder,
            "amount": f"{(share.subscribed.amount / WAN).normalize():f}",
            "deadline": share.deadline,
            "form": share.form,
            "standing": share.standing,
            "country": share.country,
        }
        for share in state.shares
    ]


LONGEST_PERSON = 5


def people_of(state: Particulars, roles: Collection[str]) -> list[dict[str, str]]:
    """The register's public people with these duties as rows of the form; a single director is the company's only one."""
    found = [each for each in state.people if each.role in roles]
    single = [each.role for each in found].count("director") == 1
    return [
        {"name": each.name, "role": "executive_director" if single and each.role == "director" else each.role}
        for each in found
    ]


def involved(data: Json, *, applicant: UUID | None) -> Iterator[tuple[UUID, str]]:
    """Everybody stated anew, with the role of the involvement, each pair once."""
    found = {(applicant, "applicant")} if applicant else set()
    for page, role in (("representative", "legal_representative"), ("signer", "legal_representative")):
        if data.get(page):
            found.add((UUID(data[page]["person"]), role))
    rows = [(row, "shareholder") for row in (data.get("shareholders") or {}).get("rows", ())]
    for page in ("officers", *SECRET):
        rows += [(row, "liaison" if page == "liaison" else "member") for row in data.get(page) or ()]
    found |= {(UUID(row["person"]), role) for row, role in rows if row.get("person")}
    yield from sorted(found, key=str)
