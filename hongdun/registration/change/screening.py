"""Facts of a change or a record filing that the rules look at (条例 art. 24–29)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hongdun.register import queries as register
from hongdun.registration import allowable, items
from hongdun.registration.change import actions
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import facts as shared

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted


def facts(case: Case) -> dict[str, Wanted]:
    data, entity = case.data, whose.of(case.data)
    scope = data["scope"]["scope"] if "scope" in data else ""
    found = shared.of_entity(case, entity)
    return {
        **found,
        **shared.of_name(data.get("name", {}), actions.naming_of(entity, case)),
        **shared.of_scope(scope, before=register.latest(entity).particulars.scope.text),
        "items": [items.ITEMS[code].label for code in data["items"]["items"]],
        "signed": bool(data.get("signatures")),
        "stands": found["stands"] or _signer_stands(case),
        "same_authority": case.organ == entity.organ,
        "revoked_under": _revoked(case),
        "documents_missing": shared.documents_missing(case),
    }


def _signer_stands(case: Case) -> bool:
    """Who signed is registered as standing for the entity; of somebody new that can't be."""
    signer = case.data.get("signer")
    roles = allowable.REPRESENTATIVES
    return bool(signer) and allowable.stands_for(whose.of(case.data), UUID(signer["person"]), roles=roles)


def _revoked(case: Case) -> int:
    fresh = case.data.get("representative")
    return register.revoked_under(UUID(fresh["person"])) if fresh else 0
