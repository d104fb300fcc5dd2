"""Facts of an establishment that the rules look at (公司法, 合伙企业法, 个人独资企业法, 条例, 名称规定)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib import entitytypes, scopeitems
from hongdun.register import queries as register
from hongdun.registration.establishment.queries import HEADS, signatories
from hongdun.registration.kinds import STANDING_WORDS
from hongdun.registration.signing.signatories import joined
from hongdun.registration.topics import facts as shared
from hongdun.registration.topics import terms
from hongdun.registration.wording import RIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted

    Json = Mapping[str, Any]


def facts(case: Case) -> dict[str, Wanted]:
    data = case.data
    naming = terms.naming(data, reserved=data.get("reservations", ()))
    return {
        **shared.of_name(data["name"], naming),
        **shared.of_scope(data["scope"]["scope"]),
        **_of_holders(data.get("shareholders", {})),
        "type": entitytypes.get(data["name"]["type"]).label,
        "licensed_items": sum(i.head == "许可项目" for i in scopeitems.split(data["scope"]["scope"]).items),
        "right": RIGHTS[data["domicile"]["right"]],
        "signed": _all_signed(data),
        "documents_missing": shared.documents_missing(case),
        "revoked_under": _revoked(data.get("members", ())),
        "parent_standing": _parent_stands(data.get("parent", {})),
    }


def _of_holders(value: Json) -> dict[str, Wanted]:
    """Nothing where nobody contributes, as in a branch."""
    rows = value.get("rows", ())
    if not rows:
        return {}
    return {
        "holders_natural": all(each["kind"] == "natural" for each in rows),
        "forms_money": all(each["form"] == "货币" for each in rows),
        "capital": value["capital"],
        "property": STANDING_WORDS.get(rows[0].get("standing", "")),
    }


def _all_signed(data: Json) -> bool:
    """Each by the link on their own phone (细则 art. 15, 16)."""
    names = {each["name"] for each in data.get("signatures", ())}
    return bool(names) and {each.name for each in joined(signatories(data))} <= names


def _revoked(members: Sequence[Json]) -> int:
    heads = [UUID(each["person"]) for each in members if each["role"] in HEADS]
    return sum(register.revoked_under(each) for each in heads)


def _parent_stands(parent: Json) -> bool:
    found = register.current(parent.get("uscc", ""))
    return found is not None and found.status == "active" and found.name == parent["name"]
