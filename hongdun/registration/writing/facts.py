"""What the models' braces stand for, from an application."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hongdun.lib import entitytypes
from hongdun.registration import kinds
from hongdun.registration.topics import board, terms, words
from hongdun.registration.writing import clauses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]


# Signed on a day that nobody knows when the paper is written.
DAY = "　　　　年　　月　　日"


def of(data: Json) -> dict[str, str]:
    """Every word that some model uses; those that an application has nothing for are empty."""
    entity_type = entitytypes.get(data["name"]["type"])
    rows = data.get("shareholders", {}).get("rows", ())
    names = [str(row["name"]) for row in rows]
    return {
        "name": data["name"]["name"], "type": entity_type.label, "address": data["domicile"]["address"],
        "scope": _sentence(data["scope"]["scope"]), "term": _term(data["scope"]), "date": DAY,
        "holder_names": "、".join(names), "signatures": "\n".join(f"{name}：" for name in names),
        "capital": data.get("shareholders", {}).get("capital", ""), "parent": data.get("parent", {}).get("name", ""),
        "head": terms.representative(data), "founder_count": str(len(rows)),
        "holder_lines": _holder_lines(rows, entity_type.code), "role_lines": _role_lines(data),
    } | _shares(rows) | _company(data, len(rows)) | _partnership(data) | _cooperative(data)  # fmt: skip


def entrusted(data: Json) -> bool:
    """Whether the partners entrusted some of them with the business, so that a mandate is needed (细则 art. 28)."""
    return any(row.get("managing") for row in data.get("shareholders", {}).get("rows", ()))


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _term(scope: Json) -> str:
    return f"{scope['years']} 年，自营业执照签发之日起计算" if scope.get("term") == "years" else "长期"


def _holder_lines(rows: Sequence[Json], entity_type: str) -> str:
    of_type = kinds.holders_of(entity_type)
    return "\n".join(
        f"{n}. {_without_number(words.holder(row, of_type), row)}" for n, row in enumerate(rows, 1)
    )


def _without_number(text: str, row: Json) -> str:
    return text.replace(f"（{row['masked']}）", " ", 1)


def _shares(rows: Sequence[Json]) -> dict[str, str]:
    """Ordinary shares of one yuan each."""
    counts = [int(Decimal(row["amount"]) * terms.WAN) for row in rows]
    lines = [
        f"{n}. {row['name']} 认购 {count:,} 股，{row['form']}出资"
        for n, (row, count) in enumerate(zip(rows, counts, strict=True), 1)
    ]
    return {"share_count": f"{sum(counts):,}", "share_lines": "\n".join(lines)}


def _by_role(data: Json) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for member in data["members"]:
        found.setdefault(member["role"], []).append(member["name"])
    return found


def _role_lines(data: Json) -> str:
    kind = kinds.of_type(data["name"]["type"])
    labels = {role.code: role.label for role in kind.roles} if kind else {}
    inside = {"liaison", "document_recipient", "finance"}
    found = [(labels[role], names) for role, names in _by_role(data).items() if role not in inside]
    return "\n".join(f"{label}：{'、'.join(names)}" for label, names in found)


def _company(data: Json, holders: int) -> dict[str, str]:
    by_role = _by_role(data)
    head = by_role.get("legal_representative", [""])[0]
    directors = board.directors(by_role)
    return clauses.company(
        alone=holders == 1,
        state_owned=data["name"]["type"] == board.STATE_OWNED,
        stock=kinds.holders_of(data["name"]["type"]).pays == "before",
        has_board=bool(by_role.get("director")), directors=len(directors),
        supervisors=len(by_role.get("supervisor", ())), has_manager=bool(by_role.get("manager")),
        head_is_director=head in directors,
    )  # fmt: skip


def _partnership(data: Json) -> dict[str, str]:
    managing = terms.managing(data)
    delegates = [m["name"] for m in data["members"] if m["role"] == "delegate"]
    firms = [row["name"] for row in managing if row.get("kind") == "organisation"]
    pairs = [
        f"¶ {firm}委派{delegate}为代表，执行合伙事务。"
        for firm, delegate in zip(firms, delegates, strict=False)
    ]
    names = "、".join(row["name"] for row in managing)
    limited = any(row.get("standing") == "limited" for row in data.get("shareholders", {}).get("rows", ()))
    return {"managing_names": names, "delegates": "\n".join(pairs)} | clauses.partnership(
        names, limited=limited, entrusted=entrusted(data), special=data["name"]["type"] in {"4532", "5420"}
    )


def _cooperative(data: Json) -> dict[str, str]:
    by_role = _by_role(data)
    supervisors = by_role.get("supervisor", []) + by_role.get("executive_supervisor", [])
    return clauses.cooperative(
        union=data["name"]["type"] == "9110", has_council=bool(by_role.get("council")),
        executive=bool(by_role.get("executive_supervisor")), supervisors=len(supervisors),
    )  # fmt: skip
