"""The figures that leaders read, by organ and period, straight from the cases: no second book that could differ.

Each statement reads one range once for all periods asked; an organ's figure is its own and that of everything below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from hongdun.lib import organs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongdun.statistics.queries.periods import Period

RECEIVED = """
SELECT c.organ, period(m.received) AS period, count(*) FILTER (WHERE m.kind = 'complaint') AS complaints,
       count(*) FILTER (WHERE m.kind = 'report') AS reports,
       count(*) FILTER (WHERE m.kind = 'consultation') AS consultations,
       count(*) FILTER (WHERE m.kind = 'suggestion') AS suggestions
  FROM consumer_matter m JOIN cases_case c ON c.id = m.case_id
 WHERE period(m.received) IS NOT NULL AND c.organ BETWEEN %(lo)s AND %(hi)s GROUP BY 1, 2
"""
ACCEPTED = """
SELECT t.organ, period(t.done) AS period, count(*) AS accepted
  FROM cases_task t JOIN cases_case c ON c.id = t.case_id
 WHERE c.procedure_code = 'consumer.complaint' AND t.step = 'accept' AND t.outcome = 'accept'
   AND period(t.done) IS NOT NULL AND t.organ BETWEEN %(lo)s AND %(hi)s GROUP BY 1, 2
"""
CLOSED = """
SELECT c.organ, period(c.closed) AS period, count(*) FILTER (WHERE m.kind IN ('complaint', 'report')) AS closed,
       count(*) FILTER (WHERE m.kind = 'complaint') AS complaints_closed,
       count(*) FILTER (WHERE m.kind = 'complaint' AND m.result IN ('settled', 'odr_settled')) AS settled,
       count(*) FILTER (WHERE m.kind = 'report' AND m.result = 'opened') AS turned_cases,
       count(*) FILTER (WHERE m.kind = 'complaint' AND m.may_publish) AS publishable,
       coalesce(sum(m.recovered), 0) AS recovered, count(m.rating) AS rated, coalesce(sum(m.rating), 0) AS stars
  FROM consumer_matter m JOIN cases_case c ON c.id = m.case_id
 WHERE period(c.closed) IS NOT NULL AND c.organ BETWEEN %(lo)s AND %(hi)s GROUP BY 1, 2
"""
# Of the cases whose last limit of these steps ran out in the period, those that met it with the step that it is set for.
IN_TIME = """
SELECT t.organ, period(t.due) AS period, count(*) AS due,
       count(*) FILTER (WHERE (t.done AT TIME ZONE 'Asia/Shanghai')::date <= t.due AND t.step = ANY(%(final)s)) AS met
  FROM cases_task t JOIN cases_case c ON c.id = t.case_id
 WHERE period(t.due) IS NOT NULL AND t.organ BETWEEN %(lo)s AND %(hi)s
   AND c.procedure_code = ANY(%(codes)s) AND t.step = ANY(%(steps)s)
   AND NOT EXISTS (SELECT 1 FROM cases_task n
                    WHERE n.case_id = t.case_id AND n.step = ANY(%(steps)s) AND n.due IS NOT NULL
                      AND (n.opened, n.id) > (t.opened, t.id))
 GROUP BY 1, 2
"""
MOMENTS = {"t.done", "c.closed"}
_PERIOD = re.compile(r"period\(([\w.]+)\)")
EARLY = ["route", "accept", "prove", "dispute", "designate"]
VERIFYING = ["route", "place", "dispute", "designate", "assign", "verify", "test"]
MEDIATING = ["place", "assign", "consent", "arrange", "mediate", "test", "recuse", "tell"]
LIMITS: dict[str, dict[str, list[str]]] = {
    "checked": {"codes": ["consumer.complaint"], "steps": EARLY, "final": ["accept"]},
    "verified": {"codes": ["consumer.report"], "steps": VERIFYING, "final": ["verify"]},
    "finished": {
        "codes": ["consumer.complaint", "consumer.report"],
        "steps": [*MEDIATING, "verify"],
        "final": ["mediate", "consent", "tell", "verify"],
    },
}


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
    recovered: Decimal = Decimal(0)
    rated: int = 0
    stars: int = 0
    checked_due: int = 0
    checked_met: int = 0
    verified_due: int = 0
    verified_met: int = 0
    finished_due: int = 0
    finished_met: int = 0

    def add(self, other: Figures) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

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
    def satisfaction(self) -> float | None:
        return round(self.stars / self.rated, 2) if self.rated else None


def by_organ(asked: Sequence[Period], *, within: tuple[int, int]) -> list[dict[int, Figures]]:
    """For each period the figures of each organ that has any, without those below it."""
    different = list(dict.fromkeys(asked))
    found: list[dict[int, Figures]] = [{} for _ in different]
    for sql in (RECEIVED, ACCEPTED, CLOSED):
        for row in _rows(sql, different, within):
            figures = found[row.pop("period")].setdefault(row.pop("organ"), Figures())
            for name, value in row.items():
                setattr(figures, name, value)
    for name, limit in LIMITS.items():
        for row in _rows(IN_TIME, different, within, limit):
            figures = found[row["period"]].setdefault(row["organ"], Figures())
            setattr(figures, f"{name}_due", row["due"])
            setattr(figures, f"{name}_met", row["met"])
    return [found[different.index(each)] for each in asked]


def folded(own: dict[int, Figures], codes: Iterable[int]) -> dict[int, Figures]:
    """For each of these organs the sum of itself and what is below it."""
    sums = {}
    for code in codes:
        lo, hi = organs.scope(code)
        sums[code] = Figures()
        for organ, figures in own.items():
            if lo <= organ <= hi:
                sums[code].add(figures)
    return sums


def _rows(
    sql: str, asked: Sequence[Period], within: tuple[int, int], limit: dict[str, list[str]] | None = None
) -> list[dict[str, Any]]:
    given: dict[str, Any] = {"lo": within[0], "hi": within[1], **(limit or {})}
    for number, period in enumerate(asked):
        given |= {f"first{number}": period.first, f"last{number}": period.last}
    with connection.cursor() as cursor:
        cursor.execute(_PERIOD.sub(lambda found: _number(found[1], len(asked)), sql), given)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _number(column: str, periods: int) -> str:
    """SQL for the number of the period that a day lies in; moments are days of Guangxi."""
    day = f"({column} AT TIME ZONE 'Asia/Shanghai')::date" if column in MOMENTS else column
    cases = (f"WHEN {day} BETWEEN %(first{n})s AND %(last{n})s THEN {n}" for n in range(periods))
    return f"CASE {' '.join(cases)} END"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
