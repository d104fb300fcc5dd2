"""Telling in time that a period runs out, and the organs above once it has; in office hours only."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.base import clock
from hongdun.cases.models import Task
from hongdun.law import queries as law
from hongdun.lib import organs
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from datetime import date

# Percent of the period that has passed, and how many levels above the organ hear of it too.
STEPS = {200: 3, 150: 2, 100: 1, 80: 0, 50: 0}
OPENS, CLOSES = time(8), time(18)


def is_office_time(at: datetime) -> bool:
    local = timezone.localtime(at)
    return law.calendar().is_workday(local.date()) and OPENS <= local.time() < CLOSES


def next_office_time(at: datetime) -> datetime:
    """The moment itself, or the next opening of the office: nobody is told anything at night."""
    local = timezone.localtime(at)
    if is_office_time(at):
        return at
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not law.calendar().is_workday(day):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, OPENS))


def used(opened: date, due: date, today: date) -> int:
    """How much of a period has passed, in percent; its last day is the whole, and it goes on from there."""
    whole = max((due - opened).days, 1)
    passed = (today - opened).days * 100 // whole
    return max(passed, 100) if today >= due else passed


def warn() -> int:
    """Say each threshold of each open task once; the last one also to the organ above. Returns how many were said."""
    if not is_office_time(clock.now()):
        return 0
    said = 0
    waiting = Task.objects.waiting().filter(case__procedure_code__startswith="consumer.", due__isnull=False)
    for task in waiting.select_related("case").iterator(chunk_size=500):
        assert task.due is not None
        passed = used(timezone.localdate(task.opened), task.due, clock.today())
        reached = next((step for step in STEPS if passed >= step), 0)
        if reached > task.data.get("warned", 0):
            _say(task, reached)
            said += 1
    return said


def _say(task: Task, reached: int) -> None:
    task.data = task.data | {"warned": reached}
    task.save(update_fields=["data"])
    for organ in organs.ancestors(task.organ)[: STEPS[reached] + 1]:
        outbox.publish(
            "consumer.deadline", organ=organ, number=task.case.number, step=task.step, percent=reached, due=str(task.due)
        )  # fmt: skip
