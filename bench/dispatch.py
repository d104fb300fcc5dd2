"""The decision to whom a complaint is passed down, at a county, a city and the region. Reach: p95 ≤ 100 ms.

The database holds the open complaints of 60 days (20,000) and past ones, spread over all organs and classes, and the
one that is dispatched is of the commonest class. What is timed is what the page asks for: every subordinate with its
power, its load for each officer, and how often it closed such matters in the last year.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from typing import TYPE_CHECKING

import place

if TYPE_CHECKING:
    import psycopg

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

P95_MS = 100
ROUNDS = 60
REGION, CITY, COUNTY = 450_000_000, 450_100_000, 450_103_000
COMMON = "10501"
CONTACT = """
INSERT INTO consumer_contact (id, organ, channel, key, received_at, payload, sha256, sender_name, sender_phone, sender_hash)
VALUES (gen_random_uuid(), 450000000, 'phone_12315', 'bench', now(), '', '', '', '', '') RETURNING id
"""
FILL = """
WITH desks AS (SELECT array_agg(code ORDER BY code) AS codes FROM org_organ WHERE level >= 3),
made AS (
  INSERT INTO cases_case (id, number, procedure_code, procedure_version, mode, organ, title, data, submission,
    received, opened, closed, outcome, clock_rule, clock_provisional, extended)
  SELECT gen_random_uuid(), 'D' || n, 'consumer.complaint', 1, 'single', codes[1 + n %% cardinality(codes)],
    '测试商家' || n, '{}', gen_random_uuid(), current_date - n %% 360, now() - n %% 360 * interval '1 day',
    CASE WHEN n > %(open)s THEN now() - n %% 360 * interval '1 day' END, '', 'consumer_mediation', false, false
  FROM desks, generate_series(%(first)s::int, %(last)s::int) n
  RETURNING id, organ, received, closed, substr(number, 2)::int AS n),
matters AS (
  INSERT INTO consumer_matter (case_id, contact_id, kind, channel, received, object_class, problem_class, sales_mode, urgency,
    claims, phone_hash, may_publish, may_entrust, result, rating_words)
  SELECT id, %(contact)s, 'complaint', 'phone_12315', received,
    CASE WHEN n %% 20 = 0 THEN %(common)s ELSE (10101 + n %% 90)::text END, 'quality', '', '{}', '{}', '', true, false, '', ''
  FROM made),
skills AS (
  INSERT INTO consumer_skill (id, organ, object_class, month, closed)
  SELECT gen_random_uuid(), organ, CASE WHEN n %% 20 = 0 THEN %(common)s ELSE (10101 + n %% 90)::text END,
    date_trunc('month', closed)::date, count(*)
  FROM made WHERE closed IS NOT NULL GROUP BY 2, 3, 4
  ON CONFLICT (object_class, organ, month) DO UPDATE SET closed = consumer_skill.closed + excluded.closed)
INSERT INTO cases_task (id, case_id, organ, step, instance, role, duty, opened, due, due_rule, provisional, outcome,
  done_name, opinion, data)
SELECT gen_random_uuid(), id, organ, 'mediate', '', 'station', '', now(), current_date + n %% 60, 'consumer_mediation',
  false, '', '', '', '{}'
FROM made WHERE closed IS NULL
"""


def fill(owner: psycopg.Connection, *, opened: int, closed: int) -> None:
    row = owner.execute(CONTACT).fetchone()
    assert row
    for start in range(1, opened + closed + 1, 50_000):
        last = min(start + 49_999, opened + closed)
        values = {"first": start, "last": last, "open": opened, "contact": row[0], "common": COMMON}
        owner.execute(FILL, values)
    owner.execute("VACUUM ANALYZE cases_case, cases_task, consumer_matter, consumer_skill")


def filed(organ: int) -> tuple[Actor, Case]:
    from tests.consumer import builders

    clerk = builders.operator(organ)
    [case] = builders.filed(clerk, object_class=COMMON)
    return clerk, case


def p95(clerk: Actor, case: Case) -> float:
    from hongdun.base.scope import acting
    from hongdun.consumer.queries import dispatch

    times = []
    for _ in range(ROUNDS):
        with acting(clerk):
            begun = time.perf_counter()
            dispatch.proposals(case)
            times.append((time.perf_counter() - begun) * 1000)
    return round(statistics.quantiles(times, n=20)[-1], 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=20_000)
    parser.add_argument("--closed", type=int, default=300_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database() as base:
        base.use()
        fill(base.owner, opened=given.open, closed=given.closed)
        found = {str(organ): p95(*filed(organ)) for organ in (COUNTY, CITY, REGION)}
    if given.json:
        print(json.dumps({"p95_ms": found, "reach": P95_MS}))
    else:
        for organ, value in found.items():
            print(f"分送 {organ}：p95 {value} ms（应不超过 {P95_MS}）")
    return max(found.values()) > P95_MS


if __name__ == "__main__":
    sys.exit(main())
