"""Made-up history of a 12315 centre for benches and demonstrations: the load and mix of Guangxi in 2020.

394,274 items a year, 70.2 % of them consultations, 81.7 % by telephone (research: published figures); the rhythm of
weekdays, hours and seasons, the heavy tail of the merchants and the clustering are our own assumptions, stated here.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import cos, pi
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YEARLY = 394_274
CONSULTATIONS = 0.702
REPORTS = 0.35  # of what is no consultation
CHANNELS, CHANNEL_SHARES = ("phone", "internet", "letter", "other"), (0.817, 0.082, 0.007, 0.094)
WEEKDAYS = (1.25, 1.15, 1.1, 1.1, 1.1, 0.7, 0.6)
HOURS = (1, 1, 1, 1, 1, 2, 4, 10, 60, 95, 90, 70, 30, 35, 75, 85, 80, 60, 30, 20, 15, 10, 5, 2)
MERCHANTS = 200_000  # which ever meet with a complaint, of some 4 million
BRANDS, CLASSES, COUNTIES = 600, 120, 111
TAIL = 0.75  # exponent of the ranks: the largest platform gets some 1 % of all
BRANDED = 0.4
DAY_NOISE, PLACE_NOISE = 120.0, 12.0  # shapes of the gamma noise of a day, and of a county or class on a day


@dataclass(frozen=True, slots=True)
class Item:
    day: date
    hour: int
    kind: str
    channel: str
    county: int
    subject: int
    merchant: int
    brand: int | None

    @property
    def cell(self) -> int:
        """Class in a county, as one number."""
        return self.county * CLASSES + self.subject


class Drawn:
    """A number from 0 by weight."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._sums = list(accumulate(weights))

    def draw(self, dice: Random) -> int:
        return bisect(self._sums, dice.random() * self._sums[-1])


_HOURS, _CHANNELS = Drawn(HOURS), Drawn(CHANNEL_SHARES)
_MERCHANTS = Drawn([1 / (rank + 20) ** TAIL for rank in range(MERCHANTS)])
_BRANDS = Drawn([1 / (rank + 5) ** TAIL for rank in range(BRANDS)])
_COUNTY_SIZES = [1 / (rank + 4) ** 0.8 for rank in range(COUNTIES)]
_CLASS_SIZES = [1 / (rank + 5) ** 0.8 for rank in range(CLASSES)]


def history(seed: int, first: date, days: int, *, consultations: bool = True) -> Iterator[Item]:
    """Day by day; the same seed gives the same items. Without consultations a third of the work."""
    dice = Random(seed)  # noqa: S311 - made-up data, reproducible on purpose
    share = 1.0 if consultations else 1 - CONSULTATIONS
    for number in range(days):
        day = first + timedelta(days=number)
        mean = YEARLY / 365 * share * WEEKDAYS[day.weekday()] * season(day)
        counties, subjects = _day(dice, day)
        for _ in range(poisson(dice, mean * dice.gammavariate(DAY_NOISE, 1 / DAY_NOISE))):
            yield _item(dice, day, counties, subjects, consultations=consultations)


def season(day: date) -> float:
    """A tenth more in summer than in the year's mean, a tenth less in winter."""
    return 1 + 0.1 * cos(2 * pi * (day.timetuple().tm_yday - 200) / 365)


def poisson(dice: Random, mean: float) -> int:
    count = 0
    left = dice.expovariate(1)
    while left < mean:
        count += 1
        left += dice.expovariate(1)
    return count


def _day(dice: Random, day: date) -> tuple[Drawn, Drawn]:
    """Counties and classes as heavy as this day makes them; every third class has a season of its own."""

    def noisy(size: float) -> float:
        return size * dice.gammavariate(PLACE_NOISE, 1 / PLACE_NOISE)

    turn = 2 * pi * day.timetuple().tm_yday / 365
    seasonal = [1 + (0.4 * cos(turn - number) if number % 3 == 0 else 0) for number in range(CLASSES)]
    return (
        Drawn([noisy(size) for size in _COUNTY_SIZES]),
        Drawn([noisy(size * own) for size, own in zip(_CLASS_SIZES, seasonal, strict=True)]),
    )


def _item(dice: Random, day: date, counties: Drawn, subjects: Drawn, *, consultations: bool) -> Item:
    kind = "report" if dice.random() < REPORTS else "complaint"
    if consultations and dice.random() < CONSULTATIONS:
        kind = "consultation"
    return Item(
        day=day,
        hour=_HOURS.draw(dice),
        kind=kind,
        channel=CHANNELS[_CHANNELS.draw(dice)],
        county=counties.draw(dice),
        subject=subjects.draw(dice),
        merchant=_MERCHANTS.draw(dice),
        brand=_BRANDS.draw(dice) if dice.random() < BRANDED else None,
    )
