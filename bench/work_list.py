"""A page of the work list with its counts at 1 M open tasks against 10 k, by who looks. Reach: ≤ 1.5 ×.

Two databases, looked at in turn: the small one is a single county with its stations, the large one the
same with the whole region, so that every page is full in both. A third of the tasks is overdue.
The faster quarter of the rounds counts.
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
REGION, CITY, COUNTY = 450_000_000, 450_100_000, 450_103_000
FILL = """
WITH desks AS (
  SELECT array_agg(code ORDER BY code) AS codes FROM org_organ WHERE level >= 3 AND code BETWEEN %(lo)s AND %(hi)s),
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


def fill(owner: psycopg.Connection, first: int, last: int, *, lo: int, hi: int) -> None:
    for start in range(first, last + 1, 100_000):
        owner.execute(FILL, {"first": start, "last": min(start + 99_999, last), "lo": lo, "hi": hi})
    owner.execute("VACUUM ANALYZE cases_case, cases_task")


def looked(actor: Actor, wanted: Wanted) -> float:
    """Milliseconds of a page and its count, as the view asks for them."""
    from hongdun.base.scope import acting
    from hongdun.desk import queries

    with acting(actor):
        start = time.perf_counter()
        queries.page(actor, wanted)
        queries.count(actor, wanted)
        return (time.perf_counter() - start) * 1000


def viewers() -> dict[str, tuple[Actor, Wanted]]:
    from hongdun.desk.queries import Wanted
    from tests.cases import builders

    own, below = Wanted(), Wanted(below=True)
    return {
        "station": (builders.officer("examiner", organ=COUNTY + 1), own),
        "county": (builders.officer("examiner", organ=COUNTY), own),
        "county_below": (builders.officer("head", organ=COUNTY), below),
        "city_below": (builders.officer("head", organ=CITY), below),
        "region_below": (builders.officer("head", organ=REGION), below),
    }


def measure(small: place.Place, large: place.Place, tasks: tuple[int, int]) -> dict[str, Any]:
    """Look at both databases in turn, so that whatever else the machine does slows both."""
    fill(small.owner, 1, tasks[0], lo=COUNTY, hi=COUNTY + 999)
    fill(large.owner, 1, tasks[0], lo=COUNTY, hi=COUNTY + 999)
    fill(large.owner, tasks[0] + 1, tasks[1], lo=REGION, hi=REGION + 9_999_999)
    sides = []
    for side in (small, large):
        side.use()
        sides.append((side, viewers()))
    return {name: _compared(sides, name) for name in sides[0][1]}


def _compared(
    sides: list[tuple[place.Place, dict[str, tuple[Actor, Wanted]]]], name: str
) -> dict[str, float]:
    times: list[list[float]] = [[], []]
    for _ in range(ROUNDS + 3):
        for (side, views), kept in zip(sides, times, strict=True):
            side.use()
            kept.append(looked(*views[name]))
    before, after = (statistics.quantiles(kept[3:], n=4)[0] for kept in times)
    return {"small_ms": round(before, 2), "large_ms": round(after, 2), "ratio": round(after / before, 2)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database("small") as small, place.database("large") as large:
        result = measure(small, large, (given.small, given.large))
    if given.json:
        print(json.dumps(result))
    else:
        for name, each in result.items():
            mark = "" if each["ratio"] <= REACH else "　未达到"
            print(
                f"{name:14} {each['small_ms']:7} → {each['large_ms']:7} ms：{each['ratio']}（应 ≤ {REACH}）{mark}"
            )
    return 0 if all(result[name]["ratio"] <= REACH for name in ("station", "county", "region_below")) else 1


if __name__ == "__main__":
    sys.exit(main())
