"""What else the people, the name and the place of a filing are found in: one statement, every branch by an index."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.urls import reverse

from hongdun.base import blocks, clock
from hongdun.base.scope import system_scope
from hongdun.law import queries as law
from hongdun.lib.particulars import ROLES
from hongdun.register.models import Entity
from hongdun.registration.conflicts import words
from hongdun.registration.conflicts.models import PersonBar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongdun.base.actor import Actor
    from hongdun.base.parts import Finding
    from hongdun.cases.models import Case
    from hongdun.law.models import Ground

PAGE = 50
MOST = 20  # of each kind; more would tell the officer nothing new
COUNTED = 101
OFTEN_PHONE, OFTEN_FILER = 5, 20  # filings of one year under different hands that are out of the usual
YEAR = timedelta(days=365)
# Steps after the decision: whatever stands there is no rival any longer.
AFTERWARDS = "('counter', 'archivist')"
UNDECIDED = f"""c.closed IS NULL AND c.id <> %(case)s AND EXISTS (
    SELECT 1 FROM cases_task t WHERE t.case_id = c.id AND t.done IS NULL AND t.role NOT IN {AFTERWARDS})"""  # noqa: S608
# Columns: kind, whom or what it is about, then what the kind says of it.
SOUGHT = f"""
WITH people AS MATERIALIZED (
  SELECT p.id, p.name, p.id_hash, p.phone_hash, i.role FROM parties_involvement i
  JOIN parties_person p ON p.id = i.person_id WHERE i.case_id = %(case)s
), same AS MATERIALIZED (
  SELECT DISTINCT m.name, q.id FROM people m JOIN parties_person q ON q.id_hash = m.id_hash WHERE m.id_hash <> ''
  UNION SELECT name, id FROM people
), seats AS MATERIALIZED (
  SELECT s.name, e.id, e.uscc, e.name AS entity, e.status, array_agg(DISTINCT l.role) AS roles
  FROM same s JOIN register_personlink l ON l.person = s.id JOIN register_entity e ON e.id = l.entity_id
  WHERE e.id IS DISTINCT FROM %(entity)s::uuid GROUP BY s.name, e.id LIMIT {COUNTED}
)
(SELECT 'revoked', s.name, s.entity, s.uscc, v."on"::text, '' FROM seats s
  JOIN register_statusevent v ON v.entity_id = s.id
  WHERE v.status = 'revoked' AND v."on" > %(revoked)s AND 'legal_representative' = ANY (s.roles) LIMIT {MOST})
UNION ALL
(SELECT 'seat', name, entity, uscc, array_to_string(roles, ','), id::text FROM seats
  WHERE status NOT IN ('cancelled', 'annulled') LIMIT {COUNTED})
UNION ALL
(SELECT DISTINCT 'bar', s.name, b.ground, b.since::text, coalesce(b.until::text, ''), b.basis
  FROM same s JOIN registration_personbar b ON b.person = s.id
  WHERE b.lifted IS NULL AND b.since <= %(today)s AND (b.until IS NULL OR b.until >= %(today)s) LIMIT {MOST})
UNION ALL
(SELECT 'entity', c.number, c.title, c.procedure_code, c.organ::text, '' FROM cases_case c
  WHERE c.entity = %(entity)s::uuid AND {UNDECIDED} LIMIT {MOST})
UNION ALL
(SELECT 'name', c.number, c.title, c.procedure_code, c.organ::text, '' FROM cases_case c
  WHERE c.title = %(title)s AND c.entity IS NULL AND {UNDECIDED} LIMIT {MOST})
UNION ALL
(SELECT 'address', c.number, c.title, c.procedure_code, c.organ::text, '' FROM (SELECT case_id FROM registration_filingplace
    WHERE address = %(address)s AND address <> '' ORDER BY case_id DESC LIMIT {COUNTED}) p
  JOIN cases_case c ON c.id = p.case_id WHERE {UNDECIDED} LIMIT {MOST})
UNION ALL
(SELECT 'phone', m.name, n.cases::text, '', '', '' FROM (SELECT DISTINCT name, phone_hash FROM people WHERE phone_hash <> '') m
  CROSS JOIN LATERAL (SELECT count(DISTINCT f.case_id) AS cases FROM (SELECT i.case_id FROM parties_person q
    JOIN parties_involvement i ON i.person_id = q.id AND i.case_id > %(year)s::uuid
    WHERE q.phone_hash = m.phone_hash AND q.name <> m.name LIMIT {COUNTED}) f) n
  WHERE n.cases >= {OFTEN_PHONE})
UNION ALL
(SELECT 'filer', m.name, n.cases::text, '', '', '' FROM (SELECT DISTINCT name, id_hash FROM people
    WHERE role IN ('applicant', 'agent') AND id_hash <> '') m
  CROSS JOIN LATERAL (SELECT count(DISTINCT f.case_id) AS cases FROM (SELECT i.case_id FROM parties_person q
    JOIN parties_involvement i ON i.person_id = q.id AND i.case_id > %(year)s::uuid AND i.role IN ('applicant', 'agent')
    WHERE q.id_hash = m.id_hash LIMIT {COUNTED}) f) n
  WHERE n.cases >= {OFTEN_FILER})
