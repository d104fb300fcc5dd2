"""The statements of search. Each reads either a few entries of an index or a stretch of a table in order, never all.

Rare pieces go through the GIN index and are sorted; common ones go through the table in the order of its keys, where the
next hit is never far. Which of both, `shares` tells; the planner can't, for it takes neighbouring pieces to be
independent of each other, and believes that a common phrase is rare.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hongdun.lib import grams
from hongdun.register.queries import shares

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hongdun.lib.matching import Pattern
    from hongdun.register.queries.narrowing import Narrow

ACTIVE = grams.of_status("active")
# Microseconds for a row that the index finds: of a set of places, or read and sorted; against one passed in the table.
COUNTED, SORTED, PASSED = 0.15, 3.0, 0.6
MOST_GUESSED = 2000  # rows that one guess at what was meant may look at
DENSE = 0.05  # share of a piece that is left to the text, where a rarer one serves


class Row(NamedTuple):
    """A text that may match: `id` orders, `text` is what is matched, `trade` the trade name in it."""

    id: UUID
    entity: UUID
    text: str
    trade: str
    former: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where texts and their pieces are; `narrow` is the column that holds the pieces to narrow to."""

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
    def columns(self) -> str:
        return f"{self.id}, {self.entity}, {self.text}, {self.trade}, {self.former}, {self.narrow} @> ARRAY[{ACTIVE}]"


NAMES = Source(
    "grams", "register_name n", "n.id", "n.entity_id", "n.name", "n.grams", "n.grams",
    trade="n.trade", former="n.kind = 'former'", always="n.kind <> 'reserved'",
)  # fmt: skip
WORDED = "register_wording w JOIN register_entity e ON e.id = w.entity_id"
ADDRESSES = Source("address", WORDED, "w.entity_id", "w.entity_id", "e.address", "w.address", "w.address")
SCOPES = Source("scope", WORDED, "w.entity_id", "w.entity_id", "e.scope", "w.scope", "w.address")
NAMED = "(SELECT string_agg(p.name, '、' ORDER BY p.place) FROM register_entityperson p WHERE p.entity_id = w.entity_id)"
PEOPLE = Source(
    "people", WORDED, "w.entity_id", "w.entity_id", NAMED, "w.people", "w.address", trade="e.representative"
)


@dataclass(slots=True)
class Statement:
    """SQL in the making: text with its parameters, always together."""

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


def share(source: Source, found: Sequence[Pattern], narrow: Narrow) -> float:
    """Share of the rows that will be found, as far as statistics tell: the most common of the patterns."""
    known = shares.of(source.name)
    if source.narrow != source.pieces:
        known = shares.of("address") | known
    filters = (narrow.pieces, narrow.groups)
    return max((shares.expected(known, each.pieces, each.groups, filters) for each in found), default=0.0)


def first(source: Source, found: Sequence[Pattern], narrow: Narrow, limit: int) -> list[Row]:
    """Up to `limit` rows in no order, to be counted, and ranked if they are all."""
    turn = shares.turning_point(limit, per_found=PASSED / COUNTED)
    common = share(source, found, narrow) >= turn
    return _rows(source, found, narrow, common=common, order=source.id if common else "", limit=limit)


def surely_more(source: Source, found: Sequence[Pattern], narrow: Narrow, limit: int) -> bool:
    """Whether so many will be found, by all that is known, that fetching them to be ranked is in vain."""
    return share(source, found, narrow) >= 2 * shares.small(limit)


def count(source: Source, found: Sequence[Pattern], narrow: Narrow, limit: int) -> int:
    """How many rows there are, up to `limit`."""
    turn = shares.turning_point(limit, per_found=PASSED / COUNTED)
    inner = Statement()
    _select(inner, source, found, narrow, columns="1", common=share(source, found, narrow) >= turn)
    inner.add("LIMIT %s", limit)
    statement = Statement(["SELECT count(*) FROM (", *inner.text, ") AS found"], inner.values)
    return int(statement.run()[0][0])


