"""Alarms where complaints on one entity, brand, class or county outgrow what their past lets expect.

A stream's share of all complaints in eight weeks (Farrington's window, the last week left out) says how many of the
items of these days should be its own: weekdays, holidays, season, busy hours and half days come with the total of the
same days. The share is uncertain and items come in clusters, so the count is compared with a negative binomial. How
much counts scatter beyond chance is learned from all streams of the dimension, for each window by itself; a stream
that plainly scatters more keeps its own. Streams without a past borrow the spread of the others' shares. Many thousands of
streams are looked at every day: an alarm needs a probability so small that the expected number of false ones stays
within the budget (Bonferroni's bound; as windows of successive days overlap, fewer come in fact).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import exp, lgamma, log, log1p, sqrt
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

WINDOWS = (1, 3, 7)  # days: a burst, a growing one, a slow one
GUARD, BASELINE = 7, 56  # days left out before today, and days looked back at before these
LEAST = 4  # items: fewer are no outbreak, whatever their probability
QUIET = 14  # days after an alarm in which its stream isn't reported again
WEEKLY_BUDGET = 1.0  # false alarms for the region, all dimensions together
_WEEK = 7
_KNOWN = 16  # items in the past from which a stream's own scatter can be reckoned
_OUTLYING = 4.0  # times as much scatter as chance: more is an old outbreak, not the usual
_PLAINLY = 2.0  # standard deviations by which a stream scatters more than the others of its size
_LEAST_SPREAD, _MOST_SPREAD = 0.02, 5.0
_POISSON = 1e6  # the size from which a negative binomial is as good as Poisson's


def daily_budgets(streams: Mapping[str, int]) -> dict[str, float]:
    """The false alarms a day that each dimension may give: fewer where many small streams show an outbreak at once."""
    weights = {dimension: 1 / log(max(count, 3)) for dimension, count in streams.items()}
    return {
        dimension: WEEKLY_BUDGET / _WEEK * weight / sum(weights.values())
        for dimension, weight in weights.items()
    }


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included."""

    first: date
    last: date

    @classmethod
    def before(cls, last: date, days: int) -> Period:
        return cls(last - timedelta(days=days - 1), last)

    def __iter__(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def parts(self, days: int) -> list[Period]:
        """Of so many days each, from the last backwards; what is left over at the beginning is left out."""
        whole = (self.last - self.first).days + 1
        return [
            Period.before(self.last - timedelta(days=back), days) for back in range(0, whole - days + 1, days)
        ]


@dataclass(frozen=True, slots=True)
class Alarm(Generic[K]):
    stream: K
    day: date
    days: int
    observed: int
    expected: float
    probability: float


class Counts(Generic[K]):
    """Items of one dimension by day and stream; an item without a stream counts towards the total alone."""

    def __init__(self, items: Iterable[tuple[date, K | None, int]]) -> None:
        self._totals: Counter[date] = Counter()
        self._on: defaultdict[date, Counter[K]] = defaultdict(Counter)
        for day, stream, count in items:
            self.add(day, stream, count)

    def add(self, day: date, stream: K | None, count: int = 1) -> None:
        self._totals[day] += count
        if stream is not None:
            self._on[day][stream] += count

    def total(self, period: Period) -> int:
        return sum(self._totals[day] for day in period)

    def during(self, period: Period) -> Counter[K]:
        found: Counter[K] = Counter()
        for day in period:
            found.update(self._on.get(day, {}))
        return found


class Scatter(Generic[K]):
    """How much more than chance counts in windows of one length scattered in the past (variance over mean).

    Learned from all streams: what stirs a stream stirs it in proportion, so the excess grows with the mean.
    """

    def __init__(self, counts: Counts[K], past: Period, days: int, own: Mapping[K, int]) -> None:
        windows = [(counts.during(part), counts.total(part)) for part in past.parts(days)]
        self._freedom = len(windows) - 1
        squares: Counter[K] = Counter()
        products: Counter[K] = Counter()
        for found, total in windows:
            for stream, count in found.items():
                squares[stream] += count * count
                products[stream] += count * total
        totals = [total for _, total in windows]
        all_, mean, square = counts.total(past), sum(totals) / len(totals), sum(total**2 for total in totals)
        self._ratios: dict[K, float] = {}
        excess = weight = 0.0
        for stream, count in own.items():
            if count >= _KNOWN:
                share = count / all_
                apart = squares[stream] - 2 * share * products[stream] + share**2 * square
                ratio = apart / (share * mean * self._freedom)
                self._ratios[stream] = ratio
                excess += share * mean * (min(ratio, _OUTLYING) - 1)
                weight += (share * mean) ** 2
        self._growth = max(excess / weight, 0.0) if weight else 0.0

    def of(self, stream: K, expected: float) -> float:
        usual = 1 + self._growth * expected
        own = self._ratios.get(stream, 0.0) / (1 + _PLAINLY * sqrt(2 / self._freedom))
        return max(usual, own)


class Watch(Generic[K]):
    """One dimension on one day. `streams` is how many there are, those without any item included."""

    def __init__(self, counts: Counts[K], day: date, streams: int, budget: float) -> None:
        self.counts, self.day = counts, day
        self._past = Period.before(day - timedelta(days=GUARD), BASELINE)
        self._own = counts.during(self._past)
        self._exposure = counts.total(self._past)
        self.streams = max(streams, len(self._own), 1)
        self._limit = budget / self.streams / len(WINDOWS)

    def alarms(self) -> list[Alarm[K]]:
        """For each stream its most improbable window, the most improbable stream first."""
        found: dict[K, Alarm[K]] = {}
        for days in WINDOWS:
            for alarm in self._alarms(days):
                if alarm.stream not in found or alarm.probability < found[alarm.stream].probability:
                    found[alarm.stream] = alarm
        return sorted(found.values(), key=lambda one: one.probability)

    def _alarms(self, days: int) -> Iterator[Alarm[K]]:
        recent = Period.before(self.day, days)
        total = self.counts.total(recent)
        busy = {stream: n for stream, n in self.counts.during(recent).items() if n >= LEAST}
        if not busy or not self._exposure:
            return
        scatter = Scatter(self.counts, self._past, days, self._own)
        for stream, observed in busy.items():
            if alarm := self._judged(stream, days, observed, total - observed, scatter):
                yield alarm

    def _judged(
        self, stream: K, days: int, observed: int, others: int, scatter: Scatter[K]
    ) -> Alarm[K] | None:
        own = self._own[stream]
        exposure = self._exposure - own
        if not exposure:
            return None
        shape, rate = self._spread
        expected = (shape + own) / (rate + exposure) * others
        if observed <= expected:
            return None
        variance = scatter.of(stream, expected) * expected + expected**2 / (shape + own)
        probability = tail(observed, expected, variance)
        if probability > self._limit:
            return None
        return Alarm(stream, self.day, days, observed, expected, probability)

    @cached_property
    def _spread(self) -> tuple[float, float]:
        """Shape and rate of the gamma distribution of shares over all streams: by their mean, and by how many had no item.

        The few largest streams, which have a past of their own, would drive a fit by the variance.
        """
        mean = sum(self._own.values()) / self.streams
        if not mean:
            return _LEAST_SPREAD, 1.0
        shape = _shape(mean, 1 - len(self._own) / self.streams)
        return shape, shape * self._exposure / mean


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
