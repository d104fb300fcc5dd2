"""Search at a number of entities against a fifth of it, in one run: time, and pages of the database that are touched.

The times have the client's side in them; as many questions about other names come first. Pages are those of the answer's
first page, which no busy machine alters. Reach: p95 ≤ 20 ms at 5 M entities, ≤ 10 ms at 1 M; growth of both ≤ 2 times.
`fill.py` fills the databases ahead.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
from typing import Any, NamedTuple

import place
import search

TIMES, GROWTH, REACH_MS = 5, 2, (10, 20)
OF_PAGES = 0.5  # of the questions are explained as well


class Seen(NamedTuple):
    """The 95th of a hundred answers of a kind."""

    ms: float
    pages: int


def seen(here: place.Place, *, asked: int) -> dict[str, Seen]:
    drawn = here.owner.execute(search.SAMPLE, [asked, 0]).fetchall()
    search.once()
    search.before(here.owner.execute(search.SAMPLE, [asked, asked]).fetchall())
    gc.freeze()
    draw = random.Random(5)
    told = {}
    for label in search.LABELS:
        questions = [search.question(label, name, trade, draw) for name, trade, _ in drawn]
        times = list(map(_timed, questions))
        pages = sorted(map(_touched, questions[: int(OF_PAGES * asked)]))
        told[label] = Seen(search.part(times, 0.95), pages[int(0.95 * len(pages))])
    gc.unfreeze()
    return told


def _timed(wanted: str) -> float:
    from hongdun.register import queries

    begun = time.perf_counter()
    queries.find(wanted)
    return time.perf_counter() - begun


def _touched(wanted: str) -> int:
    from django.db import connection

    from hongdun.register import queries

    counter = _Pages()
    with connection.execute_wrapper(counter):
        queries.find(wanted)
    return counter.pages


class _Pages:
    """Has each statement explained before it runs."""

    def __init__(self) -> None:
        self.pages = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
        if "FROM register_" in sql:
            execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params, many, context)
            plan = context["cursor"].fetchone()[0][0]["Plan"]
            self.pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return execute(sql, params, many, context)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5_000_000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = []
    for size in (given.count // TIMES, given.count):
        with place.filled(size) as here:
            told.append(seen(here, asked=given.asked))
    small, large = told
    if given.json:
        print(json.dumps([{label: one._asdict() for label, one in each.items()} for each in told]))
    else:
        say(small, large, given.count)
    return 0 if all(_reached(small[label], large[label]) for label in search.LABELS) else 1


def _reached(small: Seen, large: Seen) -> bool:
    fast = small.ms <= REACH_MS[0] and large.ms <= REACH_MS[1]
    return fast and large.ms <= GROWTH * small.ms and large.pages <= GROWTH * small.pages


def say(small: dict[str, Seen], large: dict[str, Seen], count: int) -> None:
    print(
        f"{count // TIMES:,} 户 → {count:,} 户，p95：毫秒（应 ≤ {REACH_MS[0]}、{REACH_MS[1]}）和第一页读取的数据页；"
        f"增长应 ≤ {GROWTH} 倍"
    )
    for label, words in search.LABELS.items():
        one, other = small[label], large[label]
        print(
            f"{words}：{one.ms} → {other.ms} 毫秒，{other.ms / one.ms:.2f} 倍；{one.pages:,} → {other.pages:,} 页，"
            f"{other.pages / max(one.pages, 1):.2f} 倍{'' if _reached(one, other) else '　未达到'}"
        )


if __name__ == "__main__":
    sys.exit(main())
