"""What an application says, in the register's own terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib import entitytypes, scopeitems
from hongdun.lib import particulars as register
from hongdun.lib.money import Money
from hongdun.register.queries import Naming

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    Json = Mapping[str, Any]

WAN = Decimal(10_000)
HEADS = frozenset({"legal_representative", "person_in_charge"})
REGISTER_ROLE = {"executive_director": "director"}
INVOLVED_ROLE = {
    "legal_representative": "legal_representative",
    "person_in_charge": "legal_representative",
    "liaison": "liaison",
}


def wan(text: str) -> Money:
    """Money from a figure in ten thousand yuan."""
    return Money(Decimal(text) * WAN)


def domicile(value: Json) -> register.Domicile:
    return register.Domicile(value["address"], str((value.get("place") or value["organ"]) // 1000))


def scope(value: Json) -> register.Scope:
    text = str(value["scope"])
    return register.Scope(text, tuple(item.text for item in scopeitems.split(text).items))


def until(start: date, value: Json) -> date | None:
    """Last day of the term that the scope's page states; None for an indefinite one."""
    if value.get("term") != "years":
        return None
    return years_after(start, int(value["years"]))


def years_after(day: date, years: int) -> date:
    """The last day of a period of years; one that began on 29 February ends on 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def register_role(role: str) -> str:
    return REGISTER_ROLE.get(role, role)


def people(rows: Collection[Json]) -> tuple[register.PersonEntry, ...]:
    return tuple(register.PersonEntry(m["name"], register_role(m["role"]), UUID(m["person"])) for m in rows)


def shares(rows: Collection[Json], *, standing: str = "") -> tuple[register.Share, ...]:
    """`standing`: that of everybody, where the rows don't tell them apart."""
    return tuple(
        register.Share(
            s["name"], wan(s["amount"]),
            date.fromisoformat(s["deadline"]) if s.get("deadline") else None,
            s["form"], UUID(s["person"]),
            standing=_standing(s.get("standing") or standing), country=s.get("country", ""),
        )
        for s in rows
    )  # fmt: skip


def _standing(code: str) -> str:
    return code if code in register.STANDINGS else ""


def representative(data: Json) -> str:
    """Who stands for the entity, as its licence names them: of a firm that manages a partnership, with its delegate."""
    heads = [m["name"] for m in data.get("members", ()) if m["role"] in HEADS]
    if heads:
        return str(heads[0])
    delegates = iter([m["name"] for m in data.get("members", ()) if m["role"] == "delegate"])
    return "、".join(_with_delegate(row, delegates) for row in managing(data))


def _with_delegate(row: Json, delegates: Iterator[str]) -> str:
    delegate = next(delegates, "") if row["kind"] == "organisation" else ""
    return f"{row['name']}（委派代表：{delegate}）" if delegate else str(row["name"])


def managing(data: Json) -> list[Json]:
    """Partners who run the business: those named, else all but the limited ones (细则 art. 11); or the sole investor."""
    rows = data.get("shareholders", {}).get("rows", ())
    named = [row for row in rows if row.get("managing")]
    return named or [row for row in rows if row.get("standing") != "limited"]


def naming(data: Json, *, reserved: Collection[UUID | str]) -> Naming:
    """What the application says about its name: authority, split, links (企业名称登记管理规定 art. 17).

    `reserved`: cases by which the applicant declared names.
    """
    value = data.get("name", {})
    codes = {value.get("link", ""): frozenset({value.get("link_code", "")})}
    holders = data.get("shareholders", {}).get("rows", ())
    investors = {each["masked"] for each in holders if each.get("kind") == "organisation"}
    investors |= {data.get("parent", {}).get("uscc", "")} - {""}
    return Naming(
        organ=data.get("domicile", {}).get("organ"),
        kind=entitytypes.get(value.get("type", "")).kind,
        investors=codes.get("investment", frozenset()) | investors,
        assigned=codes.get("assigned", frozenset()),
        trade=value.get("trade", ""),
        industry=value.get("industry", ""),
        cases=frozenset(UUID(str(each)) for each in reserved),
    )


def document_ids(data: Json) -> set[UUID]:
    """Files that were uploaded, and papers that were written and printed."""
    uploaded = {UUID(each["id"]) for files in data.get("documents", {}).values() for each in files}
    return uploaded | {UUID(each["id"]) for each in data.get("papers", {}).values() if "id" in each}


def involved(data: Json, *, applicant: UUID | None) -> Iterator[tuple[UUID, str]]:
    """Everybody named in the application with the role of the involvement, each pair once."""
    found = {(applicant, "applicant")} if applicant else set()
    found |= {(UUID(s["person"]), "shareholder") for s in data.get("shareholders", {}).get("rows", ())}
    found |= {(UUID(m["person"]), INVOLVED_ROLE.get(m["role"], "member")) for m in data.get("members", ())}
    yield from sorted(found, key=str)
