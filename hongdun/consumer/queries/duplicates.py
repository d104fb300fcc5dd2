"""What was said before: by this person, against this merchant; shown to the officer, never merged by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.consumer.models import Kind, Matter
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

SAME = timedelta(days=180)
CLUSTER = timedelta(days=90)
MOST = 10


def of_person(phone: str) -> QuerySet[Matter]:
    """Earlier matters of whoever has this telephone number, newest first; reports are not among them."""
    hashed = parties.phone_hash(phone)
    found = Matter.objects.filter(phone_hash=hashed) if hashed else Matter.objects.none()
    return found.select_related("case").order_by("-received", "-case_id")


def same(phone: str, entity: UUID | None) -> list[Matter]:
    """Same person against the same merchant within 180 days: perhaps the same matter."""
    if entity is None:
        return []
    since = clock.today() - SAME
    return list(of_person(phone).filter(entity=entity, received__gte=since)[:MOST])


def cluster(entity: UUID | None, problem_class: str = "") -> int:
    """How many complained of this merchant, for the same problem where it is known, within 90 days."""
    if entity is None:
        return 0
    found = Matter.objects.filter(entity=entity, kind=Kind.COMPLAINT, received__gte=clock.today() - CLUSTER)
    return (found.filter(problem_class=problem_class) if problem_class else found).count()
