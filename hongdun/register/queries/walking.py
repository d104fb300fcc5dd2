"""Going through a list too long to be ranked, forwards or back, from any place in it.

Within a stretch, names with the same beginning follow the alphabet; others stand in the order of the random ends of their
keys, so that any slice of it is as large as any other and a page reads only the slices that it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hongdun.lib import grams
from hongdun.register.queries import candidates, ranking, shares
from hongdun.register.queries.candidates import Condition, Part, Reading
from hongdun.register.queries.stretches import Order, Stretch, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from hongdun.register.queries.asked import Asked
    from hongdun.register.queries.candidates import Row, Source
    from hongdun.register.queries.places import Place
    from hongdun.register.queries.ranking import Match

MOST_READ = 2000  # rows that the index holds and the text then refuses, before a page is cut short
AT_LEAST = 1000  # hits that a long list has, whatever the statistics know
MOST_CUT = grams.SLICES // 4  # slices; of more the index would read the lists for longer than the rows take
MOST_AT_ONCE = 20_000  # hits that may be looked at where slices don't help
MARGIN = 1.5  # times the rows wanted that the slices read should hold
KEYED = 3  # times as many slices are read where only some of their hits are wanted
WIDER = 8  # times as many slices are read where the first held too little
TAIL = 8  # hexadecimal digits at the end of a key that are random
OTHER_NAMES = """
SELECT n.entity_id, n.id, n.name, n.kind = 'current' FROM register_name n WHERE n.entity_id = ANY(%s)
"""


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
        match = _match(row, asked, stretch) if row else None
        if (match and len(shown) == asked.size) or read >= MOST_READ:
            further = True
            break
        if match:
            first = first if shown else at
            shown.append(match)
        last, read = at, read + 1
    if place.back:
        return Page(shown[::-1], last, first, further)
    return Page(shown, first, last, further)


def _walk(source: Source, asked: Asked, place: Place) -> Iterator[tuple[Stretch, Place, Row | None]]:
    """Rows one after the other, without end but that of the list; None for one that stood further up already."""
    every = stretches(source, asked)
    ahead = _read_ahead(source, asked, place, every)
    stages = range(place.stage, -1, -1) if place.back else range(place.stage, len(every))
    for stage in stages:
        stretch = every[stage]
        at = (
            place if stage == place.stage else replace(place, stage=stage, ended=place.back, name="", id=None)
        )
        while True:
            limit = asked.size + 1
            rows = ahead.pop(stage, None)
            if rows is None:
                rows = _Step(source, asked, stretch, at).rows(limit)
            known = _found_before(rows, asked) if stretch.is_former else frozenset()
            for row in rows:
                at = replace(
                    at,
                    ended=not row.active,
                    id=row.id,
                    name=row.text if stretch.order is Order.BY_NAME else "",
                )
                yield stretch, at, None if row.id in known else row
            if len(rows) < limit:
                break


def _read_ahead(source: Source, asked: Asked, place: Place, every: Sequence[Stretch]) -> dict[int, list[Row]]:
    """The short stretches at the head of a list in one go: to ask for each takes longer than to find it."""
    if place.id or place.stage or place.back:
        return {}
    head = list(
        takewhile(lambda stretch: stretch.order is not Order.SLICES and stretch.rank == grams.ACTIVE, every)
    )
    if len(head) == 1:
        return {}
    steps = [_Step(source, asked, stretch, place) for stretch in head]
    wanted = [(step.stretch.found, step.reading(asked.size + 1)) for step in steps]
    return dict(enumerate(candidates.read_each(source, wanted, asked.narrow))) if wanted else {}


def _match(row: Row, asked: Asked, stretch: Stretch) -> Match | None:
    match = ranking.judged(row, asked.patterns, asked.whole)
    if match and stretch.by is not None and match.key[0] != stretch.by:
        return None  # it stood among the more exact ones
    return match


@dataclass(frozen=True, slots=True)
class _Step:
    """From a place in a stretch to the rows behind it, or before it, nearest first."""

    source: Source
    asked: Asked
    stretch: Stretch
    place: Place

    def rows(self, limit: int) -> list[Row]:
        return self._slices(limit) if self.stretch.order is Order.SLICES else self._read(self.reading(limit))

    def reading(self, limit: int) -> Reading:
        """The one that gives the rows, where no slices do."""
        return self._few(limit) if self.stretch.order is Order.FEW else self._by_name(limit)

    def _few(self, limit: int) -> Reading:
        columns = (f"(NOT {self.source.active})", *self._columns)
        also = list(self.stretch.also)
        if self.place.id:
            also.append(self._beyond(columns, (self.place.ended, _tail(self.place.id), self.place.id)))
        return Reading(limit, also=also, order=self._ordered(columns))

    def _by_name(self, limit: int) -> Reading:
        """Through the index of the names; the first condition is the bounds in it."""
        place, text, id_ = self.place, self.source.text, self.source.id
        than, up = ("<", "~<~") if place.back else (">", "~>~")
        order = f"{text} USING ~>~, {id_} DESC" if place.back else f"{text} USING ~<~, {id_}"
        begins, *others = self.stretch.also
        also = [begins, candidates.unindexed([*others, self._of_rank])]
        if place.id:
            beyond = f"{text} {up[:2]}=~ %s AND ({text} {up} %s OR {id_} {than} %s)"
            also.append(Condition(beyond, (place.name, place.name, place.id)))
        return Reading(limit, also=also, order=order, led=False)

    def _slices(self, limit: int) -> list[Row]:
        """Some slices, and more where they hold too little; at last without them, where they are of no more use."""
        place, rank = self.place, self.stretch.rank
        rows: list[Row] = []
        width, widest = self._widths(limit)
        at = grams.slice_of(place.id) if place.id else (grams.SLICES - 1 if place.back else 0)
        while 0 <= at < grams.SLICES and len(rows) < limit:
            also = self._behind(rows)
            if width > widest:
                return rows + self._rest(limit - len(rows), also)
            first, end = _cut(at, width, back=place.back)
            part = Part(grams.slices(rank, first, end), (end - first) / grams.SLICES)
            also += [candidates.unindexed([self.stretch.key])] if self.stretch.key else []
            rows += self._read(Reading(limit - len(rows), part, also, self._ordered(self._columns)))
            at = first - 1 if place.back else end
            width *= WIDER
        return rows

    def _widths(self, limit: int) -> tuple[int, int]:
        """How many slices should hold so many rows, and of how many slices is the most use."""
        hits = shares.rows(candidates.share(self.source, self.stretch.found, self.asked.narrow))
        wanted = MARGIN * limit * (KEYED if self.stretch.key else 1)
        width = max(1, min(grams.SLICES, ceil(wanted * grams.SLICES / max(hits, AT_LEAST))))
        if self.stretch.key:  # where so many slices hold too little, there is little in all
            return width, width if width >= grams.SLICES // grams.COARSE else width * WIDER
        return width, MOST_CUT if hits < MOST_AT_ONCE else grams.SLICES * WIDER

    def _behind(self, rows: Sequence[Row]) -> list[Condition]:
        last = rows[-1].id if rows else self.place.id
        beyond = [self._beyond(self._columns, (_tail(last), last))] if last else []
        return [*self.stretch.also, *beyond]

    def _rest(self, limit: int, also: Sequence[Condition]) -> list[Row]:
        """Without slices; through the other index where there is one."""
        key = [self.stretch.key] if self.stretch.key else []
        also = [*also, candidates.unindexed([self._of_rank]), *key]
        return self._read(Reading(limit, also=also, order=self._ordered(self._columns), led=not key))

    def _read(self, reading: Reading) -> list[Row]:
        return candidates.read(self.source, self.stretch.found, self.asked.narrow, reading)

    @property
    def _columns(self) -> tuple[str, str]:
        return f'right({self.source.id}::text, {TAIL}) COLLATE "C"', self.source.id

    @property
    def _of_rank(self) -> Condition:
        if self.stretch.is_former:
            return Condition(self.source.former)
        active = self.source.active
        return Condition(active if self.stretch.rank == grams.ACTIVE else f"NOT {active}")

    def _beyond(self, columns: Sequence[str], values: Sequence[object]) -> Condition:
        marks = ", ".join(["%s"] * len(columns))
        return Condition(f"({', '.join(columns)}) {'<' if self.place.back else '>'} ({marks})", values)

    def _ordered(self, columns: Sequence[str]) -> str:
        return ", ".join(f"{column} DESC" if self.place.back else column for column in columns)


def _cut(at: int, width: int, *, back: bool) -> tuple[int, int]:
    """First and end of so many slices from `at` on; of many, up to where a coarse one ends, which is read faster."""
    coarse = grams.SLICES // grams.COARSE
    step = coarse if width > coarse // 4 else 1
    if back:
        return max(0, (at - width + 1) // step * step), at + 1
    return at, min(grams.SLICES, -(-(at + width) // step) * step)


def _tail(key: UUID) -> str:
    return key.hex[-TAIL:]


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
