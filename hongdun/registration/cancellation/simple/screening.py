"""Facts of a simplified cancellation whose notice is over (条例 art. 33, 细则 art. 47–49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.registration import allowable
from hongdun.registration.cancellation.simple import queries as application
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import facts as shared

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted


def facts(case: Case) -> dict[str, Wanted]:
    entity = whose.of(case.data)
    return {
        **shared.of_entity(case, entity),
        "objections": application.notice_of(case.id).objections.count(),
        "against_simple": sum(1 for _ in allowable.against_simple(entity, on=clock.today())),
        "branches": sum(1 for _ in allowable.branches(entity)),
        "undertaken": bool(case.data["closing"].get("undertaking")),
        "documents_missing": shared.documents_missing(case),
    }
