"""Lists too long to be ranked: stretches of falling exactness, each read in the order of its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hongdun.lib.matching import WORDS
from hongdun.register.queries import candidates, ranking
from hongdun.register.queries.candidates import NAMES
from hongdun.register.queries.places import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hongdun.lib.matching import Pattern
    from hongdun.register.queries.asked import Asked
    from hongdun.register.queries.candidates import Row, Source
    from hongdun.register.queries.ranking import Match

MOST_READ = 2000  # rows that the index holds and the text then refuses, before a page is cut short
LAST = "\U0010ffff"


class Stretch(NamedTuple):
    """One more condition with its parameters."""

    condition: str
    values: tuple[Any, ...] = ()


EVERYTHING = (Stretch("true"),)
CURRENT = (Stretch("n.kind = 'current'"),)
BORNE = "n.kind = 'current' AND"
FORMER = Stretch("n.kind = 'former'")
OTHER_NAMES = """
SELECT n.entity_id, n.id, n.name, n.kind = 'current' FROM register_name n WHERE n.entity_id = ANY(%s)
"""


def page(source: Source, asked: Asked, place: Place) -> tuple[list[Match], Place | None]:
    """A page behind `place`, and the place behind it; None at the end."""
    found, whole, size = asked.patterns, asked.whole, asked.size
    stretches = _stretches(source, found, whole)
    shown: list[Match] = []
    stage, after, read = place.stage, place.id, 0
    while stage < len(stretches):
        limit = size - len(shown) + 1
        rows = candidates.onward(
            source, found, asked.narrow, after=after, also=stretches[stage].condition,
            values=stretches[stage].values, limit=limit,
        )  # fmt: skip
        known = _found_before(rows, found, whole) if stretches[stage] is FORMER else frozenset()
        for row in rows:
            if len(shown) == size or read >= MOST_READ:
                return shown, Place(source.name, stage=stage, id=after)
            shown += _match(row, found, whole) if row.id not in known else []
            after, read = row.id, read + 1
        if len(rows) < limit:
            stage, after = stage + 1, None
    return shown, None


def _match(row: Row, found: Sequence[Pattern], whole: str) -> list[Match]:
    match = ranking.judged(row, found, whole)
    return [match] if match else []


def _stretches(source: Source, found: Sequence[Pattern], whole: str) -> Sequence[Stretch]:
    if source is not NAMES:
        return EVERYTHING
    if not whole:
        return CURRENT
    if len(found) > 1 or found[0].by != WORDS:
        return (*CURRENT, FORMER)
    return (
        Stretch(f"{BORNE} n.name = %s", (whole,)),
        Stretch(f"{BORNE} n.trade = %s AND n.name <> %s", (whole, whole)),
        Stretch(
            f"{BORNE} n.name ~>=~ %s AND n.name ~<~ %s AND n.trade <> %s AND n.name <> %s",
            (whole, whole + LAST, whole, whole),
        ),
        Stretch(
            f"{BORNE} n.trade <> %s AND NOT (n.name ~>=~ %s AND n.name ~<~ %s)", (whole, whole, whole + LAST)
        ),
        FORMER,
    )


def _found_before(rows: Sequence[Row], found: Sequence[Pattern], whole: str) -> frozenset[UUID]:
    """Former names of entities that are listed already, by their name of today or an earlier row."""
    by_id = {row.id: row for row in rows}
    listed: dict[UUID, UUID | None] = {}
    with connection.cursor() as cursor:
        cursor.execute(OTHER_NAMES, [list({row.entity for row in rows})])
        names = sorted(cursor.fetchall(), key=lambda name: (not name[3], name[1]))
    for entity, id_, name, _ in names:
        row = candidates.Row(id_, entity, name, "", former=True, active=True)
        if ranking.judged(row, found, whole):
            listed.setdefault(entity, id_)
    return frozenset(id_ for id_, row in by_id.items() if listed.get(row.entity, id_) != id_)
