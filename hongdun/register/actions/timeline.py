"""Writing into the two times: close what was known, keep what stays true, put the new state between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import Func, Value
from django.db.models.functions import Lower

from hongdun.base.ids import uuid7
from hongdun.lib.particulars import Particulars, from_json
from hongdun.register.actions.errors import RegisterError
from hongdun.register.models import Entity, Version, VersionKind, VersionPrivate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    Amend = Callable[[Particulars], Particulars]

# After the lock is held: now() would be older than what another filing wrote while we waited for it.
TICK = """
SELECT greatest(clock_timestamp(), max(greatest(lower(recorded), upper(recorded))) + interval '1 microsecond')
FROM register_version WHERE entity_id = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What every version written by one filing has in common."""

    kind: VersionKind
    organ: int
    case_id: UUID | None = None
    person: UUID | None = None
    note: str = ""


def lock(entity: Entity) -> Entity:
    """Hold the entity until the transaction ends; whoever waited reads what the one before wrote."""
    held = Entity.objects.select_for_update().filter(pk=entity.pk).first()
    if held is None:
        raise RegisterError(f"“{entity.name}”不在您所在机关的登记管辖范围内，请由其登记机关办理")
    return held


def begin(entity: Entity, state: Particulars, *, since: date | None, filing: Filing) -> Version:
    """First version of an entity."""
    return _write(entity, state, DateRange(since, None), at=_tick(entity), filing=filing)


def amend(entity: Entity, start: date | None, end: date | None, change: Amend, *, filing: Filing) -> None:
    """Apply `change` to every known state within [start, end); what was known before stays on record."""
    at = _tick(entity)
    rows = list(
        Version.objects.select_related("private")
        .filter(entity=entity, recorded__upper_inf=True, valid__overlap=DateRange(start, end))
        .order_by("valid")
    )
    closed = Func(Lower("recorded"), Value(at), function="tstzrange")
    Version.objects.filter(pk__in=[row.pk for row in rows]).update(recorded=closed)
    for row in rows:
        for span, inside in _pieces(row.valid, start, end):
            state = _state(row)
            if inside:
                _write(entity, change(state), span, at=at, filing=filing)
            else:
                _write(entity, state, span, at=at, filing=filing)


def _pieces(valid: DateRange, start: date | None, end: date | None) -> list[tuple[DateRange, bool]]:
    """Split a period at both ends of [start, end); True marks the part within."""
    low, high = valid.lower, valid.upper
    first = start if start is not None and (low is None or low < start) else low
    last = end if end is not None and (high is None or end < high) else high
    pieces = [(DateRange(low, first), False)] if first != low else []
    pieces.append((DateRange(first, last), True))
    return pieces + ([(DateRange(last, high), False)] if last != high else [])


def _state(row: Version) -> Particulars:
    private = getattr(row, "private", None)
    return from_json(row.particulars, private.particulars if private else None)


def _write(entity: Entity, state: Particulars, valid: DateRange, *, at: datetime, filing: Filing) -> Version:
    version = Version.objects.create(
        id=uuid7(),
        entity=entity,
        valid=valid,
        recorded=DateTimeTZRange(at, None),
        particulars=state.public(),
        kind=filing.kind,
        organ=filing.organ,
        case_id=filing.case_id,
        person=filing.person,
        note=filing.note,
    )
    hidden = state.private()
    if hidden:
        VersionPrivate.objects.create(
            version=version, organ=filing.organ, case_id=filing.case_id, particulars=hidden
        )
    return version


def _tick(entity: Entity) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(TICK, [entity.pk])
        row = cursor.fetchone()
    return row[0]  # type: ignore[no-any-return]  # one row always: an aggregate
