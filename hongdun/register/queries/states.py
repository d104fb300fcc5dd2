"""States of an entity: today, as of a date, as known on a date, filing by filing; its licences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib.comparison import Change, differences
from hongdun.lib.particulars import Particulars, from_json
from hongdun.register.models import Entity, Licence, Version, VersionKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

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


def current(code: str) -> Entity | None:
    """The entity of a unified code, whatever its status."""
    return Entity.objects.filter(uscc=code).first()


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
