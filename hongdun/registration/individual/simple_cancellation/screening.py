"""Facts of a shop's simple cancellation: what met them is pushed to the departments, who have ten days (条例 art. 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.registration import allowable
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import facts as shared

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted


def facts(case: Case) -> dict[str, Wanted]:
    entity = whose.of(case.data)
    found = shared.of_entity(case, entity)
    return {
        "others": found["others"],
        "stands": found["stands"],
        "against_simple": sum(1 for _ in allowable.against_simple(entity, on=clock.today())),
        "undertaken": bool(case.data["closing"].get("undertaking")),
    }
