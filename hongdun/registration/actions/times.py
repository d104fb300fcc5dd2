"""Noting how long a filing took, once its licence is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from hongdun.cases.models import Case
from hongdun.lib import organs
from hongdun.registration.models import FilingTime

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def note(case_id: UUID, *, issued: datetime) -> None:
    """Heard twice, it is noted once."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return
    minutes = max(0, int((issued - case.opened).total_seconds() // 60))
    noted = FilingTime(
        case_id=case.id, organ=organs.county_of(case.organ) or case.organ, procedure_code=case.procedure_code,
        issued=localdate(issued), minutes=minutes,
    )  # fmt: skip
    FilingTime.objects.bulk_create([noted], ignore_conflicts=True)
