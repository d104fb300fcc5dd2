"""Whose call it is, what a digit means, and whether anybody is there to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from hongdun.calls.models import Choice, Hours, Line, Priority, Skill
from hongdun.calls.settings import REGION
from hongdun.law import queries as law

if TYPE_CHECKING:
    from datetime import datetime

USUAL_HOURS = (time(8, 30), time(18, 0))


@dataclass(frozen=True, slots=True)
class Route:
    skill: str
    priority: int


# What a centre hears that has said nothing else; any other digit, or none, is a person's help.
USUAL_MENU = {
    "1": Route(Skill.COMPLAINT, Priority.USUAL),
    "2": Route(Skill.REPORT, Priority.USUAL),
    "3": Route(Skill.CONSULTATION, Priority.USUAL),
    "8": Route(Skill.GENERAL, Priority.CARE),
    "9": Route(Skill.GENERAL, Priority.DANGER),
}
NOTHING_CHOSEN = Route(Skill.GENERAL, Priority.USUAL)


def line_organ(number: str) -> int:
    found = Line.objects.filter(number=number).values_list("organ", flat=True).first()
    return found or REGION


def choices(organ: int) -> dict[str, Route]:
    """The menu of a city: its own, else that of all, else the usual one."""
    rows = Choice.objects.filter(organ__in=(0, organ)).order_by("organ")
    own = [row for row in rows if row.organ == organ] or list(rows)
    return {row.digit: Route(row.skill, row.priority) for row in own} or USUAL_MENU


def route(organ: int, digit: str) -> Route:
    return choices(organ).get(digit, NOTHING_CHOSEN)


def is_open(organ: int, at: datetime) -> bool:
    """Whether operators answer then: by the hours of that day, and the working days of the calendar."""
    local = localtime(at)
    day, clock = local.date(), local.time()
    workday = law.calendar().is_workday(day)
    rows = [
        row
        for row in Hours.objects.filter(organ__in=(0, organ), valid_from__lte=day)
        if row.valid_to is None or row.valid_to >= day
    ]
    own = [row for row in rows if row.organ == organ] or rows
    if not own:
        return workday and USUAL_HOURS[0] <= clock < USUAL_HOURS[1]
    return any(row.workday == workday and row.opens <= clock < row.closes for row in own)
