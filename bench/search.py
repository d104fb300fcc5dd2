"""Searching names by what readers type: p50 and p95 with the client's side, recall against every name, pg_trgm beside it.

Questions are cut from names drawn at random: two neighbouring characters (often 有限 or 公司), a longer part, two words in
the other order, pinyin, initials, one wrong character. Reach: p95 ≤ 10 ms at 1 M entities, ≤ 20 ms at 5 M; what is
written as asked is found without exception. Of names near a misspelt one three hundred are shown: a longer list is told apart
from those that hold the name meant. As many questions about other names come first, untimed: a server that has been up for
some minutes.
`growth.py` compares with a fifth of the entities.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    import psycopg

LABELS = {
    "two": "两个字",
    "part": "名称的一段",
    "order": "两个词，颠倒次序",
    "pinyin": "拼音",
    "initials": "拼音首字母",
    "slip": "错一个字",
}
AS_WRITTEN = ("two", "part", "order")
SAMPLE = """
SELECT name, trade, entity_id FROM register_name WHERE kind = 'current' AND length(trade) >= 2
ORDER BY hashtext(name) LIMIT %s OFFSET %s
"""
NAMES = "SELECT entity_id, name FROM register_name WHERE kind <> 'reserved'"
WRONG = "甲乙丙丁戊己庚辛"
MOST, MOST_NEAR = 1000, 300  # as many are counted, and looked at where nothing is spelled so
CHECKED = 150  # questions of a kind whose answers are compared with every name
# The peer gets a table of names alone, so that the kept database stays as it is.
PEER = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "DROP TABLE IF EXISTS bench_trgm",
    "CREATE UNLOGGED TABLE bench_trgm AS SELECT entity_id, name FROM register_name WHERE kind <> 'reserved'",
    "CREATE INDEX ON bench_trgm USING gin (name gin_trgm_ops)",
    "ANALYZE bench_trgm",
)
LIKE = "SELECT entity_id FROM bench_trgm WHERE name LIKE %s LIMIT 1001"
SIMILAR = "SELECT entity_id FROM bench_trgm WHERE name %% %s ORDER BY name <-> %s LIMIT 20"
PEERS = ("two", "part", "slip")
ASKED_OF_PEER = 40


@dataclass
class Kind:
    """What was measured of one kind of question."""

    times: list[float] = field(default_factory=list)
    expected: int = 0
    missed: int = 0
    cut: int = 0  # answers of near names that stop at MOST_NEAR without the one meant
    peer: list[float] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        found = {
            "p50_ms": part(self.times, 0.5),
            "p95_ms": part(self.times, 0.95),
            "max_ms": part(self.times, 1),
        }
        found |= {"expected": self.expected, "missed": self.missed, "cut": self.cut}
        return found | ({"trgm_p95_ms": part(self.peer, 0.95)} if self.peer else {})


def part(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def question(kind: str, name: str, trade: str, draw: random.Random) -> str:
    """What a reader who is after this name types."""
    start = name.find(trade)
    if kind == "two":
        at = draw.randrange(len(name) - 1)
        return name[at : at + 2]
    if kind == "part":
        size = draw.randint(3, min(8, len(name)))
        at = draw.randrange(len(name) - size + 1)
        return name[at : at + size]
    if kind == "order":
        behind = name[start + len(trade) :][:2]
        return f"{behind} {trade}" if len(behind) > 1 else f"{trade} {name[:2]}"
    if kind == "slip":
        wrong = trade[:-1] + draw.choice(WRONG)
        return wrong + name[start + len(trade) :][: max(2, 4 - len(trade))]
    return _spelled(kind, name[start : start + max(len(trade), 4)] if kind == "initials" else trade)


def _spelled(kind: str, characters: str) -> str:
    from hongdun.lib import spelling

    read = [min(spelling.readings(each), default="") for each in characters]
    return "".join(read) if kind == "pinyin" else "".join(each[:1] for each in read)


def measure(here: place.Place, *, asked: int) -> dict[str, Any]:
    from hongdun.register import queries

    draw = random.Random(5)
    drawn = here.owner.execute(SAMPLE, [asked, 0]).fetchall()
    before(here.owner.execute(SAMPLE, [asked, asked]).fetchall())
    rows = here.owner.execute(NAMES).fetchall()
    for statement in PEER:
        here.owner.execute(statement)
    once()
    gc.freeze()  # no reader's process holds every name, which the collector would go through again and again
    told = {}
    for label in LABELS:
        kind = Kind()
        for number, (name, trade, entity) in enumerate(drawn):
            wanted = question(label, name, trade, draw)
            begun = time.perf_counter()
            found = queries.find(wanted)
            kind.times.append(time.perf_counter() - begun)
            if number < CHECKED:
                true = _written_so(wanted, rows) if label in AS_WRITTEN else {entity}
                _compare(kind, wanted, found, true)
            if label in PEERS and number < ASKED_OF_PEER:
                kind.peer.append(_peer(here.owner, label, wanted))
        told[label] = kind.told()
    here.owner.execute("DROP TABLE bench_trgm")
    return told


def once() -> None:
    """What a process reads once."""
    from hongdun.register import queries

    for wanted in ("南宁", "nanning", "nnsm", "南柠商茂"):
        queries.find(wanted)


def before(others: Sequence[tuple[str, str, UUID]]) -> None:
    from hongdun.register import queries

    draw = random.Random(3)
    for label in LABELS:
        for name, trade, _ in others:
            queries.find(question(label, name, trade, draw))


def _written_so(wanted: str, rows: Iterable[tuple[UUID, str]]) -> set[UUID]:
    words = wanted.split()
    return {id_ for id_, name in rows if all(word in name for word in words)}


def _compare(kind: Kind, wanted: str, found: Any, true: set[UUID]) -> None:
    """All of `true` must be found; a list too long to be told whole can only be told from a short one."""
    if found.more and found.total >= MOST:
        kind.expected += 1
        kind.missed += 1 < len(true) <= MOST
        return
    if found.more and found.is_near and true.isdisjoint(hit.entity.id for hit in _all(wanted, found)):
        kind.cut += 1
        return
    kind.expected += len(true)
    kind.missed += len(true - {hit.entity.id for hit in _all(wanted, found)})


def _all(wanted: str, found: Any) -> Iterable[Any]:
    from hongdun.register import queries

    yield from found.hits
    while found.after:
        found = queries.find(wanted, after=found.after, size=200)
        yield from found.hits


def _peer(owner: psycopg.Connection, label: str, wanted: str) -> float:
    begun = time.perf_counter()
    if label == "slip":
        owner.execute(SIMILAR, [wanted, wanted]).fetchall()
    else:
        owner.execute(LIKE, [f"%{wanted}%"]).fetchall()
    return time.perf_counter() - begun


def say(told: dict[str, Any], count: int, reach: float) -> None:
    print(f"{count:,} 户，每种问法随机取样；毫秒，含客户端一侧（p95 应 ≤ {reach:g}）")
    for label, words in LABELS.items():
        one = told[label]
        peer = f"；pg_trgm p95 {one['trgm_p95_ms']}" if "trgm_p95_ms" in one else ""
        short = "　未达到" if one["p95_ms"] > reach or one["missed"] else ""
        print(
            f"{words}：p50 {one['p50_ms']}，p95 {one['p95_ms']}，最长 {one['max_ms']}；"
            f"应找到 {one['expected']:,}，遗漏 {one['missed']}{_cut(one['cut'])}{peer}{short}"
        )


def _cut(count: int) -> str:
    return f"；近似的超过 {MOST_NEAR} 个、所要的不在其中的 {count} 次" if count else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    reach = 10 if given.count <= 1_500_000 else 20
    with place.filled(given.count) as here:
        told = measure(here, asked=given.asked)
    if given.json:
        print(json.dumps(told))
    else:
        say(told, given.count, reach)
    return 0 if all(one["p95_ms"] <= reach and not one["missed"] for one in told.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
