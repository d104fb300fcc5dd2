"""The statements of search. Each reads a few entries of an index, however many rows would match.

Words, filters and the wanted part of a long list are one look into the GIN index. Pieces that many rows have slow it down,
for it reads their whole lists: where something rarer leads to a row, they are looked at in the row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hongdun.lib import grams
from hongdun.register.queries import shares

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
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


@dataclass(slots=True)
class Statement:
    """SQL in the making."""

    text: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, *values: Any) -> None:
        self.text.append(text)
        self.values += values

    def run(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(self.text), self.values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class Look(NamedTuple):
    """What a column of pieces must hold: all of `pieces`, one of each of `groups`."""

    column: str
    pieces: Sequence[int]
    groups: Sequence[tuple[int, ...]]

    def shares(self) -> Iterator[tuple[Item, float]]:
        known = shares.of(self.column.partition(".")[2])
        yield from ((piece, known.get(piece, 0.0)) for piece in self.pieces)
        yield from ((group, min(1.0, sum(known.get(piece, 0.0) for piece in group))) for group in self.groups)

    def only(self, items: Collection[Item]) -> Look:
        pieces = [piece for piece in self.pieces if piece in items]
        return Look(self.column, pieces, [group for group in self.groups if group in items])

    def without(self, items: Collection[Item]) -> Look:
        return self.only({*self.pieces, *self.groups}.difference(items))


def share(source: Source, found: Sequence[Pattern], narrow: Narrow) -> float:
    """Share of the rows that will be found at most, as far as statistics tell: the most common of the patterns."""
    known = shares.of(source.name)
    if source.narrow != source.pieces:
        known = shares.of("address") | known
    filters = (narrow.pieces, narrow.groups)
    return max((shares.expected(known, each.pieces, each.groups, filters) for each in found), default=0.0)


def read(source: Source, found: Sequence[Pattern], narrow: Narrow, reading: Reading) -> list[Row]:
    statement = Statement()
    _select(statement, source, found, narrow, columns=source.columns, reading=reading)
    return [Row(*row) for row in statement.run()]


def selective(source: Source, found: Sequence[Pattern], narrow: Narrow) -> list[Pattern]:
    """Those patterns that need not look at much."""
    few = shares.small(MOST_GUESSED)
    return [each for each in found if share(source, [each], narrow) <= few]


def _select(
    statement: Statement,
    source: Source,
    found: Sequence[Pattern],
    narrow: Narrow,
    *,
    columns: str,
    reading: Reading,
) -> None:
    statement.add(f"SELECT {columns} FROM {source.tables} WHERE {source.always}")  # noqa: S608 - constants
    for condition in reading.also:
        statement.add(f"AND {condition.text}", *condition.values)
    if narrow.dates:
        _between(statement, source, narrow)
    for place, pattern in enumerate(found):
        statement.add("OR" if place else "AND (")
        _matches(statement, source, pattern, narrow, reading)
    statement.add(f") ORDER BY {reading.order} LIMIT %s" if reading.order else ") LIMIT %s", reading.limit)


def _between(statement: Statement, source: Source, narrow: Narrow) -> None:
    within = f"SELECT FROM register_entity f WHERE f.id = {source.entity} AND f.established BETWEEN %s AND %s"
    statement.add(f"AND EXISTS ({within})", *(narrow.dates or ()))


def _matches(
    statement: Statement, source: Source, pattern: Pattern, narrow: Narrow, reading: Reading
) -> None:
    """What the index is asked for, then what only the row can tell."""
    leading, left = _divided(source, pattern, narrow, reading)
    _hold(statement, leading)
    asked = {piece for look in leading for piece in look.pieces}
    told = {piece for way in pattern.ways if way.like for piece in way.pieces}
    left = [look._replace(pieces=[each for each in look.pieces if each not in told]) for look in left]
    if any(look.pieces or look.groups for look in left):
        # The planner uses no index for what a CASE says.
        statement.add("CASE WHEN")
        _hold(statement, left)
        statement.add("true THEN true END AND")
    for way in pattern.ways:
        if way.like and not (way.exact and asked.issuperset(way.pieces)):
            like = "ILIKE" if way.like.upper() != way.like.lower() else "LIKE"
            statement.add(f"{source.text} {like} %s AND", way.like)
    statement.add("true")


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


def _hold(statement: Statement, looks: Sequence[Look]) -> None:
    for look in looks:
        if look.pieces:
            statement.add(f"{look.column} @> %s::int[] AND", list(look.pieces))
        for group in look.groups:
            statement.add(f"{look.column} && %s::int[] AND", list(group))
