"""Reading an entity as of a date and as known on a date, against reading it as it is today. Reach: ≤ 1.5 times.

Both reads go through the register's own queries, in turns, on entities with a history of five states.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

REACH = 1.5
# Four earlier states of each entity, one a year, each known since a week after it took effect.
PAST = """
INSERT INTO register_version (id, entity_id, valid, recorded, particulars, kind, organ, case_id, person, note)
SELECT gen_random_uuid(), v.entity_id,
    daterange((lower(v.valid) - make_interval(years => y))::date, (lower(v.valid) - make_interval(years => y - 1))::date),
    tstzrange(lower(v.valid) - make_interval(years => y) + interval '7 days', NULL),
    v.particulars, 'change', v.organ, NULL, NULL, ''
FROM register_version v, generate_series(1, 4) y
"""


def fill(owner: psycopg.Connection, count: int) -> list[tuple[str, date]]:
    from django.core.management import call_command

    call_command("generate_entities", count=count, seed=1, stdout=sys.stderr)
    owner.execute(PAST)
    owner.execute("ANALYZE register_entity, register_version")
    return owner.execute("SELECT uscc, established FROM register_entity").fetchall()


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    assert work()
    return time.perf_counter() - start


def measure(entities: list[tuple[str, date]], reads: int) -> dict[str, Any]:
    from hongdun.base.clock import now
    from hongdun.register import queries

    dice, known, times = Random(1), now(), []
    for _ in range(reads):
        (today, _), (then, founded) = dice.choice(entities), dice.choice(entities)
        day = founded - timedelta(days=dice.randrange(1, 4 * 365))
        times.append(
            (
                timed(lambda code=today: queries.current(code)),
                timed(lambda code=then, day=day: queries.as_of(code, day, known)),
            )
        )
    current, as_of = (statistics.median(side) for side in zip(*times[reads // 10 :], strict=True))
    return {
        "current_us": round(current * 1e6),
        "as_of_us": round(as_of * 1e6),
        "ratio": round(as_of / current, 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--reads", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database() as here:
        result = measure(fill(here.owner, given.count), given.reads)
    passed = result["ratio"] <= REACH
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"按日期读 {result['as_of_us']} µs，读现状 {result['current_us']} µs："
            f"{result['ratio']} 倍（应 ≤ {REACH}）{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
