"""Lists too long to be ranked, read in stretches: by exactness, then by activity, forwards or back.

Within a stretch, names with the same beginning follow the alphabet; others stand in the order of the random ends of their
keys, so that any slice of it is as large as any other and a page reads only the slices that it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hongdun.lib import grams, names
from hongdun.lib.matching import PINYIN, WORDS, Pattern
from hongdun.register.queries import candidates, ranking, shares
from hongdun.register.queries.candidates import NAMES, Condition, Part, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from hongdun.register.queries.asked import Asked
    from hongdun.register.queries.candidates import Row, Source
    from hongdun.register.queries.places import Place
    from hongdun.register.queries.ranking import Match

MOST_READ = 2000  # rows that the index holds and the text then refuses, before a page is cut short
FEW = 300  # rows that are read at once
AT_LEAST = 1000  # hits that a long list has, whatever the statistics know
MOST_CUT = grams.SLICES // 4  # slices; of more the index would read the lists for longer than the rows take
MOST_AT_ONCE = 20_000  # hits that may be looked at where slices don't help
MARGIN = 1.5  # times the rows wanted that the slices read should hold
WIDER = 8  # times as many slices are read where the first held too little
LAST = "\U0010ffff"
CURRENT = Condition("n.kind = 'current'")
OTHER_NAMES = """
SELECT n.entity_id, n.id, n.name, n.kind = 'current' FROM register_name n WHERE n.entity_id = ANY(%s)
"""


class Order(Enum):
    """FEW rows of both ranks at once, the active first; one rank BY_NAME or by SLICES."""

    FEW = auto()
    BY_NAME = auto()
    SLICES = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that match one of `found` by exactness `by`, of one rank, under some more conditions.

    `key`: what another index leads to, where it is only a small part of the slices.
    """

    order: Order
    found: Sequence[Pattern]
    also: tuple[Condition, ...] = ()
    rank: int = grams.ACTIVE
    by: int | None = None
    key: Condition | None = None

    @property
    def is_former(self) -> bool:
        return self.rank == grams.FORMER


class Page(NamedTuple):
    """`first` and `last` are the places of the rows at its ends; `further`: whether the list goes on that way."""

    matches: list[Match]
    first: Place
    last: Place
    further: bool


def page(source: Source, asked: Asked, place: Place) -> Page:
    """The page behind `place`, or before it; in the order of the list either way."""
    shown: list[Match] = []
    first = last = place
    read, further = 0, False
    for stretch, at, row in _walk(source, asked, place):
        if len(shown) == asked.size or read >= MOST_READ:
            further = True
            break
        match = _match(row, asked, stretch) if row else None
        if match:
            first = first if shown else at
            shown.append(match)
        last, read = at, read + 1
    if place.back:
        return Page(shown[::-1], last, first, further)
    return Page(shown, first, last, further)


def _walk(source: Source, asked: Asked, place: Place) -> Iterator[tuple[Stretch, Place, Row | None]]:
    """Rows one after the other, without end but that of the list; None for one that stood further up already."""
    stretches = _stretches(source, asked)
    stages = range(place.stage, -1, -1) if place.back else range(place.stage, len(stretches))
    for stage in stages:
        stretch = stretches[stage]
        at = place if stage == place.stage else replace(place, stage=stage, ended=place.back, name="", id=None)
        while True:
            limit = asked.size + 1
            rows = _read(source, stretch, asked, at, limit)
            known = _found_before(rows, asked) if stretch.is_former else frozenset()
            for row in rows:
                at = replace(at, ended=not row.active, id=row.id, name=row.text if stretch.order is Order.BY_NAME else "")
                yield stretch, at, None if row.id in known else row
            if len(rows) < limit:
                break


def _match(row: Row, asked: Asked, stretch: Stretch) -> Match | None:
    match = ranking.judged(row, asked.patterns, asked.whole)
    if match and stretch.by is not None and match.key[0] != stretch.by:
        return None  # it stood among the more exact ones
    return match