"""  # noqa: S608 - constants of our own


class Row(NamedTuple):
    kind: str
    of: str
    a: str
    b: str
    c: str
    d: str


def findings(case: Case) -> list[Finding]:
    """What an officer has to know before deciding this filing, the gravest first."""
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in _sought(case):
        by_kind[row.kind].append(row)
    found = [each for kind, make in MAKERS.items() for each in make(by_kind[kind], case)]
    return sorted(found, key=lambda each: words.ORDER.index(each.tone))


def barring(case: Case) -> int:
    """How many findings the law holds against the filing, as long as nobody has looked into them."""
    return sum(each.tone == words.STOP for each in findings(case))


def _sought(case: Case) -> list[Row]:
    today = clock.today()
    asked = {
        "case": case.pk, "entity": case.entity, "title": case.title, "today": today, "address": address_of(case.data),
        "revoked": years_before(today, law.rule("bar_revocation", today).value), "year": _id_of(today - YEAR),
    }  # fmt: skip
    with system_scope("查申请中的人员、名称、地址在别处的情况"), connection.cursor() as cursor:
        cursor.execute(SOUGHT, asked)
        return [Row(*row) for row in cursor.fetchall()]


def address_of(data: Mapping[str, Any]) -> str:
    return str((data.get("domicile") or {}).get("address") or "")


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; of 29 February the day before."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _id_of(day: date) -> UUID:
    """The lowest UUIDv7 of a day: keys of cases are in the order of their making."""
    milliseconds = int(datetime.combine(day, time.min, tzinfo=UTC).timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76)


def _revoked(rows: list[Row], case: Case) -> Iterator[Finding]:  # noqa: ARG001 - all makers take both
    for row in rows:
        yield words.revoked(row.of, entity=row.a, on=row.c, link=(row.a, f"/entity/{row.b}/"))


def _bars(rows: list[Row], case: Case) -> Iterator[Finding]:  # noqa: ARG001
    for row in rows:
        ground = law.ground(row.a, date.fromisoformat(row.b))
        yield words.bar(row.of, ground=ground, since=row.b, until=row.c, basis=row.d)


def _seats(rows: list[Row], case: Case) -> Iterator[Finding]:  # noqa: ARG001
    """Per person where else they are; and what stands against those entities, from whoever keeps it."""
    listed = _listed([row.d for row in rows])
    people: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        people[row.of].append(row)
        for text in listed.get(row.d, ()):
            yield words.listed(row.of, text=text, link=(row.a, f"/entity/{row.b}/"))
    for name, held in people.items():
        seats = [(row.a, f"/entity/{row.b}/", "、".join(map(_role, row.c.split(",")))) for row in held]
        yield words.elsewhere(name, seats)


def _role(code: str) -> str:
    return "股东（出资人）" if code == "shareholder" else ROLES.get(code, code)


def _listed(ids: list[str]) -> dict[str, list[str]]:
    """Only where some part of the platform keeps such facts, and of few entities."""
    if not blocks.SOURCES or not ids:
        return {}
    entities = Entity.objects.in_bulk(ids[:MOST])
    kinds = {"abnormal", "serious", "lost_contact"}
    return {
        str(key): [f.text for f in blocks.standing(entity, on=clock.today()) if f.kind in kinds]
        for key, entity in entities.items()
    }


def _open(kind: str) -> Any:
    def make(rows: list[Row], case: Case) -> Iterator[Finding]:
        if rows:
            links = [(r.of, reverse("cases:case", args=[r.of])) for r in rows if int(r.c) == case.organ]
            yield words.open_filings(kind, [(r.of, r.a, r.b) for r in rows], links=links)

    return make


def _often(kind: str) -> Any:
    def make(rows: list[Row], case: Case) -> Iterator[Finding]:  # noqa: ARG001
        for row in rows:
            yield words.often(kind, row.of, int(row.a), most=COUNTED)

    return make


MAKERS = {
    "bar": _bars, "revoked": _revoked, "entity": _open("entity"), "name": _open("name"), "address": _open("address"),
    "phone": _often("phone"), "filer": _often("filer"), "seat": _seats,
}  # fmt: skip


def bars(actor: Actor, *, name: str = "", before: UUID | None = None) -> list[PersonBar]:
    """Bars recorded in the actor's range, newest first; one more than a page."""
    found = PersonBar.objects.filter(organ__range=actor.range)
    if name:
        found = found.filter(name=name)
    if before:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[: PAGE + 1])


def bar_grounds(on: date | None = None) -> tuple[Ground, ...]:
    return law.grounds("person", on, kind="bar")
