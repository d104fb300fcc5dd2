"""Finding entities by code, words of a name (as written, in pinyin, misspelt), of an address or of a scope.

Up to MOST hits are ranked and counted; beyond, they are listed in stretches of falling exactness, each in the order of
its keys. Both go on behind the last hit of the page before, so that nothing entered in between is missed or repeated.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection

from hongdun.lib import matching, regno, text, uscc
from hongdun.lib.matching import HOMOPHONE
from hongdun.register.models import Entity
from hongdun.register.queries import candidates, places, ranking, sampling, walking
from hongdun.register.queries.asked import Asked
from hongdun.register.queries.candidates import ADDRESSES, NAMES, SCOPES, Reading
from hongdun.register.queries.limits import in_time
from hongdun.register.queries.narrowing import Narrow
from hongdun.register.queries.places import BadCursor, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hongdun.lib.matching import Pattern
    from hongdun.register.queries.candidates import Row, Source
    from hongdun.register.queries.ranking import Match

MOST = 1000  # hits that are counted and ranked; beyond, the page says "more than"
MOST_RANKED = 200  # hits of several meanings that are ranked, where they can be counted without
SHORTEST = matching.SHORTEST
FEW = 3  # hits below which likely misspellings are looked for
MOST_NEAR = 300  # names that may have been meant
MOST_WORDS = 8
SIZE = 20
SOURCES = {each.name: each for each in (NAMES, ADDRESSES, SCOPES)}
WHERE = {"name": NAMES, "address": ADDRESSES, "scope": SCOPES}
COLUMNS = (
    "id", "uscc", "regno", "name", "kind", "type", "status", "organ", "established", "representative", "address",
)  # fmt: skip
ENTITIES = f"SELECT {', '.join(COLUMNS)} FROM register_entity WHERE id = ANY(%s)"  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity and the text by which it was found; none for a code, or for a list without words."""

    entity: Entity
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`total` is exact unless `more`: then there are at least so many. `where` names what was searched.

    `after` leads to the next page, `before` to the one before where that is known.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    more: bool = False
    where: str = "name"
    after: str = ""
    before: str | None = None
    too_short: bool = False
    is_near: bool = False  # nothing is spelled as asked for: did you mean …

    @property
    def entities(self) -> list[Entity]:
        return [hit.entity for hit in self.hits]


def find(
    wanted: str, *, narrow: Narrow | None = None, where: str = "", after: str = "", size: int = SIZE
) -> Found:
    """Entities by what was typed; `where` is a key of WHERE, empty for names and, failing them, the rest.

    Raises BadCursor for an `after` that is of another search, TooSlow for what would take too long.
    """
    if looks_like_code(uscc.normalise(wanted)):
        return _by_code(uscc.normalise(wanted))
    words = tuple(text.normalise_name(word) for word in wanted.split())[:MOST_WORDS]
    asked = Asked(tuple(filter(None, words)), narrow or Narrow(), where, size)
    place = places.read(after, asked.mark) if after else None
    if not asked.patterns:
        return Found(too_short=True)
    with in_time():
        return _found(asked, place)


def _found(asked: Asked, place: Place | None) -> Found:
    if place:
        if place.source not in SOURCES:
            raise BadCursor(place.source)
        return _searched(asked, SOURCES[place.source], place)
    sources = [WHERE[asked.where]] if asked.where else list(WHERE.values())[: None if asked.words else 1]
    found = Found()
    for source in sources:
        found = _searched(asked, source, None)
        if found.total:
            return found
    return found


def looks_like_code(code: str) -> bool:
    return len(code) in {13, 15, 18} and code.isascii() and code.isalnum() and any(map(str.isdigit, code))


def _by_code(code: str) -> Found:
    number = regno.normalise(code)
    found = list(Entity.objects.filter(uscc=code)) or list(Entity.objects.filter(regno=number)[:SIZE])
    return Found([Hit(entity) for entity in found], len(found), where="code")


def _searched(asked: Asked, source: Source, place: Place | None) -> Found:
    patterns = asked.patterns
    if place and not place.key:
        return _listed(asked, source, place)
    if not place and sampling.are_many(source, asked, MOST):
        return _listed(asked, source, Place(source.name, counted=MOST))
    if not place and asked.plain:
        return _plain(asked, source, asked.plain)
    if not place and (counted := sampling.told(source, asked, MOST)) > MOST_RANKED:
        return _listed(asked, source, Place(source.name, counted=counted))
    # A ranked list stays one, also if it has grown beyond MOST since its first page.
    rows = candidates.read(source, patterns, asked.narrow, Reading(MOST * 2 if place else MOST + 1))
    if len(rows) > MOST and not place:
        return _listed(asked, source, Place(source.name, counted=_counted(asked, rows)))
    return _few(asked, source, ranking.matches(rows, patterns, asked.whole), place)


