"""The statements of search. Each reads a few entries of an index, however many rows would match.

Words, filters and the wanted part of a long list are one look into the GIN index. Pieces that many rows have slow it down,
for it reads their whole lists: where something rarer leads to a row, they are looked at in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hongdun.lib import grams
from hongdun.register.queries import shares

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from hongdun.lib.matching import Pattern
    from hongdun.register.queries.narrowing import Narrow

MOST_GUESSED = 2000  # rows that one guess at what was meant may look at
DENSE = 0.05  # share of a piece that may be left to the row
WORTH = 200  # entries of an index that are read in the time of one row


Item = int | tuple[int, ...]


class Row(NamedTuple):
    """A text that may match: `text` is what is matched, `trade` the trade name in it."""

    id: UUID
    entity: UUID
    text: str
    trade: str
    former: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where texts and their pieces are; `narrow` is the column that holds the pieces to narrow to, and the slices."""

    name: str
    tables: str
    id: str
    entity: str
    text: str
    pieces: str
    narrow: str
    trade: str = "''"
    former: str = "false"
    always: str = "true"

    @property
    def active(self) -> str:
        return f"{self.narrow} @> ARRAY[{grams.of_status('active')}]"

    @property
    def columns(self) -> str:
        return f"{self.id}, {self.entity}, {self.text}, {self.trade}, {self.former}, {self.active}"


NAMES = Source(
    "grams", "register_name n", "n.id", "n.entity_id", "n.name", "n.grams", "n.grams",
    trade="n.trade", former="n.kind = 'former'", always="n.kind <> 'reserved'",
)  # fmt: skip
WORDED = "register_wording w JOIN register_entity e ON e.id = w.entity_id"
ADDRESSES = Source("address", WORDED, "w.entity_id", "w.entity_id", "e.address", "w.address", "w.address")
SCOPES = Source("scope", WORDED, "w.entity_id", "w.entity_id", "e.scope", "w.scope", "w.address")


class Condition(NamedTuple):
    """SQL with its parameters, always together."""

    text: str
    values: Sequence[Any] = ()


def together(conditions: Sequence[Condition], *, by: str = " AND ") -> Condition:
    values = [value for each in conditions for value in each.values]
    return Condition(by.join(f"({each.text})" for each in conditions) or "true", values)


def unindexed(conditions: Sequence[Condition]) -> Condition:
    """All of these, looked at in the row: the planner uses no index for what a CASE says, and thinks it often true."""
    whole = together(conditions)
    return Condition(f"CASE WHEN {whole.text} THEN true END", whole.values)


