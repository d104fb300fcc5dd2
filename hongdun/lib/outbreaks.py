"""Alarms where complaints on one entity, brand, class or county outgrow what their past lets expect.

A stream's share of all complaints in eight weeks (Farrington's window, the last week left out) says how many of the
items of these days should be its own: weekdays, holidays, season, busy hours and half days come with the total of the
same days. The share is uncertain and items come in clusters, so the count is compared with a negative binomial; streams
without a past borrow the spread of the others. Many thousands of streams are looked at every day: an alarm needs a
probability so small that the expected number of false ones stays within the budget (a Bonferroni bound on their count).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import exp, lgamma, log1p
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

WINDOWS = (1, 3, 7)  # days: a burst, a growing one, a slow one
GUARD, BASELINE = 7, 56  # days left out before today, and days looked back at before these
LEAST = 4  # items: fewer are no outbreak, whatever their probability
QUIET = 14  # days after an alarm in which its stream isn't reported again
WEEKLY_BUDGET = (
    0.5  # false alarms for the region and all dimensions: half of what is allowed, since models err
)
# Clustering of items within a stream, before its own weeks say more (variance over mean, weight in weeks).
_CLUSTERING, _TRUST = 1.3, 16
_LEAST_SPREAD, _MOST_SPREAD = 0.02, 5.0
_WEEK = 7
_POISSON = 1e6  # the size from which a negative binomial is as good as Poisson's


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included."""

    first: date
    last: date

    @classmethod
    def before(cls, last: date, days: int) -> Period:
        return cls(last - timedelta(days=days - 1), last)

    def sum(self, own: Mapping[date, int]) -> int:
        """Most streams have few days with an item, the totals have many."""
        days = (self.last - self.first).days + 1
        if len(own) < days:
            return sum(count for day, count in own.items() if self.first <= day <= self.last)
        return sum(own.get(self.first + timedelta(days=number), 0) for number in range(days))


@dataclass(frozen=True, slots=True)
class Alarm(Generic[K]):
    stream: K
    day: date
    days: int
    observed: int
    expected: float
    probability: float


class Counts(Generic[K]):
    """Items of one dimension by stream and day; an item without a stream counts towards the total alone."""

    def __init__(self, items: Iterable[tuple[date, K | None, int]]) -> None:
        self.totals: Counter[date] = Counter()
        self.of: defaultdict[K, Counter[date]] = defaultdict(Counter)
        for day, stream, count in items:
            self.add(day, stream, count)

    def add(self, day: date, stream: K | None, count: int = 1) -> None:
        self.totals[day] += count
        if stream is not None:
            self.of[stream][day] += count


class Watch(Generic[K]):
    """One dimension on one day. `streams` is how many there are, those without any item included."""

    def __init__(self, counts: Counts[K], day: date, streams: int, budget: float) -> None:
        self.counts, self.day = counts, day
        self.streams = max(streams, len(counts.of), 1)
        self._limit = budget / self.streams / len(WINDOWS)
        self._past = Period.before(day - timedelta(days=GUARD), BASELINE)
        self._exposure = self._past.sum(counts.totals)

    def alarms(self) -> list[Alarm[K]]:
        """For each stream its most improbable window, the most improbable stream first."""
        found: dict[K, Alarm[K]] = {}
        for days in WINDOWS:
            recent = Period.before(self.day, days)
            total = recent.sum(self.counts.totals)
            for stream, observed in self._busy(recent).items():
                alarm = self._judged(stream, days, observed, total - observed)
                if alarm and (stream not in found or alarm.probability < found[stream].probability):
                    found[stream] = alarm
        return sorted(found.values(), key=lambda one: one.probability)

    def _busy(self, recent: Period) -> dict[K, int]:
        sums = ((stream, recent.sum(own)) for stream, own in self.counts.of.items())
        return {stream: observed for stream, observed in sums if observed >= LEAST}

    def _judged(self, stream: K, days: int, observed: int, others: int) -> Alarm[K] | None:
        own = self._past.sum(self.counts.of[stream])
        exposure = self._exposure - own
        if not exposure:
            return None
        shape, rate = self._spread
        expected = (shape + own) / (rate + exposure) * others
        variance = self._clustering(stream, own) * expected + expected**2 / (shape + own)
        probability = tail(observed, expected, variance)
        if observed <= expected or probability > self._limit:
            return None
        return Alarm(stream, self.day, days, observed, expected, probability)

    @cached_property
    def _spread(self) -> tuple[float, float]:
        """Shape and rate of the gamma distribution of shares over all streams: by their mean, and by how many had no item.

        The few largest streams, which have a past of their own, would drive a fit by the variance.
        """
        sums = [self._past.sum(own) for own in self.counts.of.values()]
        mean = sum(sums) / self.streams
        if not mean:
            return _LEAST_SPREAD, 1.0
        empty = 1 - sum(each > 0 for each in sums) / self.streams
        shape = _shape(mean, empty)
        return shape, shape * self._exposure / mean

    def _clustering(self, stream: K, own: int) -> float:
        """Variance over mean of the weeks of the past, held near the usual where there is little of it."""
        mean = own * _WEEK / BASELINE
        if mean < 1:
            return _CLUSTERING
        weeks = [
            Period.before(self._past.last - timedelta(days=back), _WEEK) for back in range(0, BASELINE, _WEEK)
        ]
        scatter = sum((week.sum(self.counts.of[stream]) - mean) ** 2 / mean for week in weeks)
        return max(1.0, (_TRUST * _CLUSTERING + scatter) / (_TRUST + len(weeks) - 1))


def _shape(mean: float, empty: float) -> float:
    """Where a negative binomial of this mean has this share of zeros; found by halving, the share falls with the shape."""
    low, high = _LEAST_SPREAD, _MOST_SPREAD
    for _ in range(40):
        shape = (low + high) / 2
        low, high = (shape, high) if exp(-shape * log1p(mean / shape)) > empty else (low, shape)
    return low


def tail(observed: int, mean: float, variance: float) -> float:
    """The probability of so many or more: negative binomial, Poisson where the variance is no greater."""
    if observed <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    size = mean**2 / (variance - mean) if variance > mean else _POISSON
    up = -log1p(size / mean)  # log of mean / (size + mean)
    term = exp(
        lgamma(size + observed)
        - lgamma(size)
        - lgamma(observed + 1)
        + observed * up
        - size * log1p(mean / size)
    )
    total, count = 0.0, observed
    while term > total * 1e-12 and term > 0:
        total += term
        term *= (size + count) / (count + 1) * exp(up)
        count += 1
    return min(total, 1.0)


def fresh(alarms: Iterable[Alarm[K]], reported: Mapping[K, date]) -> list[Alarm[K]]:
    """Those whose stream was not reported within the quiet days before."""
    return [
        each
        for each in alarms
        if each.stream not in reported or each.day - reported[each.stream] > timedelta(days=QUIET)
    ]
