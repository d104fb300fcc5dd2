"""An officer's own consumer cases, those due first on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from hongdun.cases import queries as case_queries
from hongdun.cases.models import Task
from hongdun.consumer.models import Urge

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.models import TaskQuerySet

MOST = 50


def _own(actor: Actor) -> TaskQuerySet:
    return case_queries.work_list(actor).filter(case__procedure_code__startswith="consumer.")


def _ordered(tasks: TaskQuerySet) -> list[Task]:
    return list(tasks.select_related("case").order_by(F("due").asc(nulls_last=True), "id")[:MOST])


def assigned(actor: Actor) -> list[Task]:
    return _ordered(_own(actor).filter(assignee__in=actor.hands))


def waiting(actor: Actor) -> list[Task]:
    return _ordered(_own(actor).filter(assignee=None))


def sessions(actor: Actor) -> list[Task]:
    """Mediations that are arranged and to be held."""
    arranged = Task.objects.waiting().in_scope(actor).filter(step="mediate", assignee__in=actor.hands)
    return list(arranged.select_related("case").order_by("opened")[:MOST])


def urges(actor: Actor) -> QuerySet[Urge]:
    """What others wait for an answer to, on cases of this organ."""
    return (
        Urge.objects.filter(answered=None, case__organ=actor.organ or 0, case__closed=None)
        .select_related("case")
        .order_by(F("due").asc(nulls_last=True), "at")[:MOST]
    )
