"""All that the page of an entity shows, read in one statement: the page is hot, the ORM would take longer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from hongdun.base import wire
from hongdun.lib.particulars import Particulars, from_json
from hongdun.portal.queries.branches import ENDINGS, Related
from hongdun.register import queries as register
from hongdun.register.models import Entity, Licence, Version
from hongdun.register.models.licences import copy_label

if TYPE_CHECKING:
    from hongdun.register.queries import Filing

RECENT = 10  # filings on the page itself; older ones have pages of their own
LISTED = 20  # sheets of the licence, decisions on the status, branches

# Filings are numbered from the newest; of the versions only those that the wanted filings wrote or replaced.
# ANY keeps the planner off the index of the exclusion constraint: an entity has few versions, the key finds them.
STATEMENT = wire.Statement(
    f"""
WITH e AS MATERIALIZED (SELECT * FROM register_entity WHERE uscc = $1),
v AS MATERIALIZED (
    SELECT kind, organ, note, particulars, lower(valid) AS since, upper(valid) AS until, lower(recorded) AS known,
        upper(recorded) AS ended, dense_rank() OVER (ORDER BY lower(recorded) DESC) AS number
    FROM register_version WHERE entity_id = ANY(ARRAY[(SELECT id FROM e)])
),
span AS MATERIALIZED (
    SELECT min(known) FILTER (WHERE number BETWEEN $2 AND $3) AS since,
        max(known) FILTER (WHERE number BETWEEN $2 AND $3) AS until,
        max(number) AS filings, bool_or(kind IN ('import', 'generate')) AS loaded FROM v
)
SELECT json_build_array(
    json_build_array({", ".join(f"e.{name}" for name in register.IDENTITY)}),
    e.closed, coalesce(o.name, e.organ::text), span.filings, span.loaded, span.since, span.until,
    (SELECT json_agg(json_build_array(v.kind, v.organ, v.note, v.since, v.until, v.known, v.ended, v.particulars))
        FROM v WHERE v.known BETWEEN span.since AND span.until OR v.ended BETWEEN span.since AND span.until
            OR v.ended IS NULL AND v.until IS NULL),
    (SELECT json_agg(json_build_array(l.serial, l.copy, l.duplicate_no, l.issued_on, l.state, l.state_since))
        FROM (SELECT * FROM register_licence WHERE entity_id = e.id
            ORDER BY issued_on DESC, serial DESC LIMIT {LISTED + 1}) l),
    (SELECT json_agg(json_build_array(s.status, s.on, s.reason, coalesce(p.name, s.organ::text)))
        FROM (SELECT * FROM register_statusevent WHERE entity_id = e.id
            ORDER BY "on" DESC, recorded DESC LIMIT {LISTED + 1}) s LEFT JOIN org_organ p ON p.code = s.organ),
    (SELECT json_agg(json_build_array(f.name, f.until) ORDER BY f.until DESC)
        FROM register_name f WHERE f.entity_id = e.id AND f.kind = 'former'),
    (SELECT json_agg(json_build_array(b.name, b.uscc, b.status))
        FROM (SELECT name, uscc, status FROM register_entity
            WHERE e.kind <> 'individual' AND name ~>~ e.name AND name ~<~ (e.name || chr(1114111))
                AND (e.name LIKE '%公司' OR name ~ '({ENDINGS})$')
            ORDER BY name USING ~<~ LIMIT {LISTED + 1}) b))
FROM e LEFT JOIN org_organ o ON o.code = e.organ CROSS JOIN span
"""  # noqa: S608 - constants
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed licence."""

    serial: str
    copy: str
    duplicate_no: int
    issued_on: date
    state: str
    state_since: date

    @property
    def copy_label(self) -> str:
        return copy_label(self.copy, self.duplicate_no)

    @property
    def state_label(self) -> str:
        return Licence.State(self.state).label


@dataclass(frozen=True, slots=True)
class Decision:
    """One change of the status, and why."""

    status: str
    on: date
    reason: str
    organ: str


@dataclass(frozen=True, slots=True)
class FormerName:
    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An entity as the public sees it; `filings` are those asked for, oldest first, of `filed` in all.

    Lists of sheets, decisions and branches hold one more than LISTED when there are more.
    """

    entity: Entity
    state: Particulars
    closed: date | None
    authority: str
    filed: int
    loaded: bool
    filings: list[Filing]
    licences: list[Sheet]
    decisions: list[Decision]
    former_names: list[FormerName]
    branches: list[Related]


def read(uscc: str, *, first: int = 1, last: int = RECENT) -> Reading | None:
    """The entity with its filings number `first` to `last`, counted from the newest."""
    row = wire.row(STATEMENT, uscc, str(first), str(last))
    return _reading(json.loads(row[0] or b"")) if row else None


def _reading(row: list[Any]) -> Reading:
    own, closed, authority, filed, loaded, since, until, *lists = row
    versions, sheets, decisions, names, branches = (each or [] for each in lists)
    states = [_version(each) for each in versions]
    latest = next(each for each in states if each.recorded.upper is None and each.valid.upper is None)
    return Reading(
        entity=Entity.from_db("default", register.IDENTITY, [UUID(own[0]), *own[1:]]),
        state=from_json(latest.particulars),
        closed=closed and _day(closed),
        authority=authority,
        filed=filed,
        loaded=loaded,
        filings=_within(states, since, until) if since else [],
        licences=[_sheet(each) for each in sheets],
        decisions=[Decision(status, _day(on), reason, organ) for status, on, reason, organ in decisions],
        former_names=[FormerName(name, _day(end)) for name, end in names],
        branches=[Related(*each) for each in branches],
    )


def _within(states: list[Version], since: str, until: str) -> list[Filing]:
    first, last = datetime.fromisoformat(since), datetime.fromisoformat(until)
    return [each for each in register.filings(states) if first <= each.entered <= last]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _sheet(row: list[Any]) -> Sheet:
    serial, copy, number, issued, state, since = row
    return Sheet(serial, copy, number, _day(issued), state, _day(since))


def _version(row: list[Any]) -> Version:
    kind, organ, note, start, end, known, known_until, particulars = row
    return Version(
        kind=kind,
        organ=organ,
        note=note,
        valid=DateRange(start and _day(start), end and _day(end)),
        recorded=DateTimeTZRange(
            datetime.fromisoformat(known), known_until and datetime.fromisoformat(known_until)
        ),
        particulars=particulars,
    )
