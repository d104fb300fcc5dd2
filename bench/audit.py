"""Audit: cost of recording against the bare insert of the same row, speed of sealing and of verifying. Reach: ≥ 0.5.

Recording and the bare insert take turns on one connection, by processor time: the server does the same for both,
and the wall time of a busy machine says more about its neighbours.
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
    from collections.abc import Callable

    import psycopg

REACH = 0.5
DATA = {"step": "examine", "outcome": "agree", "documents": [1, 2, 3], "note": "材料齐全，符合法定形式"}


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def recording(count: int) -> dict[str, Any]:
    from django.db import connection

    from hongdun.audit import actions as audit
    from hongdun.base.scope import acting
    from tests.audit.builders import officer

    def bare(row: tuple[Any, ...]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(audit.INSERT, row)

    actor = officer()
    with acting(actor):
        rows = [audit.row("bench.step", actor=actor, subject=f"case/{n}", **DATA) for n in range(count)]
        times: dict[str, list[float]] = {"record": [], "bare": []}
        for n, row in enumerate(rows):
            turns = [
                ("record", lambda n=n: audit.record("bench.step", actor=actor, subject=f"case/{n}", **DATA)),
                ("bare", lambda row=row: bare(row)),
            ]
            for name, work in turns if n % 2 else reversed(turns):
                times[name].append(timed(work, time.process_time))
    mine, plain = (statistics.median(side) for side in times.values())
    return {"record_us": round(mine * 1e6), "insert_us": round(plain * 1e6), "ratio": round(plain / mine, 2)}


def sealing(owner: psycopg.Connection, count: int) -> dict[str, Any]:
    from hongdun.audit import actions as audit
    from hongdun.audit.queries import verify
    from tests.audit.builders import officer

    actor = officer()
    rows = [audit.row("bench.step", actor=actor, subject=f"case/{n}", **DATA) for n in range(count)]
    with owner.cursor() as cursor:
        cursor.executemany(audit.INSERT, rows)
    sealed = 0

    def seal() -> None:
        nonlocal sealed
        sealed = audit.seal()

    seconds = timed(seal)
    found: list[Any] = []
    checking = timed(lambda: found.append(verify()))
    idle = timed(audit.seal)
    if found[0].count:
        raise SystemExit(f"the audit does not verify: {found[0].findings[:3]}")
    return {
        "sealed_per_s": round(sealed / seconds),
        "verified_per_s": round(found[0].events / checking),
        "idle_round_ms": round(idle * 1000, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database() as here:
        result = recording(given.count // 20) | sealing(here.owner, given.count)
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"记录 {result['record_us']} µs，同样一行直接插入 {result['insert_us']} µs：{result['ratio']}（应 ≥ {REACH}）；"
            f"封存每秒 {result['sealed_per_s']} 条，核对每秒 {result['verified_per_s']} 条，"
            f"无事可封时一轮 {result['idle_round_ms']} ms"
        )
    return 0 if result["ratio"] >= REACH else 1


if __name__ == "__main__":
    sys.exit(main())
