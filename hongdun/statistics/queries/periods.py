"""A day, week, month or year, and the two it is compared with."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeGuard

Unit = Literal["day", "week", "month", "year"]
UNITS: dict[Unit, str] = {"day": "日报", "week": "周报", "month": "月报", "year": "年报"}
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Period:
    unit: Unit
    first: date
    last: date

    def __str__(self) -> str:
        return {
            "day": f"{self.first:%Y-%m-%d}",
            "week": f"{self.first:%Y-%m-%d} 至 {self.last:%m-%d}",
            "month": f"{self.first.year} 年 {self.first.month} 月",
            "year": f"{self.first.year} 年",
        }[self.unit]

    @property
    def before(self) -> Period:
        """环比: the period just before."""
        return containing(self.first - timedelta(days=1), self.unit)

    @property
    def year_before(self) -> Period:
        """同比: the same period of last year; a week the one 52 weeks ago, with the same weekdays."""
        if self.unit == "week":
            return containing(self.first - timedelta(weeks=52), "week")
        year, month = self.first.year - 1, self.first.month
        return containing(date(year, month, min(self.first.day, monthrange(year, month)[1])), self.unit)


def containing(day: date, unit: Unit) -> Period:
    if unit == "day":
        return Period(unit, day, day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(unit, monday, monday + timedelta(days=6))
    first, last = (1, _LAST_MONTH) if unit == "year" else (day.month, day.month)
    return Period(unit, date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))


def is_unit(word: str) -> TypeGuard[Unit]:
    return word in UNITS