def _stretches(source: Source, asked: Asked) -> list[Stretch]:
    found = asked.patterns
    if source is not NAMES:
        return [Stretch(Order.SLICES, found, rank=rank) for rank in _ranks(asked)]
    if not asked.whole:
        return [Stretch(Order.SLICES, found, (CURRENT,), rank) for rank in _ranks(asked)]
    former = Stretch(Order.SLICES, found, rank=grams.FORMER)
    if len(found) == 1 and found[0].by == WORDS:
        return [*_written(asked, found), former]
    by_exactness = (_meant(asked, by) for by in sorted({each.by for each in found}))
    return [*(stretch for level in by_exactness for stretch in level), former]


def _ranks(asked: Asked) -> list[int]:
    """Those that the filter for the status leaves."""
    if not asked.narrow.status:
        return [grams.ACTIVE, grams.ENDED]
    return [grams.rank(asked.narrow.status)]


def _written(asked: Asked, found: Sequence[Pattern]) -> Iterator[Stretch]:
    """The name itself, the trade name, names that begin so, and the others."""
    whole, words = asked.whole, list(asked.words)
    other_trade = Condition("n.trade <> ALL(%s)", (words,))
    begins = f"{NAMES.text} ~>=~ %s AND {NAMES.text} ~<~ %s"
    bounds = (words[0], words[0] + LAST)
    yield Stretch(Order.FEW, found, (CURRENT, Condition("n.name = %s", (whole,))))
    yield Stretch(
        Order.FEW, found, (CURRENT, Condition("n.trade = ANY(%s) AND n.name <> %s", (words, whole)))
    )
    also = (Condition(begins, bounds), CURRENT, other_trade, Condition("n.name <> %s", (whole,)))
    yield from (Stretch(Order.BY_NAME, found, also, rank) for rank in _ranks(asked))
    also = (CURRENT, other_trade, Condition(f"NOT ({begins})", bounds))
    yield from (Stretch(Order.SLICES, found, also, rank) for rank in _ranks(asked))


def _meant(asked: Asked, by: int) -> Iterator[Stretch]:
    """What is meant in one way: trade names that are read so, then the others."""
    found = [each for each in asked.patterns if each.by == by]
    if by == WORDS and shares.rows(candidates.share(NAMES, found, asked.narrow)) < FEW:
        yield Stretch(Order.FEW, found, (CURRENT,), by=by)
        return
    sounds = sorted({way.sound for each in found for way in each.ways if way.sound}) if by == PINYIN else []
    others = (CURRENT,)
    if sounds:
        key = Condition("n.keys && %s::bigint[]", (names.sounding_so(sounds),))
        others = (CURRENT, Condition(f"NOT {key.text}", key.values))
        yield from (Stretch(Order.SLICES, found, (CURRENT,), rank, by, key) for rank in _ranks(asked))
    yield from (Stretch(Order.SLICES, found, others, rank, by) for rank in _ranks(asked))


def _read(source: Source, stretch: Stretch, asked: Asked, place: Place, limit: int) -> list[Row]:
    """Up to `limit` rows of a stretch behind the place, or before it, nearest first."""
    match stretch.order:
        case Order.FEW:
            return _few(source, stretch, asked, place, limit)
        case Order.BY_NAME:
            return _by_name(source, stretch, asked, place, limit)
        case Order.SLICES:
            return _slices(source, stretch, asked, place, limit)


def _few(source: Source, stretch: Stretch, asked: Asked, place: Place, limit: int) -> list[Row]:
    columns = (f"(NOT {source.active})", _scattered(source), source.id)
    also = list(stretch.also)
    if place.id:
        also.append(_beyond(columns, (place.ended, _tail(place.id), place.id), back=place.back))
    reading = Reading(limit, also=also, order=_ordered(columns, back=place.back))
    return candidates.read(source, stretch.found, asked.narrow, reading)


def _by_name(source: Source, stretch: Stretch, asked: Asked, place: Place, limit: int) -> list[Row]:
    """Through the index of the names; the first condition is the bounds in it."""
    text, id_ = source.text, source.id
    than, up = ("<", "~<~") if place.back else (">", "~>~")
    order = f"{text} USING ~>~, {id_} DESC" if place.back else f"{text} USING ~<~, {id_}"
    begins, *others = stretch.also
    also = [begins, candidates.unindexed([*others, _of_rank(source, stretch.rank)])]
    if place.id:
        beyond = f"{text} {up[:2]}=~ %s AND ({text} {up} %s OR {id_} {than} %s)"
        also.append(Condition(beyond, (place.name, place.name, place.id)))
    reading = Reading(limit, also=also, order=order, led=False)
    return candidates.read(source, stretch.found, asked.narrow, reading)


