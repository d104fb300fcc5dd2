import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib.workdays import Calendar, Due, Unit

# The autumn of 2025 as published: 28 September and 11 October were worked, 1 to 8 October were free.
AUTUMN = Calendar(
    {date(2025, 9, 28): True, date(2025, 10, 11): True} | {date(2025, 10, day): False for day in range(1, 9)},
    date(2025, 1, 1),
    date(2025, 12, 31),
)
DATES = st.dates(date(2025, 1, 1), date(2026, 12, 31))
EXCEPTIONS = st.dictionaries(DATES, st.booleans(), max_size=60)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2025, 9, 25), 3, date(2025, 9, 29)),
        (date(2025, 9, 25), 20, date(2025, 10, 29)),
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 10, 3), 1, date(2025, 10, 9)),
        (date(2025, 10, 3), 0, date(2025, 10, 3)),
    ],
)
def test_adds_working_days(start: date, days: int, due: date) -> None:
    assert AUTUMN.add(start, days) == Due(due, provisional=False)


def test_is_provisional_past_the_published_holidays() -> None:
    assert AUTUMN.add(date(2025, 12, 30), 1) == Due(date(2025, 12, 31), provisional=False)
    assert AUTUMN.add(date(2025, 12, 30), 2) == Due(date(2026, 1, 1), provisional=True)
    assert AUTUMN.add(date(2024, 12, 31), 2).provisional


def test_counts_between() -> None:
    assert AUTUMN.between(date(2025, 9, 25), date(2025, 9, 29)) == 3
    assert AUTUMN.between(date(2025, 9, 29), date(2025, 9, 25)) == -3


@pytest.mark.parametrize(
    ("start", "amount", "unit", "rolls", "due"),
    [
        (date(2025, 9, 2), 30, "day", True, date(2025, 10, 9)),
        (date(2025, 9, 2), 30, "day", False, date(2025, 10, 2)),
        (date(2025, 9, 12), 30, "day", True, date(2025, 10, 13)),
        (date(2025, 8, 31), 1, "month", False, date(2025, 9, 30)),
        (date(2025, 12, 1), 2, "month", False, date(2026, 2, 1)),
        (date(2024, 2, 29), 1, "year", False, date(2025, 2, 28)),
        (date(2025, 9, 25), 3, "workday", True, date(2025, 9, 29)),
    ],
)
def test_deadlines(start: date, amount: int, unit: Unit, *, rolls: bool, due: date) -> None:
    assert AUTUMN.deadline(start, amount, unit, rolls=rolls).date == due


def test_refuses_negative_periods() -> None:
    with pytest.raises(ValueError, match="负数"):
        AUTUMN.add(date(2025, 9, 1), -1)


@given(EXCEPTIONS, DATES, st.integers(0, 80))
def test_add_equals_stepping_day_by_day(exceptions: dict[date, bool], start: date, days: int) -> None:
    calendar = Calendar(exceptions, date(2025, 1, 1), date(2026, 12, 31))
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_workday(day)
    assert calendar.add(start, days).date == day
    assert calendar.between(start, day) == days


def test_a_hundred_thousand_deadlines_take_moments() -> None:
    started = time.process_time()
    for number in range(100_000):
        AUTUMN.add(date(2025, 1, 1) + timedelta(days=number % 365), 20)
    assert time.process_time() - started < 5