def _plain(asked: Asked, source: Source, found: Pattern) -> Found:
    """The first page for words that can be meant in one way: ranked by the database, for that is the usual search."""
    best = candidates.best(
        source, found, asked.narrow, asked.words, limit=MOST + 1, size=max(asked.size, FEW)
    )
    if best.texts > MOST:
        return _listed(asked, source, Place(source.name, counted=MOST))
    matches = ranking.matches(best.rows, asked.patterns, asked.whole)
    if len(matches) == best.entities:
        return _few(asked, source, matches, None)
    shown = matches[: asked.size]
    after = _written(asked, Place(source.name, key=shown[-1].key))
    return Found(_hits(shown), best.entities, where=_name(source), after=after)


def _few(asked: Asked, source: Source, matches: list[Match], place: Place | None) -> Found:
    """A page of a ranked list; where it is nearly empty, with what may have been meant."""
    is_near = not matches
    near: list[Match] = []
    more = len(matches) > MOST
    if source is NAMES and asked.words and len(matches) < FEW and not (matches and asked.is_long):
        near, more = _near(asked, matches)
    return _ranked(asked, source, [*matches, *near], place, is_near=is_near, more=more)


def _counted(asked: Asked, rows: Sequence[Row]) -> int:
    """Of more than MOST rows that the index found, how many the texts bear out."""
    if all(each.proven for each in asked.patterns):
        return MOST
    return min(MOST, len(ranking.matches(rows, asked.patterns, asked.whole)))


def _near(asked: Asked, matches: Sequence[Match]) -> tuple[list[Match], bool]:
    """Names that sound alike or differ in one character, about MOST_NEAR, and whether there are more.

    Where what is left of the words is common, only a part of the names is looked through: what was meant is as common.
    """
    patterns = matching.near(asked.words)
    rare = candidates.selective(NAMES, patterns, asked.narrow)
    rows: list[Row] = []
    for some in (
        [each for each in rare if each.by == HOMOPHONE],
        [each for each in rare if each.by != HOMOPHONE],
    ):
        if some and len(rows) < MOST_NEAR:
            rows += candidates.read(NAMES, some, asked.narrow, Reading(MOST_NEAR - len(rows)))
    common = [each for each in patterns if each not in rare]
    if common and len(rows) < FEW:
        reading = Reading(MOST_NEAR, sampling.part(NAMES, common, asked.narrow))
        rows += candidates.read(NAMES, common, asked.narrow, reading)
    known = {match.entity for match in matches}
    near = [each for each in ranking.matches(rows, patterns, asked.whole) if each.entity not in known]
    return near, len(rows) >= MOST_NEAR or bool(common and near)


def _ranked(
    asked: Asked, source: Source, matches: list[Match], place: Place | None, *, is_near: bool, more: bool
) -> Found:
    start = bisect_right(matches, place.key, key=lambda one: one.key) if place and place.key else 0
    shown = matches[start : start + asked.size]
    further = start + asked.size < len(matches)
    before = None
    if start:
        back = start - asked.size
        before = _written(asked, Place(source.name, key=matches[back - 1].key)) if back > 0 else ""
    return Found(
        hits=_hits(shown),
        total=min(len(matches), MOST),
        more=more,
        where=_name(source),
        after=_written(asked, Place(source.name, key=shown[-1].key)) if shown and further else "",
        before=before,
        is_near=is_near and bool(matches),
    )


def _listed(asked: Asked, source: Source, place: Place) -> Found:
    """A page of a list too long to be ranked."""
    page = walking.page(source, asked, place)
    if place.back and not page.further:
        return _listed(asked, source, Place(source.name, counted=place.counted))  # the first page, and whole
    before = _written(asked, replace(page.first, back=True)) if place.id else None
    further = page.further or place.back
    return Found(
        hits=_hits(page.matches),
        total=place.counted,
        more=place.counted >= MOST,
        where=_name(source),
        after=_written(asked, replace(page.last, back=False)) if further else "",
        before=before,
    )


def _written(asked: Asked, place: Place) -> str:
    return places.written(place, asked.mark)


def _name(source: Source) -> str:
    return next(name for name, each in WHERE.items() if each is source)


def _hits(matches: Sequence[Match]) -> list[Hit]:
    entities = _entities([match.entity for match in matches])
    return [Hit(entities[match.entity], match) for match in matches if match.entity in entities]


def _entities(ids: list[UUID]) -> dict[UUID, Entity]:
    """What a list shows of these; the rest of an entity isn't read. The ORM would take longer than the search."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ENTITIES, [ids])
        return {row[0]: Entity.from_db(connection.alias, COLUMNS, row) for row in cursor.fetchall()}