class Part(NamedTuple):
    """Slices of a list by their pieces, and the share of all rows that they are."""

    pieces: tuple[int, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Which of the rows are read, and how.

    `led`: whether the pieces lead to the rows; else some other index does.
    """

    limit: int
    part: Part | None = None
    also: Sequence[Condition] = ()
    order: str = ""
    led: bool = True


class Look(NamedTuple):
    """What a column of pieces must hold: all of `pieces`, one of each of `groups`."""

    column: str
    pieces: Sequence[int]
    groups: Sequence[tuple[int, ...]]

    def conditions(self) -> Iterator[Condition]:
        if self.pieces:
            yield Condition(f"{self.column} @> %s::int[]", (list(self.pieces),))
        for group in self.groups:
            yield Condition(f"{self.column} && %s::int[]", (list(group),))

    def shares(self) -> Iterator[tuple[Item, float]]:
        known = shares.of(self.column.partition(".")[2])
        yield from ((piece, known.get(piece, 0.0)) for piece in self.pieces)
        yield from ((group, min(1.0, sum(known.get(piece, 0.0) for piece in group))) for group in self.groups)

    def only(self, items: Collection[Item]) -> Look:
        pieces = [piece for piece in self.pieces if piece in items]
        return Look(self.column, pieces, [group for group in self.groups if group in items])

    def without(self, items: Collection[Item]) -> Look:
        pieces = [piece for piece in self.pieces if piece not in items]
        return Look(self.column, pieces, [group for group in self.groups if group not in items])


def share(source: Source, found: Sequence[Pattern], narrow: Narrow) -> float:
    """Share of the rows that will be found at most, as far as statistics tell: the most common of the patterns."""
    known = shares.of(source.name)
    if source.narrow != source.pieces:
        known = shares.of("address") | known
    filters = (narrow.pieces, narrow.groups)
    return max((shares.expected(known, each.pieces, each.groups, filters) for each in found), default=0.0)


def selective(source: Source, found: Sequence[Pattern], narrow: Narrow) -> list[Pattern]:
    """Those patterns that need not look at much."""
    few = shares.small(MOST_GUESSED)
    return [each for each in found if share(source, [each], narrow) <= few]


def read(source: Source, found: Sequence[Pattern], narrow: Narrow, reading: Reading) -> list[Row]:
    """Rows that match one of the patterns, as far as the database can tell."""
    statement = _selected(source, found, narrow, reading, source.columns)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return [Row(*row) for row in cursor.fetchall()]


def read_each(
    source: Source, wanted: Sequence[tuple[Sequence[Pattern], Reading]], narrow: Narrow
) -> list[list[Row]]:
    """What `read` gives for each of these, in one go."""
    arms = [
        _selected(source, found, narrow, reading, f"{place}, {source.columns}")
        for place, (found, reading) in enumerate(wanted)
    ]
    rows: list[list[Row]] = [[] for _ in arms]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({arm.text})" for arm in arms),
            [value for arm in arms for value in arm.values],
        )
        for place, *row in cursor.fetchall():
            rows[place].append(Row(*row))
    return rows


def count(source: Source, found: Sequence[Pattern], narrow: Narrow, reading: Reading) -> int:
    """How many entities are among those rows; of patterns that need no look at the text."""
    hits = _selected(source, found, narrow, reading, source.entity)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT entity) FROM ({hits.text}) hit (entity)", hits.values)  # noqa: S608 - constants
        (number,) = cursor.fetchone() or (0,)
    return int(number)


class Best(NamedTuple):
    """The first of the rows in order of rank, one of each entity; how many entities and texts there are."""

    rows: list[Row]
    entities: int
    texts: int


BEST = """
WITH hit (id, entity, text, trade, former, active, exactness) AS MATERIALIZED ({hits}),
    one AS (SELECT DISTINCT ON (entity) * FROM hit ORDER BY entity, {order})
SELECT id, entity, text, trade, former, active, count(*) OVER (), (SELECT count(*) FROM hit) FROM one
ORDER BY {order} LIMIT %s
"""
# As `ranking` has it: exactness, then activity, then the shorter text.
RANKED = "exactness, former, NOT active, length(text), id"
EXACTNESS = """
CASE WHEN {text} = %s THEN 0 WHEN {trade} <> '' AND {trade} = ANY(%s) THEN 1 WHEN starts_with({text}, %s) THEN 2 ELSE 3 END
"""


def best(
    source: Source, found: Pattern, narrow: Narrow, words: Sequence[str], *, limit: int, size: int
) -> Best:
    """The `size` best of up to `limit` rows with words that have no upper or lower case, ranked where they lie."""
    exactness = EXACTNESS.format(text=source.text, trade=source.trade)
    hits = _selected(source, [found], narrow, Reading(limit), f"{source.columns}, {exactness}")
    values = ["".join(words), list(words), words[0], *hits.values, size]
    with connection.cursor() as cursor:
        cursor.execute(BEST.format(hits=hits.text, order=RANKED), values)
        rows = cursor.fetchall()
    entities, texts = rows[0][-2:] if rows else (0, 0)
    return Best([Row(*row[:-2]) for row in rows], entities, texts)


def _selected(
    source: Source, found: Sequence[Pattern], narrow: Narrow, reading: Reading, columns: str
) -> Condition:
    where = [Condition(source.always), *reading.also]
    if narrow.dates:
        where.append(_between(source, narrow.dates))
    wanted = together([_arm(source, pattern, narrow, reading) for pattern in found], by=" OR ")
    where.append(wanted if reading.led else unindexed([wanted]))
    whole = together(where)
    order = f"ORDER BY {reading.order}" if reading.order else ""
    text = f"SELECT {columns} FROM {source.tables} WHERE {whole.text} {order} LIMIT %s"  # noqa: S608 - constants
    return Condition(text, [*whole.values, reading.limit])


def _between(source: Source, dates: tuple[date, date]) -> Condition:
    within = f"SELECT FROM register_entity f WHERE f.id = {source.entity} AND f.established BETWEEN %s AND %s"
    return Condition(f"EXISTS ({within})", dates)


def _arm(source: Source, pattern: Pattern, narrow: Narrow, reading: Reading) -> Condition:
    """What the index is asked for, then what only the row can tell."""
    leading, left = _divided(source, pattern, narrow, reading)
    parts = [condition for look in leading for condition in look.conditions()]
    told = {piece for way in pattern.ways if way.like for piece in way.pieces}
    left = [look._replace(pieces=[each for each in look.pieces if each not in told]) for look in left]
    checks = [condition for look in left for condition in look.conditions()]
    parts += [unindexed(checks)] if checks else []
    asked = {piece for look in leading for piece in look.pieces}
    return together([*parts, *_likes(source, pattern, asked)])


def _likes(source: Source, pattern: Pattern, asked: set[int]) -> Iterator[Condition]:
    """Words whose pieces are no proof, or aren't asked for."""
    for way in pattern.ways:
        if way.like and not (way.exact and asked.issuperset(way.pieces)):
            like = "ILIKE" if way.like.upper() != way.like.lower() else "LIKE"
            yield Condition(f"{source.text} {like} %s", (way.like,))


def _divided(
    source: Source, pattern: Pattern, narrow: Narrow, reading: Reading
) -> tuple[list[Look], list[Look]]:
    """What leads to the rows, and what is left to be looked at in them."""
    every = [
        Look(source.pieces, pattern.pieces, pattern.groups), Look(source.narrow, narrow.pieces, narrow.groups),
    ]  # fmt: skip
    if not reading.led:
        return [], every
    spared = _spared(pattern, every, reading)
    leading = [look.without(spared) for look in every]
    if reading.part:
        leading.append(Look(source.narrow, [], [reading.part.pieces]))
    return leading, [look.only(spared) for look in every]


def _spared(pattern: Pattern, every: Sequence[Look], reading: Reading) -> set[Item]:
    """Pieces that many rows have, where the index would read long lists for little.

    Within a word a rare piece mostly stands beside the common one; of several words and filters that isn't known.
    """
    known = {item: share for look in every for item, share in look.shares()}
    dense = {item for item, share in known.items() if share >= DENSE}
    led_to = min((share for item, share in known.items() if item not in dense), default=1.0)
    led_to *= reading.part.share if reading.part else 1.0
    spared = {item for item in dense if led_to * WORTH <= known[item]}
    for way in pattern.ways:
        if not dense.issuperset(way.pieces):
            spared |= dense.intersection(way.pieces)
    return spared
