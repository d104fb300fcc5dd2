"""What the steps of an establishment do: the name is checked once more, the company entered, its licence issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.register.models import Entity
from hongdun.registration import jurisdiction, kinds
from hongdun.registration.actions import licences, papers, writings
from hongdun.registration.establishment import queries as application
from hongdun.registration.queries import noted_reservations, reservations
from hongdun.registration.steps import effects
from hongdun.registration.topics import holders, terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    from hongdun.registration.establishment.procedure import PROCEDURES

    data = draft.data
    if draft.sent is None:
        _check(data, draft.person)
        data = writings.printed(data, actor=actor)
    return effects.open_filing(
        draft, PROCEDURES[draft.procedure_code], organ=data["domicile"]["organ"], station=data["station"]["station"],
        title=data["name"]["name"],
        data=application.stored(data, applicant=actor.name) | noted_reservations(draft.person),
        files=terms.document_ids(data), involved=terms.involved(data, applicant=draft.person), actor=actor,
    )  # fmt: skip


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    """A mended application replaces the first one; what was sent before stays in the archive of the case."""
    _check(decision.data, case.person)
    mended = writings.printed(decision.data, actor=actor)
    fresh = terms.document_ids(mended) - terms.document_ids(case.data)
    case.title = mended["name"]["name"]
    case.data = case.data | mended | noted_reservations(case.person)
    effects.take_in(case, files=fresh, involved=terms.involved(case.data, applicant=case.person), actor=actor)


def _check(data: Mapping[str, Any], applicant: UUID | None) -> None:
    """What one page said may no longer suit what another says now: authority, number of holders, the name."""
    today, name = clock.today(), data["name"]
    owner = "provincial" if name.get("provincial") else ""
    if problem := jurisdiction.problem(name["type"], data["domicile"]["organ"], owner=owner, on=today):
        raise cases.Incomplete(problem, field="domicile")
    if "shareholders" in data:
        rows = data["shareholders"]["rows"]
        for problem in holders.problems(kinds.holders_of(name["type"]), rows, on=today):
            raise cases.Incomplete(problem, field="shareholders")
    writings.check(application.kind_of(data), data)
    _check_name(data, applicant)


def _check_name(data: Mapping[str, Any], applicant: UUID | None) -> None:
    """The name was free when its page was filled in, weeks ago perhaps; it is held only when it is entered."""
    found = register_queries.conflicts(
        data["name"]["name"], terms.naming(data, reserved=reservations(applicant))
    )
    if found.blocking:
        first = found.blocking[0]
        raise cases.Incomplete(f"{first.explanation}（{first.article}），请换一个字号。", field="name")


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:
    enter(case, actor=actor, decision=decision)
    give_papers(case, actor=actor, decision=decision)


def enter(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Enter the company; its licence is dated and it exists from this day on (条例 art. 21)."""
    today = clock.today()
    with effects.register_may_refuse():
        entity = register.establish(
            particulars=application.particulars(case.data, established=today),
            organ=case.organ,
            station=case.station,
            on=today,
            case_id=case.id,
            actor=actor,
            naming=terms.naming(case.data, reserved=case.data.get("reservations", ())),
        )
    case.entity = entity.id


def give_papers(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """The licence and the notice of registration."""
    assert case.entity
    entity = Entity.objects.get(pk=case.entity)
    with effects.register_may_refuse():
        licences.issue_first(case, entity, actor=actor)
        papers.registered(case, entity, actor=actor)
