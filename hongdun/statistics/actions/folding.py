"""Cases leave deltas, a job folds them into the summaries: a report reads a few rows however many cases there are."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case, Task
from hongdun.statistics.models import Delta
from hongdun.statistics.queries import counting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

logger = logging.getLogger(__name__)
CONSUMER = "consumer."
CHUNK = 2000
FOLDED = 20_000
RECENT = timedelta(days=3)
# One at a time counts: two would both leave the same difference.
LOCK = 0x68645F737461
# Each delta goes to its organ and those above it, for the day, week, month and year that it lies in.
FOLD = """
WITH taken AS (
  UPDATE statistics_delta SET folded = true
   WHERE id IN (SELECT id FROM statistics_delta WHERE NOT folded ORDER BY organ LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING organ, day, figure, code, amount),
spread AS (
  SELECT o.organ, u.unit, u.first, t.figure, t.code, sum(t.amount) AS amount FROM taken t
   CROSS JOIN LATERAL (SELECT DISTINCT t.organ - t.organ %% width AS organ
                         FROM unnest(ARRAY[1, 1000, 100000, 10000000]) AS width) o
   CROSS JOIN LATERAL (VALUES ('day', t.day), ('week', date_trunc('week', t.day::timestamp)::date),
     ('month', date_trunc('month', t.day::timestamp)::date), ('year', date_trunc('year', t.day::timestamp)::date)
   ) AS u(unit, first)
   GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5),
added AS (
  INSERT INTO statistics_summary AS s (organ, unit, first, figure, code, amount) SELECT * FROM spread
  ON CONFLICT (organ, unit, first, figure, code) DO UPDATE SET amount = s.amount + excluded.amount)
SELECT count(*) FROM taken
"""


def count(cases: Iterable[UUID]) -> int:
    """Leave the deltas of these cases; counted again, they leave none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    found = counting.difference(list(cases))
    Delta.objects.bulk_create([Delta(**each._asdict()) for each in found], batch_size=1000)
    return len(found)


def fold() -> int:
    """Bring what is not yet in the summaries into them; returns how many deltas."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [FOLDED])
        taken: int = cursor.fetchone()[0]
    return taken


def fold_all() -> None:
    """In transactions of its own, each short."""
    while True:
        with system_scope("汇总统计"):
            if fold() < FOLDED:
                return


def recount(*, everything: bool = False) -> int:
    """Compare the deltas with the cases themselves, those of the last days or all; what differs is made good."""
    with system_scope("核对统计"):
        doubtful = Case.objects.filter(procedure_code__startswith=CONSUMER)
        if not everything:
            doubtful = doubtful.filter(pk__in=_recent())
        cases = list(doubtful.order_by("pk").values_list("pk", flat=True))
    made_good = 0
    for start in range(0, len(cases), CHUNK):
        with system_scope("核对统计"):
            made_good += count(cases[start : start + CHUNK])
    if made_good:
        logger.info("statistics made good", extra={"deltas": made_good})
    return made_good


def _recent() -> set[UUID]:
    """Cases of which something was done lately, and those whose limit has run out unnoticed."""
    since = clock.now() - RECENT
    touched = Q(done__gte=since) | Q(done=None, due__lt=clock.today()) | Q(opened__gte=since)
    return set(
        Task.objects.filter(touched, case__procedure_code__startswith=CONSUMER).values_list("case", flat=True)
    )
