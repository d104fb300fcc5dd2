"""The figures that leaders read, by organ and period: the summaries, and the deltas that aren't folded yet.

What a case counts is laid down in `counting` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from hongdun.lib import organs
from hongdun.statistics.models import Delta, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hongdun.statistics.queries.periods import Period


@dataclass(slots=True)
class Figures:
    complaints: int = 0
    reports: int = 0
    consultations: int = 0
    suggestions: int = 0
    accepted: int = 0
    closed: int = 0
    complaints_closed: int = 0
    settled: int = 0
    turned_cases: int = 0
    publishable: int = 0
    published: int = 0
    recovered: Decimal = Decimal(0)
    rated: int = 0
    stars: int = 0
    checked_due: int = 0
    checked_met: int = 0
    verified_due: int = 0
    verified_met: int = 0
    finished_due: int = 0
    finished_met: int = 0

    @property
    def received(self) -> int:
        return self.complaints + self.reports + self.consultations + self.suggestions

    @property
    def checked_in_time(self) -> float | None:
        return _share(self.checked_met, self.checked_due)

    @property
    def finished_in_time(self) -> float | None:
        return _share(self.finished_met, self.finished_due)

    @property
    def verified_in_time(self) -> float | None:
        return _share(self.verified_met, self.verified_due)

    @property
    def settled_share(self) -> float | None:
        """Successes among the complaints closed, as published yearbooks reckon it."""
        return _share(self.settled, self.complaints_closed)

    @property
    def published_share(self) -> float | None:
        return _share(self.published, self.publishable)

    @property
    def satisfaction(self) -> float | None:
        return round(self.stars / self.rated, 2) if self.rated else None


Sums = dict[tuple[int, "Period"], Figures]


def of(codes: Sequence[int], asked: Sequence[Period]) -> Sums:
    """For each of these organs and periods the figures of the organ and everything below it."""
    found = {(code, period): Figures() for code in codes for period in asked}
    by_first: dict[tuple[str, date], Period] = {(period.unit, period.first): period for period in asked}
    summed = Summary.objects.filter(
        organ__in=codes, unit__in={each.unit for each in asked}, first__in={each.first for each in asked}, code=""
    )  # fmt: skip
    for organ, unit, first, figure, amount in summed.values_list(
        "organ", "unit", "first", "figure", "amount"
    ):
        if period := by_first.get((unit, first)):
            _add(found[organ, period], figure, amount)
    for organ, day, figure, amount in _fresh(codes, asked):
        for (code, period), figures in found.items():
            if _is_in(organ, code) and period.first <= day <= period.last:
                _add(figures, figure, amount)
    return found


def _fresh(codes: Sequence[int], asked: Sequence[Period]) -> Iterable[tuple[int, date, str, Decimal]]:
    """What came in since the last folding: a minute's worth."""
    scopes = [organs.scope(code) for code in codes]
    new = Delta.objects.filter(
        folded=False, organ__range=(min(s.lo for s in scopes), max(s.hi for s in scopes)), code="",
        day__range=(min(p.first for p in asked), max(p.last for p in asked)),
    )  # fmt: skip
    return new.values_list("organ", "day", "figure").annotate(sum=Sum("amount"))


def _is_in(organ: int, code: int) -> bool:
    scope = organs.scope(code)
    return scope.lo <= organ <= scope.hi


def _add(figures: Figures, figure: str, amount: Decimal) -> None:
    if figure in NAMES:
        kind = type(getattr(figures, figure))
        setattr(figures, figure, getattr(figures, figure) + kind(amount))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


NAMES = frozenset(each.name for each in fields(Figures))
