"""Finding entities by unified code, registration number, or words of a present or former name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection

from hongdun.lib import grams, regno, text, uscc
from hongdun.register.models import Entity, Name, NameKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

MOST = 1000  # hits that are fetched and counted; beyond, the page says "more than"
SHORTEST = 2
# In the order of the index for name prefixes: else a common beginning is read and sorted whole for its first rows.
BEGINNING = """
SELECT e.id, n.name, e.status FROM register_name n JOIN register_entity e ON e.id = n.entity_id
WHERE n.kind <> 'reserved' AND n.name ~>=~ %s AND n.name ~<~ %s ORDER BY n.name USING ~<~ LIMIT %s
"""
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` is exact unless `more`: then only the first MOST were counted."""

    entities: list[Entity]
    total: int
    more: bool
    page: int
    pages: int


def find(wanted: str, *, page: int = 1, size: int = 20) -> Hits:
    """Entities by unified code, registration number, or words of a present or former name."""
    code = uscc.normalise(wanted)
    if looks_like_code(code):
        found = list(Entity.objects.filter(uscc=code)) or list(
            Entity.objects.filter(regno=regno.normalise(code))
        )
        return Hits(found, len(found), more=False, page=1, pages=1)
    words = [text.normalise_name(word) for word in wanted.split()]
    if not any(len(word) >= SHORTEST for word in words):
        return Hits([], 0, more=False, page=1, pages=1)
    return _page(_ranked(words), page, size)


def looks_like_code(code: str) -> bool:
    return len(code) in {13, 15, 18} and code.isascii() and code.isalnum() and any(map(str.isdigit, code))


def _ranked(words: list[str]) -> list[UUID]:
    """Ids by exactness: the very name, names that begin so, shorter names first; ended entities last."""
    whole = "".join(words)
    with connection.cursor() as cursor:
        cursor.execute(BEGINNING, [whole, whole + LAST, MOST + 1])
        hits: dict[UUID, tuple[UUID, str, str]] = {row[0]: row for row in cursor}
    for row in islice(_containing(words), MOST + 1 - len(hits)):
        hits.setdefault(row[0], row)

    def rank(row: tuple[UUID, str, str]) -> tuple[bool, bool, bool, int, str]:
        _, name, status = row
        return (name != whole, status != "active", not name.startswith(whole), len(name), name)

    return [row[0] for row in sorted(hits.values(), key=rank)]


def _containing(words: list[str]) -> Iterable[tuple[UUID, str, str]]:
    pieces = grams.of_query(words)
    found = Name.objects.exclude(kind=NameKind.RESERVED).filter(grams__contains=pieces)
    # One piece is the word itself; of several, a name may hold each in another place.
    for word in words if len(pieces) > 1 or len(words) > 1 else []:
        found = found.filter(name__icontains=word)
    yield from found.values_list("entity_id", "name", "entity__status")[: MOST + 1]


def _page(ids: list[UUID], page: int, size: int) -> Hits:
    more = len(ids) > MOST
    ids = ids[:MOST]
    pages = max(1, -(-len(ids) // size))
    page = min(max(1, page), pages)
    wanted = ids[(page - 1) * size : page * size]
    found = Entity.objects.in_bulk(wanted)
    return Hits([found[each] for each in wanted], len(ids), more, page, pages)
