"""States of an entity: today, as of a date, as known on a date, filing by filing; its licences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib.comparison import Change, differences
from hongdun.lib.particulars import Particulars, from_json
from hongdun.register.models import Entity, Licence, Version, VersionKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

# Of the entity itself only what no filing about its particulars changes; the rest stands in the version.
# In the order of the model's fields, since `from_db` takes the values in that order whatever the names.
IDENTITY = ("id", "uscc", "name", "status", "organ", "station", "remarks", "version", "licence_version")
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


def latest_of(code: str) -> State:
    """`latest` of the entity of a unified code, both in one statement; raises Version.DoesNotExist."""
    version = Version.objects.select_related("entity").get(
        entity__uscc=code, recorded__upper_inf=True, valid__upper_inf=True
    )
    return State(version.entity, version, from_json(version.particulars))


def open_versions(entity: Entity) -> list[Version]:
    """What the register holds true today, in the order of time."""
    found = Version.objects.select_related("private").filter(entity=entity, recorded__upper_inf=True)
    return list(found.order_by("valid"))


def full(version: Version) -> Particulars:
    """Particulars with persons and hidden roles; only what the caller's scope lets through."""
    private = getattr(version, "private", None)
    return from_json(version.particulars, private.particulars if private else None)


def history(entity: Entity, known: datetime | None = None) -> list[Filing]:
    """Every filing known at a moment (now if None), oldest first, with what it changed."""
    versions = Version.objects.filter(entity=entity)
    return filings(versions.filter(recorded__startswith__lte=known) if known else versions)


def filings(versions: Iterable[Version]) -> list[Filing]:
    """The filings that entered these rows, oldest first; the rows that they replaced must be among them."""
    rows = sorted(versions, key=lambda row: (row.known_from, row.valid_from is not None, row.valid_from or 0))
    ended = by_end(rows)
    return [filing for row in rows if (filing := _filing(row, ended[row.known_from])) is not None]


def by_end(rows: Iterable[Version]) -> defaultdict[datetime, list[Version]]:
    """Rows by the moment at which the register ceased to say so."""
    ended: defaultdict[datetime, list[Version]] = defaultdict(list)
    for row in rows:
        ended[row.recorded.upper].append(row)
    return ended


def what_changed(row: Version, ended: Iterable[Version]) -> list[Change] | None:
    """What differs from the row that said it before; None for the first entry. `ended`: those it replaced."""
    before = next((each for each in ended if _holds_on_first_day(each, row)), None)
    return differences(from_json(before.particulars), from_json(row.particulars)) if before else None


def _filing(row: Version, ended: list[Version]) -> Filing | None:
    """None for the part of an earlier state that a filing left as it was."""
    changes = what_changed(row, ended)
    if changes is not None and not changes:
        return None
    return Filing(
        VersionKind(row.kind),
        row.known_from,
        row.valid_from,
        row.valid_until,
        row.organ,
        row.note,
        changes or [],
    )


def _holds_on_first_day(earlier: Version, row: Version) -> bool:
    starts_within = earlier.valid_from is None or (
        row.valid_from is not None and earlier.valid_from <= row.valid_from
    )
    ends_after = earlier.valid_until is None or (
        row.valid_from is not None and row.valid_from < earlier.valid_until
    )
    return starts_within and ends_after


def licences(entity: Entity) -> QuerySet[Licence]:
    return entity.licences.all()


def licence_state(serial: str) -> Licence | None:
    """The sheet with this number, its entity beside it; `state` is today's."""
    return Licence.objects.select_related("entity").filter(serial=serial).first()