def _slices(source: Source, stretch: Stretch, asked: Asked, place: Place, limit: int) -> list[Row]:
    columns = (_scattered(source), source.id)
    rows: list[Row] = []
    hits = shares.rows(candidates.share(source, stretch.found, asked.narrow))
    width = _width(max(hits, AT_LEAST), limit)
    if stretch.key:
        widest = WIDER * width
    else:
        widest = MOST_CUT if hits < MOST_AT_ONCE else grams.SLICES * WIDER
    at = grams.slice_of(place.id) if place.id else (grams.SLICES - 1 if place.back else 0)
    while 0 <= at < grams.SLICES and len(rows) < limit:
        last = rows[-1].id if rows else place.id
        beyond = [_beyond(columns, (_tail(last), last), back=place.back)] if last else []
        also = [*stretch.also, *beyond]
        if width > widest:
            return rows + _rest(source, stretch, asked, place, limit - len(rows), also)
        also += [candidates.unindexed([stretch.key])] if stretch.key else []
        first, end = _cut(at, width, back=place.back)
        part = Part(grams.slices(stretch.rank, first, end), (end - first) / grams.SLICES)
        reading = Reading(limit - len(rows), part, also, _ordered(columns, back=place.back))
        rows += candidates.read(source, stretch.found, asked.narrow, reading)
        at = first - 1 if place.back else end
        width *= WIDER
    return rows


def _rest(
    source: Source, stretch: Stretch, asked: Asked, place: Place, limit: int, also: Sequence[Condition]
) -> list[Row]:
    """Where too many slices would have to be read: without them."""
    columns = (_scattered(source), source.id)
    of_rank = Condition(source.former) if stretch.is_former else _of_rank(source, stretch.rank)
    also = [*also, candidates.unindexed([of_rank]), *([stretch.key] if stretch.key else [])]
    reading = Reading(limit, also=also, order=_ordered(columns, back=place.back), led=not stretch.key)
    return candidates.read(source, stretch.found, asked.narrow, reading)


def _width(hits: float, limit: int) -> int:
    """How many slices should hold so many rows."""
    return max(1, min(grams.SLICES, ceil(MARGIN * limit * grams.SLICES / hits)))


def _cut(at: int, width: int, *, back: bool) -> tuple[int, int]:
    """First and end of so many slices from `at` on; of many, up to where a coarse one ends, which is read faster."""
    coarse = grams.SLICES // grams.COARSE
    step = coarse if width > coarse // 4 else 1
    if back:
        return max(0, (at - width + 1) // step * step), at + 1
    return at, min(grams.SLICES, -(-(at + width) // step) * step)


def _of_rank(source: Source, rank: int) -> Condition:
    return Condition(source.active if rank == grams.ACTIVE else f"NOT {source.active}")


def _scattered(source: Source) -> str:
    return f'right({source.id}::text, {TAIL}) COLLATE "C"'


TAIL = 8  # hexadecimal digits at the end of a key that are random


def _tail(key: UUID) -> str:
    return key.hex[-TAIL:]


def _beyond(columns: Sequence[str], values: Sequence[object], *, back: bool) -> Condition:
    marks = ", ".join(["%s"] * len(columns))
    return Condition(f"({', '.join(columns)}) {'<' if back else '>'} ({marks})", values)


def _ordered(columns: Sequence[str], *, back: bool) -> str:
    return ", ".join(f"{column} DESC" if back else column for column in columns)


def _found_before(rows: Sequence[Row], asked: Asked) -> frozenset[UUID]:
    """Former names of entities that are listed already, by their name of today or an earlier row."""
    by_id = {row.id: row for row in rows}
    listed: dict[UUID, UUID | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(OTHER_NAMES, [list({row.entity for row in rows})])
        known = sorted(cursor.fetchall(), key=lambda name: (not name[3], _tail(name[1]), name[1]))
    for entity, id_, name, _ in known:
        row = candidates.Row(id_, entity, name, "", former=True, active=True)
        if ranking.judged(row, asked.patterns, asked.whole):
            listed.setdefault(entity, id_)
    return frozenset(id_ for id_, row in by_id.items() if listed.get(row.entity, id_) != id_)
