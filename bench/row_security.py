"""Key read and update of a case under row security against the same without it, in an open transaction. Reach: ≤ 1.6 ×.

The same rows in one database, in turn, as the role that serves; for the other side the owner takes the policies off.
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
    from uuid import UUID

REACH = 1.6
ROUNDS = 12
FILL = """
INSERT INTO cases_case (id, number, procedure_code, procedure_version, mode, organ, title, data, submission, received,
  opened, outcome, clock_rule, clock_provisional, extended)
SELECT gen_random_uuid(), 'B' || n, 'bench', 1, 'pair', 450103000 + n %% 20, '测试', '{}', gen_random_uuid(), current_date,
  now(), '', '', false, false
FROM generate_series(1, %s) n
"""
READ = "SELECT number, title, organ FROM cases_case WHERE id = %s"
UPDATE = "UPDATE cases_case SET outcome = %s WHERE id = %s"


def timed(ids: list[UUID], *, update: bool) -> float:
    """Seconds for one key statement, the median of all of them in one transaction of an officer."""
    from django.db import connection

    from hongdun.base.scope import acting
    from tests.cases import builders

    taken = []
    with acting(builders.officer("examiner")), connection.cursor() as cursor:
        for number, key in enumerate(ids):
            begun = time.perf_counter()
            if update:
                cursor.execute(UPDATE, [str(number), key])
            else:
                cursor.execute(READ, [key]).fetchone()
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def measure(rows: int) -> dict[str, Any]:
    with place.database() as here:
        here.owner.execute(FILL, [rows])
        here.owner.execute("ANALYZE cases_case")
        ids = [key for (key,) in here.owner.execute("SELECT id FROM cases_case LIMIT 300")]
        ratios: dict[str, list[float]] = {"read": [], "update": []}
        for turn in range(ROUNDS):
            for name, update in (("read", False), ("update", True)):
                here.owner.execute("ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY")
                locked = timed(ids, update=update)
                here.owner.execute("ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY")
                bare = timed(ids, update=update)
                if turn:  # the first plans
                    ratios[name].append(locked / bare)
    return {name: round(statistics.median(each), 2) for name, each in ratios.items()} | {"rows": rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = measure(given.rows)
    passed = max(result["read"], result["update"]) <= REACH
    if given.json:
        print(json.dumps(result | {"passed": passed}))
    else:
        print(
            f"行级安全：读 {result['read']} 倍，改 {result['update']} 倍（应 ≤ {REACH}）{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
