"""Facts of a shop's establishment that the rules look at (条例, 细则, 名称规定)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.registration.individual import terms
from hongdun.registration.topics import facts as shared

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted


def facts(case: Case) -> dict[str, Wanted]:
    data = case.data
    naming = terms.naming(data, reserved=data.get("reservations", ()))
    return {
        **shared.of_name(data["name"], naming),
        **shared.of_scope(data["scope"]["scope"]),
        "operator_applies": data["operator"]["person"] == str(case.person),
        "family": len(data["operator"]["family"]),
        "documents_missing": shared.documents_missing(case),
    }
