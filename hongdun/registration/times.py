"""How long filings take at a bureau: half of them, and nine in ten, over the last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from hongdun.base import clock
from hongdun.cases.procedure import REGISTERED, latest
from hongdun.lib import organs

WINDOW = timedelta(days=365)
FEWEST = 5  # of fewer filings no figure is shown: it would tell of single ones
HOUR, DAY = 60, 24 * 60
FIGURES = """
SELECT procedure_code, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY minutes)
FROM registration_filingtime WHERE organ = %s AND issued > %s AND (%s = '' OR procedure_code = %s)
GROUP BY procedure_code ORDER BY 2 DESC
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one filing at one bureau: how many, and within what time half and nine in ten of them were done."""

    label: str
    count: int
    median: str
    ninth: str

    @property
    def enough(self) -> bool:
        return self.count >= FEWEST


def of_bureau(organ: int, *, procedure: str = "") -> list[Figures]:
    known = {code for code, _ in REGISTERED}
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [organ, clock.today() - WINDOW, procedure, procedure])
        rows = cursor.fetchall()
    return [
        Figures(latest(code).label, count, duration(median), duration(ninth))
        for code, count, median, ninth in rows
        if code in known
    ]


def usual(organ: int, procedure: str) -> Figures | None:
    """What an applicant may expect; None where too few were filed to say. A station's filings are its bureau's."""
    found = of_bureau(organs.county_of(organ) or organ, procedure=procedure)
    return next((each for each in found if each.enough), None)


def duration(minutes: int) -> str:
    """In the measure that people would use."""
    if minutes < HOUR:
        return "不到 1 小时"
    if minutes < DAY:
        return f"{-(-minutes // HOUR)} 小时"
    return f"{-(-minutes // DAY)} 天"
