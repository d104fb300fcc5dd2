"""Whose call it is, what a digit means, and whether anybody is there to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q
from django.utils.timezone import localtime

from hongdun.calls.models import Choice, Hours, Line, Priority, Skill
from hongdun.law import queries as law
from hongdun.lib import organs

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

Laid = TypeVar("Laid", Choice, Hours)
USUAL_HOURS = (time(8, 30), time(18, 0))


@dataclass(frozen=True, slots=True)
class Route:
    skill: str
    priority: int


DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
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
    return found or organs.REGION_BUREAU


def choices(organ: int) -> dict[str, Route]:
    """The menu of a city: its own, else the region's, else the usual one."""
    rows = nearest(Choice.objects.filter(organ__in=(0, organs.REGION_BUREAU, organ)))
    return {row.digit: Route(row.skill, row.priority) for row in rows} or USUAL_MENU


def nearest(rows: QuerySet[Laid]) -> list[Laid]:
    """Of rows of a city, of the region and of all (0), those of whoever is nearest to the caller."""
    found = list(rows)
    own = max((row.organ for row in found), default=0)
    return [row for row in found if row.organ == own]


def route(organ: int, digit: str) -> Route:
    return choices(organ).get(digit, NOTHING_CHOSEN)


def is_open(organ: int, at: datetime) -> bool:
    """Whether operators answer then: by the hours of that day, and the working days of the calendar."""
    local = localtime(at)
    day, clock = local.date(), local.time()
    workday = law.calendar().is_workday(day)
    in_force = Q(valid_to=None) | Q(valid_to__gte=day)
    rows = nearest(
        Hours.objects.filter(in_force, organ__in=(0, organs.REGION_BUREAU, organ), valid_from__lte=day)
    )
    today = [row for row in rows if row.valid_from == row.valid_to]
    if today:
        return any(not row.closed and row.opens <= clock < row.closes for row in today)
    if not rows:
        return workday and USUAL_HOURS[0] <= clock < USUAL_HOURS[1]
    return any(row.workday == workday and row.opens <= clock < row.closes for row in rows if not row.closed)


def menu_text(organ: int) -> str:
    """The menu that an organ has laid down, in words; "" where it has none."""
    rows = Choice.objects.filter(organ=organ).order_by("digit")
    said = [(row.label, row.digit) for row in rows if row.digit != "0"]
    if not said:
        return ""
    return "，".join(f"{label}请按{DIGITS[digit]}" for label, digit in said) + "，人工服务请按零。"
