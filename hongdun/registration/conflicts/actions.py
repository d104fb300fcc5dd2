"""Who may hold no post or file nothing is entered with the paper that says so, and lifted with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.parties import actions as parties
from hongdun.parties import queries as people
from hongdun.registration.conflicts import queries
from hongdun.registration.conflicts.models import FilingPlace, PersonBar

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case


def last_day(ground: str, since: date) -> date | None:
    """By the rule of the same code; None where the law ties it to its cause and not to a number of years."""
    try:
        return law.due(ground, since).date
    except law.LawError:
        return None


def enter_bar(*, name: str, id_number: str, ground: str, since: date, basis: str, actor: Actor) -> PersonBar:
    """The person is kept by number like any other, so that every later filing finds it; entered twice, it is one."""
    assert actor.organ
    assert actor.person
    found = law.ground(ground, since)
    person = parties.remember_person(name=name, id_number=id_number, actor=actor)
    same = PersonBar.objects.filter(person__in=people.statements_of(person.pk), lifted=None)
    if known := same.filter(organ=actor.organ, ground=ground, since=since, basis=basis.strip()).first():
        return known
    row = PersonBar.objects.create(
        organ=actor.organ, person=person.pk, name=name, ground=ground, since=since, until=last_day(ground, since),
        basis=basis.strip(), recorded_by=actor.person,
    )  # fmt: skip
    audit.record(
        "bar.entered",
        actor=actor,
        subject=person.pk,
        organ=actor.organ,
        reason=basis,
        ground=str(found),
        since=since,
    )
    return row


def note_place(case: Case) -> None:
    """So that other filings at the same address are found; a mended application may name another."""
    if address := queries.address_of(case.data):
        FilingPlace.objects.update_or_create(
            case=case, defaults={"organ": case.organ, "address": address[:500]}
        )


def lift_bar(bar: UUID, *, reason: str, actor: Actor) -> PersonBar:
    row = PersonBar.objects.select_for_update().get(pk=bar, organ__range=actor.range, lifted=None)
    row.lifted, row.why_lifted = clock.today(), reason.strip()
    row.save(update_fields=["lifted", "why_lifted"])
    audit.record("bar.lifted", actor=actor, subject=row.person, organ=row.organ, reason=reason)
    return row
