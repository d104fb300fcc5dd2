"""Every limit by the day of receipt, with what doesn't count; the vectors of the rule, and an independent calculation."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import acting
from hongdun.cases import actions as cases
from hongdun.cases.actions import clock
from hongdun.cases.models import Case
from hongdun.consumer.models import Kind
from hongdun.law import queries as law
from tests.cases import builders as make
from tests.consumer import builders as build

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
DAY = timedelta(days=1)
CHANGE = date(2026, 4, 15)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def set_day(day: date) -> None:
        monkeypatch.setattr("hongdun.base.clock.today", lambda: day)

    return set_day


def d(month: int, day: int) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("received", "due"), [(d(4, 20), d(4, 29)), (d(4, 27), d(5, 9)), (d(9, 28), d(10, 13))]
)
def test_a_complaint_is_decided_on_within_seven_working_days(
    on_day: Callable[[date], None], received: date, due: date
) -> None:
    on_day(received)
    [case] = build.filed(build.operator(), on=received)
    assert case.clock_due == due


def accepted(on_day: Callable[[date], None], received: date, on: date) -> Case:
    on_day(received)
    clerk = build.operator(build.COUNTY)
    [case] = build.filed(clerk, on=received)
    build.go(case, "route", "keep", clerk)
    on_day(on)
    build.go(case, "accept", "accept", make.officer("examiner", organ=build.COUNTY))
    return build.reload(case)


@pytest.mark.parametrize(
    ("received", "on", "due"),
    [
        (d(4, 14), d(4, 14), d(6, 18)),  # forty-five working days
        (d(4, 15), d(4, 15), d(6, 14)),  # sixty days
        (d(4, 14), d(4, 20), d(6, 25)),  # the rule of the day of receipt, also if accepted under the next
        (d(4, 20), d(4, 20), d(6, 22)),  # a statutory holiday moves it
        (d(5, 13), d(5, 13), d(7, 12)),  # a Sunday doesn't
        (d(8, 4), d(8, 4), d(10, 8)),
    ],
)
def test_mediation_ends_by_the_rule_of_the_day_of_receipt(
    on_day: Callable[[date], None], received: date, on: date, due: date
) -> None:
    case = accepted(on_day, received, on)
    assert (case.clock_rule, case.clock_due) == ("consumer_mediation", due)


def in_mediation(case: Case) -> Actor:
    examiner, head, lead = (
        make.officer(role, organ=build.COUNTY) for role in ("examiner", "head", "station")
    )
    build.go(case, "place", "own", examiner)
    build.go(case, "assign", "assign", head, data={"lead": str(lead.person)})
    build.go(case, "consent", "agreed", lead, data={"complainant_agrees": True, "merchant_agrees": True})
    build.go(case, "arrange", "arrange", lead, data={"way": "phone", "mediator": "卢海峰"})
    return lead


def test_the_days_of_a_test_are_left_out_exactly(on_day: Callable[[date], None]) -> None:
    case = accepted(on_day, d(8, 4), d(8, 4))
    lead = in_mediation(case)
    on_day(d(8, 20))
    build.go(case, "mediate", "test", lead)
    assert build.reload(case).clock_due is None
    on_day(d(8, 29))
    build.go(case, "test", "tested", lead)
    assert build.reload(case).clock_due == d(10, 12)


def test_a_report_is_verified_in_fifteen_working_days_and_fifteen_more(
    on_day: Callable[[date], None],
) -> None:
    on_day(d(9, 28))
    clerk = build.operator(build.COUNTY)
    [case] = build.filed(clerk, Kind.REPORT, on=d(9, 28))
    assert case.clock_due == d(10, 23)
    head = make.officer("head", organ=build.COUNTY)
    with acting(head):
        cases.extend(case.number, actor=head, reason="需要外地协查")
    assert build.reload(case).clock_due == d(11, 13)


@cache
def worked() -> frozenset[date]:
    """Every working day of 2020 to 2026, listed one by one from the calendar's own table."""
    text = (files("hongdun.law") / "tables" / "calendar.csv").read_text("utf-8")
    told = {
        date.fromisoformat(row["date"]): row["workday"] == "1" for row in csv.DictReader(text.splitlines())
    }
    days = (date(2020, 1, 1) + DAY * n for n in range(366 * 7))
    return frozenset(day for day in days if told.get(day, day.isoweekday() < 6))


@cache
def holidays() -> frozenset[date]:
    text = (files("hongdun.law") / "tables" / "calendar.csv").read_text("utf-8")
    return frozenset(
        date.fromisoformat(row["date"]) for row in csv.DictReader(text.splitlines()) if row["workday"] == "0"
    )


def reckoned(received: date, accepted_on: date, stops: list[tuple[date, date]]) -> date:
    """Walk day by day and count those that count: nothing in common with the product but the calendar's table."""
    old = received < CHANGE
    left = 45 if old else 60
    day = accepted_on
    while left:
        day += DAY
        stopped = any(first < day <= last for first, last in stops)
        if not stopped and (not old or day in worked()):
            left -= 1
    while not old and day in holidays():
        day += DAY
    return day


def test_ten_thousand_cases_are_due_when_walked_day_by_day() -> None:
    law.calendar()
    chance = random.Random(12315)
    wrong = []
    for _ in range(10_000):
        received = date(2023, 1, 1) + DAY * chance.randrange(1290)
        accepted_on = received + DAY * chance.randrange(8)
        case = Case(procedure_code="consumer.complaint", procedure_version=1, received=received)
        clock.begin(case, "consumer_mediation", on=accepted_on, regime=received)
        stops, day = [], accepted_on
        for _ in range(chance.randrange(3)):
            first = day + DAY * chance.randrange(1, 12)
            last = first + DAY * chance.randrange(1, 20)
            clock.defect(case, today=first)
            clock.resume(case, today=last)
            stops.append((first, last))
            day = last
        expected = reckoned(received, accepted_on, stops)
        if case.clock_due != expected:
            wrong.append((received, accepted_on, stops, case.clock_due, expected))
    assert wrong == []


def test_acceptance_is_due_when_walked_day_by_day() -> None:
    for n in range(0, 1290, 7):
        received = date(2023, 1, 1) + DAY * n
        left, day = 7, received
        while left:
            day += DAY
            left -= day in worked()
        assert law.due("consumer_acceptance", received).date == day
