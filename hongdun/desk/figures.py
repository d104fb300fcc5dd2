"""Figures of one day: by officer from the index of what each has done, by window from the numbers called."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.utils.timezone import make_aware

from hongdun.registration.models import Ticket

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

# `stopped`: closed by somebody else's decision, so nobody's work. Minutes from arrival on the list to the decision.
DONE = """
SELECT max(t.done_name), t.role, count(*), count(*) FILTER (WHERE t.outcome = 'return'), count(*) FILTER (WHERE t.data ? 'for'),
  percentile_disc(0.5) WITHIN GROUP (ORDER BY t.minutes), percentile_disc(0.9) WITHIN GROUP (ORDER BY t.minutes)
FROM (SELECT done_by, done_name, role, outcome, data, greatest(0, extract(epoch FROM done - opened) / 60)::int AS minutes
  FROM cases_task WHERE done_by = ANY (%s) AND done >= %s AND done < %s AND outcome <> 'stopped') t
GROUP BY t.done_by, t.role ORDER BY 1, t.role
"""


class Done(NamedTuple):
    """What one officer did in one role on a day, and within what time half and nine in ten of it were done."""

    name: str
    role: str
    total: int
    returned: int
    as_deputy: int
    median: int
    ninth: int


class Window(NamedTuple):
    name: str
    called: int
    waited: int  # minutes from taking the number to being called, half of them less
    last: datetime


def done(officers: Sequence[UUID | None], on: date) -> list[Done]:
    start = make_aware(datetime.combine(on, time.min))
    with connection.cursor() as cursor:
        cursor.execute(DONE, [[o for o in officers if o], start, start + timedelta(1)])
        return [Done(*row) for row in cursor.fetchall()]


def windows(organ: int, on: date) -> list[Window]:
    """Numbers called at each window, in the order of the windows' names."""
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    rows = Ticket.objects.filter(organ=organ, day=on, called__isnull=False)
    for name, taken, called in rows.values_list("window", "taken", "called"):
        if called:
            found.setdefault(name, []).append((taken, called))
    return [_window(name, each) for name, each in sorted(found.items())]


def _window(name: str, calls: list[tuple[datetime, datetime]]) -> Window:
    waits = sorted(int((called - taken).total_seconds() // 60) for taken, called in calls)
    return Window(name, len(calls), waits[(len(waits) - 1) // 2], max(called for _, called in calls))
