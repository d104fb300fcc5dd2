"""Statutory clocks: counting working days on a dated calendar of exceptions to the five-day week."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

Unit = Literal["workday", "day", "month", "year"]

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period; provisional when the holidays of that time are not published yet."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """`exceptions` maps dates to True (worked) or False (holiday); known from `first` to `last` inclusive."""

    exceptions: Mapping[date, bool]
    first: date
    last: date
    _days: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _shifts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep, beside the sorted exceptions, how many working days they add or take away so far."""
        days = sorted(self.exceptions)
        shifts = (int(self.exceptions[day]) - (day.weekday() < _SATURDAY) for day in days)
        object.__setattr__(self, "_days", tuple(day.toordinal() for day in days))
        object.__setattr__(self, "_shifts", tuple(accumulate(shifts, initial=0)))

    def is_workday(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def add(self, start: date, days: int) -> Due:
        """The `days`-th working day after `start`; the day of the event itself is not counted."""
        if days < 0:
            raise ValueError("期限天数不能为负数")
        place = start.toordinal()
        target = self._rank(place) + days
        # A day adds at most one to the rank, so stepping by the shortfall can't pass the target.
        while shortfall := target - self._rank(place):
            place += shortfall
        return self._due(start, date.fromordinal(place))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        return self._rank(end.toordinal()) - self._rank(start.toordinal())

    def roll(self, day: date) -> date:
        """The day itself or the next working day: a period doesn't end on a holiday (民法典203)."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def after_holidays(self, day: date) -> date:
        """The day itself or the first day after the statutory holidays it lies in; plain week-ends don't move it."""
        while self.exceptions.get(day) is False:
            day += timedelta(days=1)
        return day

    def deadline(self, start: date, amount: int, unit: Unit, *, rolls: int = 1) -> Due:
        """End of a period counted from the day after `start`; months end on the same day (民法典202).

        `rolls`: a last day that isn't worked stays (0), moves to the next working day (1), or moves only past
        statutory holidays (2).
        """
        if unit == "workday":
            return self.add(start, amount)
        end = start + timedelta(days=amount) if unit == "day" else _months_later(start, amount, unit)
        rolled = {0: end, 1: self.roll(end), 2: self.after_holidays(end)}
        return self._due(start, rolled[rolls])

    def _due(self, start: date, end: date) -> Due:
        return Due(end, provisional=start < self.first or end > self.last)

    def _rank(self, ordinal: int) -> int:
        """Number of working days up to and including a day since 0001-01-01, which was a Monday."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * 5 + min(rest, 5) + self._shifts[bisect_right(self._days, ordinal)]


def _months_later(start: date, amount: int, unit: Unit) -> date:
    months = start.year * 12 + start.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
