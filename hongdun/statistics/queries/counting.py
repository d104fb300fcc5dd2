"""What a case counts, by organ and day: the one definition of each figure that leaders read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hongdun.base import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

# Axes of the rankings: their figures bear a code.
AXES = ("object", "problem", "merchant")
EARLY = ["route", "accept", "prove", "dispute", "designate"]
VERIFYING = ["route", "place", "dispute", "designate", "assign", "verify", "test"]
MEDIATING = ["place", "assign", "consent", "arrange", "mediate", "test", "recuse", "tell"]
ENDING = ["mediate", "consent", "tell", "verify"]

_CASES = "cases_case c JOIN consumer_matter m ON m.case_id = c.id AND c.id = ANY(%(cases)s)"
RECEIVED = f"""
SELECT c.id AS "case", c.organ, m.received AS day, f.figure, f.code, 1::numeric AS amount
  FROM {_CASES} CROSS JOIN LATERAL (VALUES (m.kind || 's', ''),
    ('object', m.object_class), ('problem', m.problem_class), ('merchant', m.entity::text)) AS f(figure, code)
 WHERE f.figure = m.kind || 's' OR (m.kind IN ('complaint', 'report') AND f.code <> '')
"""  # noqa: S608 - constants
ACCEPTED = """
SELECT c.id, t.organ, (t.done AT TIME ZONE 'Asia/Shanghai')::date, 'accepted', '', 1
  FROM cases_case c JOIN cases_task t ON t.case_id = c.id
 WHERE c.id = ANY(%(cases)s) AND c.procedure_code = 'consumer.complaint' AND t.step = 'accept' AND t.outcome = 'accept'
   AND t.done IS NOT NULL
"""
# Whether a complaint was published stands in the audit of its case: the last word counts.
CLOSED = f"""
SELECT c.id, c.organ, (c.closed AT TIME ZONE 'Asia/Shanghai')::date, f.figure, '', f.amount
  FROM {_CASES}
  LEFT JOIN LATERAL (SELECT e.verb FROM audit_event e
     WHERE m.kind = 'complaint' AND e.case_id = c.id
       AND e.verb IN ('consumer.published', 'consumer.withheld', 'consumer.shown_again')
     ORDER BY e.at DESC, e.id DESC LIMIT 1) p ON true
  CROSS JOIN LATERAL (VALUES
    ('closed', (m.kind IN ('complaint', 'report'))::int::numeric),
    ('complaints_closed', (m.kind = 'complaint')::int),
    ('settled', (m.kind = 'complaint' AND m.result IN ('settled', 'odr_settled'))::int),
    ('turned_cases', (m.kind = 'report' AND m.result = 'opened')::int),
    ('publishable', (m.kind = 'complaint' AND m.may_publish AND m.entity IS NOT NULL)::int),
    ('published', (m.kind = 'complaint' AND m.may_publish AND m.entity IS NOT NULL
                   AND coalesce(p.verb, 'consumer.withheld') <> 'consumer.withheld')::int),
    ('recovered', m.recovered), ('rated', (m.rating IS NOT NULL)::int), ('stars', m.rating)) AS f(figure, amount)
 WHERE c.closed IS NOT NULL AND f.amount <> 0
"""  # noqa: S608 - constants
# Of the cases whose last limit of these steps has run out or was met, those that met it by the step that it is set for.
IN_TIME = """
SELECT c.id, t.organ, t.due, f.figure, '', f.amount
  FROM cases_case c JOIN cases_task t ON t.case_id = c.id
  CROSS JOIN LATERAL (VALUES (%(due_{n})s, 1), (%(met_{n})s,
    ((t.done AT TIME ZONE 'Asia/Shanghai')::date <= t.due AND t.step = ANY(%(final_{n})s))::int)) AS f(figure, amount)
 WHERE c.id = ANY(%(cases)s) AND c.procedure_code = ANY(%(codes_{n})s) AND t.step = ANY(%(steps_{n})s)
   AND (t.done IS NOT NULL OR t.due < %(today)s) AND t.due IS NOT NULL AND f.amount <> 0
   AND NOT EXISTS (SELECT 1 FROM cases_task n
                    WHERE n.case_id = t.case_id AND n.step = ANY(%(steps_{n})s) AND n.due IS NOT NULL
                      AND (n.opened, n.id) > (t.opened, t.id))
"""
LIMITS: dict[str, dict[str, list[str]]] = {
    "checked": {"codes": ["consumer.complaint"], "steps": EARLY, "final": ["accept"]},
    "verified": {"codes": ["consumer.report"], "steps": VERIFYING, "final": ["verify"]},
    "finished": {
        "codes": ["consumer.complaint", "consumer.report"],
        "steps": [*MEDIATING, "verify"],
        "final": ENDING,
    },
}
COUNTED = " UNION ALL ".join((RECEIVED, ACCEPTED, CLOSED, *(IN_TIME.replace("{n}", name) for name in LIMITS)))
# What the cases count now, less what their deltas say already.
DIFFERENCE = """
SELECT "case", organ, day, figure, code, sum(amount) FROM (
  {now} UNION ALL
  SELECT d."case", d.organ, d.day, d.figure, d.code, -d.amount FROM statistics_delta d WHERE d."case" = ANY(%(cases)s)
) AS counted GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount) <> 0
"""


class Counted(NamedTuple):
    case: UUID
    organ: int
    day: date
    figure: str
    code: str
    amount: Decimal


def difference(cases: Sequence[UUID]) -> list[Counted]:
    """What these cases count now and their deltas don't say yet."""
    given = limits(today=clock.today()) | {"cases": list(cases)}
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCE.replace("{now}", COUNTED), given)
        return [Counted(*row) for row in cursor.fetchall()]


def limits(*, today: date) -> dict[str, Any]:
    """Parameters of what is counted, besides the cases."""
    given: dict[str, Any] = {"today": today}
    for name, limit in LIMITS.items():
        given |= {f"{key}_{name}": value for key, value in limit.items()}
        given |= {f"due_{name}": f"{name}_due", f"met_{name}": f"{name}_met"}
    return given