def onward(
    source: Source,
    found: Sequence[Pattern],
    narrow: Narrow,
    *,
    after: UUID | None,
    also: str,
    values: Sequence[Any] = (),
    limit: int,
) -> list[Row]:
    """Up to `limit` rows in the order of their keys, behind `after`; `also` is one more condition."""
    common = share(source, found, narrow) >= shares.turning_point(limit, per_found=PASSED / SORTED)
    return _rows(
        source, found, narrow, common=common, order=source.id, limit=limit, also=(also, values), after=after
    )


def selective(source: Source, found: Sequence[Pattern], narrow: Narrow) -> list[Pattern]:
    """Those patterns that need not look at much."""
    few = shares.small(MOST_GUESSED)
    return [each for each in found if share(source, [each], narrow) <= few]


def _rows(
    source: Source,
    found: Sequence[Pattern],
    narrow: Narrow,
    *,
    common: bool,
    order: str,
    limit: int,
    also: tuple[str, Sequence[Any]] = ("true", ()),
    after: UUID | None = None,
) -> list[Row]:
    statement = Statement()
    _select(statement, source, found, narrow, columns=source.columns, common=common, also=also, after=after)
    statement.add(f"ORDER BY {order} LIMIT %s" if order else "LIMIT %s", limit)
    return [Row(*row) for row in statement.run()]


def _select(
    statement: Statement,
    source: Source,
    found: Sequence[Pattern],
    narrow: Narrow,
    *,
    columns: str,
    common: bool,
    also: tuple[str, Sequence[Any]] = ("true", ()),
    after: UUID | None = None,
) -> None:
    where = f"WHERE {source.always} AND {also[0]}"
    statement.add(f"SELECT {columns} FROM {source.tables} {where}", *also[1])  # noqa: S608 - constants
    if after:
        statement.add(f"AND {source.id} > %s", after)
    if narrow.dates:
        _between(statement, source, narrow)
    # The planner believes a CASE to hold for every other row: it goes through the table and stops soon.
    statement.add("AND CASE WHEN" if common else "AND (")
    for place, pattern in enumerate(found):
        statement.add("OR" if place else "")
        if common:
            _looks(statement, source, pattern, narrow)
        else:
            _holds_all(statement, source, pattern, narrow)
    statement.add("THEN true END" if common else ")")


def _between(statement: Statement, source: Source, narrow: Narrow) -> None:
    within = f"SELECT FROM register_entity f WHERE f.id = {source.entity} AND f.established BETWEEN %s AND %s"
    statement.add(f"AND EXISTS ({within})", *(narrow.dates or ()))


def _holds_all(statement: Statement, source: Source, pattern: Pattern, narrow: Narrow) -> None:
    """What the index can tell, then what only the text can."""
    _holds(statement, source.narrow, narrow.pieces, narrow.groups)
    _holds(statement, source.pieces, _telling(source, pattern), pattern.groups)
    for way in pattern.ways:
        if way.like and not way.exact:
            _like(statement, source, way.like)
    statement.add("true")


def _looks(statement: Statement, source: Source, pattern: Pattern, narrow: Narrow) -> None:
    """The same for a row at hand, the cheapest look first."""
    for way in pattern.ways:
        if way.like:
            _like(statement, source, way.like)
        else:
            _holds(statement, source.pieces, way.pieces, way.groups)
    _holds(statement, source.narrow, narrow.pieces, narrow.groups)
    statement.add("true")


def _telling(source: Source, pattern: Pattern) -> list[int]:
    """Without pieces that nearly every row has, where the text is looked at anyway: they only slow the index down."""
    known = shares.of(source.name)
    spared = {
        piece for way in pattern.ways if way.like and not way.exact for piece in way.pieces
        if known.get(piece, 0.0) >= DENSE
    }  # fmt: skip
    kept = [piece for piece in pattern.pieces if piece not in spared]
    return kept or pattern.pieces


def _like(statement: Statement, source: Source, like: str) -> None:
    statement.add(f"{source.text} {'ILIKE' if like.upper() != like.lower() else 'LIKE'} %s AND", like)


def _holds(statement: Statement, column: str, pieces: Sequence[int], groups: Sequence[Sequence[int]]) -> None:
    if pieces:
        statement.add(f"{column} @> %s::int[] AND", list(pieces))
    for group in groups:
        statement.add(f"{column} && %s::int[] AND", list(group))
