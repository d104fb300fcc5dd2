"""A page of the work list with its counts at 1 M open tasks against 10 k, by who looks. Reach: ≤ 1.5 ×.

One database, filled twice; the region's organs get equal shares, a third of the tasks is overdue.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    import psycopg

    from hongdun.base.actor import Actor
    from hongdun.desk.queries import Wanted

REACH = 1.5
ROUNDS = 25
FILL = """
WITH desks AS (SELECT array_agg(code ORDER BY code) AS codes FROM org_organ WHERE level >= 3),
made AS (
  INSERT INTO cases_case (id, number, procedure_code, procedure_version, mode, organ, title, data, submission,
    received, opened, outcome, clock_rule, clock_provisional, extended)
  SELECT gen_random_uuid(), 'B' || n, 'test_pair', 1, 'pair', codes[1 + n %% cardinality(codes)],
    '测试公司' || n, '{}', gen_random_uuid(), current_date, now(), '', 'registration_decision', false, false
  FROM desks, generate_series(%(first)s::int, %(last)s::int) n
  RETURNING id, organ, substr(number, 2)::int AS n)
INSERT INTO cases_task (id, case_id, organ, step, instance, role, duty, opened, due, due_rule, provisional, outcome,
  done_name, opinion, data)
SELECT gen_random_uuid(), id, organ, 'examine', '', (ARRAY['examiner','approver','examiner','counter'])[1 + n / 7 %% 4],
  'examine', now(), current_date - 5 + n / 3 %% 15, 'registration_decision', false, '', '', '', '{}'
FROM made
"""


def fill(owner: psycopg.Connection, first: int, last: int) -> None:
    for start in range(first, last + 1, 100_000):
        owner.execute(FILL, {"first": start, "last": min(start + 99_999, last)})
    owner.execute("VACUUM ANALYZE cases_case, cases_task")


def looked(actor: Actor, wanted: Wanted) -> float:
    """Median milliseconds of a page and its count, as the view asks for them."""
    from hongdun.base.scope import acting
    from hongdun.desk import queries

    times = []
    for _ in range(ROUNDS):
        with acting(actor):
            start = time.perf_counter()
            queries.page(actor, wanted)
            queries.count(actor, wanted)
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def measure(owner: psycopg.Connection, small: int, large: int) -> dict[str, Any]:
    from hongdun.desk.queries import Wanted
    from tests.cases import builders

    own, below = Wanted(), Wanted(below=True)
    views = {
        "station": (builders.officer("examiner", organ=450103001), own),
        "county": (builders.officer("examiner", organ=450103000), own),
        "county_below": (builders.officer("head", organ=450103000), below),
        "city_below": (builders.officer("head", organ=450100000), below),
        "region_below": (builders.officer("head", organ=450000000), below),
    }
    fill(owner, 1, small)
    before = {name: looked(*view) for name, view in views.items()}
    fill(owner, small + 1, large)
    after = {name: looked(*view) for name, view in views.items()}
    return {
        name: {
            "small_ms": round(before[name], 2),
            "large_ms": round(after[name], 2),
            "ratio": round(after[name] / before[name], 2),
        }
        for name in views
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database() as owner:
        result = measure(owner, given.small, given.large)
    if given.json:
        print(json.dumps(result))
    else:
        for name, each in result.items():
            mark = "" if each["ratio"] <= REACH else "　未达到"
            print(f"{name:14} {each['small_ms']:7} → {each['large_ms']:7} ms：{each['ratio']}（应 ≤ {REACH}）{mark}")
    return 0 if all(result[name]["ratio"] <= REACH for name in ("station", "county", "region_below")) else 1


if __name__ == "__main__":
    sys.exit(main())
