"""Reading the register: today, as of a date, as known on a date, filing by filing, by name or code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection

from hongdun.lib import grams, regno, text, uscc
from hongdun.lib.comparison import Change, differences
from hongdun.lib.particulars import ENDED, Particulars, from_json
from hongdun.register.models import Entity, FormerName, Licence, Version, VersionKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

MOST = 1000  # hits that are fetched and counted; beyond, the page says "more than"
SHORTEST = 2

# Of the entity itself only what no filing about its particulars changes; the rest stands in the version.
IDENTITY = ("id", "uscc", "organ", "station", "version", "licence_version", "remarks", "status", "name")
# Written out, because composing this statement takes the ORM longer than running it takes the database.
# IS TRUE keeps the planner off the index of the exclusion constraint: an entity has few versions, the key finds them.
AS_OF = f"""
SELECT v.id, v.entity_id, v.valid, v.recorded, v.particulars, v.kind, v.organ, v.case_id, v.person, v.note,
    {", ".join(f"e.{name} AS e_{name}" for name in IDENTITY)}
FROM register_entity e JOIN register_version v ON v.entity_id = e.id
WHERE e.uscc = %s AND (v.valid @> %s::date) IS TRUE
    AND (v.recorded @> coalesce(%s::timestamptz, 'infinity')) IS TRUE
"""  # noqa: S608 - constants
# In the order of the index for name prefixes: else a common beginning is read and sorted whole for its first rows.
BEGINNING = """
SELECT id, name, status FROM register_entity
WHERE name ~>=~ %s AND name ~<~ %s ORDER BY name USING ~<~ LIMIT %s
"""
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class State:
    """One state of an entity: `version` says when it held and when the register knew it."""

    entity: Entity
    version: Version
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class Filing:
    """One entry into the register: what it changed, from when, and when it was entered."""

    kind: VersionKind
    entered: datetime
    valid_from: date | None
    valid_until: date | None
    organ: int
    note: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` is exact unless `more`: then only the first MOST were counted."""

    entities: list[Entity]
    total: int
    more: bool
    page: int
    pages: int


def _readable() -> QuerySet[Entity]:
    return Entity.objects.defer("grams")


def current(code: str) -> Entity | None:
    """The entity of a unified code, whatever its status."""
    return _readable().filter(uscc=code).first()


def name_taken(name: str, *, bearer: UUID | None = None) -> str:
    """Why nobody but `bearer` may take this name: a live entity has it (企业名称登记管理规定 art. 17); else empty."""
    live = Entity.objects.filter(name=name).exclude(status__in=ENDED)
    others = live.exclude(pk=bearer) if bearer else live
    code = others.values_list("uscc", flat=True).first()
    if code is None:
        return ""
    return f"“{name}”已被统一社会信用代码 {code} 的企业使用，请换一个字号（企业名称登记管理规定第十七条）。"


def as_of(code: str, on: date, known: datetime | None = None) -> State | None:
    """State on a legal date as the register knows it now, or knew it at the moment `known`."""
    for version in Version.objects.raw(AS_OF, [code, on, known]):
        version.entity = Entity.from_db(
            "default", IDENTITY, [getattr(version, f"e_{name}") for name in IDENTITY]
        )
        return State(version.entity, version, from_json(version.particulars))
    return None


def latest(entity: Entity) -> State:
    """The state that holds for an indefinite time from now on, as known now."""
    version = Version.objects.get(entity=entity, recorded__upper_inf=True, valid__upper_inf=True)
    return State(entity, version, from_json(version.particulars))


def full(version: Version) -> Particulars:
    """Particulars with persons and hidden roles; only what the caller's scope lets through."""
    private = getattr(version, "private", None)
    return from_json(version.particulars, private.particulars if private else None)


def history(entity: Entity, known: datetime | None = None) -> list[Filing]:
    """Every filing known at a moment (now if None), oldest first, with what it changed."""
    versions = Version.objects.filter(entity=entity)
    if known:
        versions = versions.filter(recorded__startswith__lte=known)
    rows = sorted(versions, key=lambda row: (row.known_from, row.valid_from is not None, row.valid_from or 0))
    return [filing for row in rows if (filing := _filing(row, rows)) is not None]


def _filing(row: Version, rows: list[Version]) -> Filing | None:
    """None for the part of an earlier state that a filing left as it was."""
    before = next((each for each in rows if _was_known_before(each, row)), None)
    changes = differences(from_json(before.particulars), from_json(row.particulars)) if before else []
    if before is not None and not changes:
        return None
    return Filing(
        VersionKind(row.kind),
        row.known_from,
        row.valid_from,
        row.valid_until,
        row.organ,
        row.note,
        changes,
    )


def _was_known_before(earlier: Version, row: Version) -> bool:
    """Whether `earlier` is what the register said of the first day of `row` until `row` was entered."""
    starts_within = earlier.valid_from is None or (
        row.valid_from is not None and earlier.valid_from <= row.valid_from
    )
    ends_after = earlier.valid_until is None or (
        row.valid_from is not None and row.valid_from < earlier.valid_until
    )
    return earlier.recorded.upper == row.known_from and starts_within and ends_after


def licences(entity: Entity) -> QuerySet[Licence]:
    return entity.licences.all()


def licence_state(serial: str) -> Licence | None:
    """The sheet with this number, its entity beside it; `state` is today's."""
    return Licence.objects.select_related("entity").filter(serial=serial).first()


def find(wanted: str, *, page: int = 1, size: int = 20) -> Hits:
    """Entities by unified code, registration number, or words of a present or former name."""
    code = uscc.normalise(wanted)
    if looks_like_code(code):
        found = list(_readable().filter(uscc=code)) or list(_readable().filter(regno=regno.normalise(code)))
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
    now = Entity.objects.filter(grams__contains=pieces)
    then = FormerName.objects.filter(grams__contains=pieces)
    # One piece is the word itself; of several, a name may hold each in another place.
    for word in words if len(pieces) > 1 or len(words) > 1 else []:
        now, then = now.filter(name__icontains=word), then.filter(name__icontains=word)
    yield from now.values_list("id", "name", "status")[: MOST + 1]
    yield from then.values_list("entity_id", "name", "entity__status")[: MOST + 1]


def _page(ids: list[UUID], page: int, size: int) -> Hits:
    more = len(ids) > MOST
    ids = ids[:MOST]
    pages = max(1, -(-len(ids) // size))
    page = min(max(1, page), pages)
    wanted = ids[(page - 1) * size : page * size]
    found = _readable().in_bulk(wanted)
    return Hits([found[each] for each in wanted], len(ids), more, page, pages)
