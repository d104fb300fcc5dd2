"""What the steps of a shop's change do, whether it came by phone or from the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.parties import actions as parties
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration.actions import licences, outcomes
from hongdun.registration.individual import terms
from hongdun.registration.individual.change import queries as application
from hongdun.registration.individual.steps import MODE, in_the_bureaus_name
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    from hongdun.registration.individual.change.procedure import CHANGE

    entity = whose.of(draft.data)
    if draft.sent is None:
        check(entity, draft.data)
    return effects.open_filing(
        draft, CHANGE, organ=entity.station or entity.organ, station=entity.station, title=entity.name,
        data=application.stored(draft.data, applicant=actor.name), entity=entity.pk,
        files=document_ids(draft.data), involved=involved(draft.data, applicant=draft.person), actor=actor, mode=MODE,
    )  # fmt: skip


def take_in(data: dict[str, Any], *, submission: UUID, received: date, actor: Actor) -> Case:
    """An officer fills in for the person at the counter; sent twice, it is one case (细则 art. 17)."""
    from hongdun.registration.individual.change.procedure import CHANGE

    if known := Case.objects.filter(submission=submission).first():
        return known
    entity = whose.of(data)
    check(entity, data)
    case = cases.open_case(
        CHANGE, organ=entity.station or entity.organ, station=entity.station, title=entity.name, submission=submission,
        actor=actor, entity=entity.pk, received=received, data=data, mode=MODE,
    )  # fmt: skip
    for person, role in involved(data, applicant=None):
        parties.involve(person, case_id=case.id, organ=case.organ, role=role, actor=actor)
    return case


def check(entity: Entity, data: Mapping[str, Any]) -> None:
    """Nothing came in between since the page was filled in, and something is to be changed."""
    effects.refuse_blocked(application.blockers(entity, on=clock.today()))
    if not application.changes(data):
        raise cases.Incomplete("没有改动任何一项，请修改后再提交。", field="wanted")


def involved(data: Mapping[str, Any], *, applicant: UUID | None) -> Iterator[tuple[UUID, str]]:
    found = {(applicant, "applicant")} if applicant else set()
    wanted = data["wanted"]
    if wanted.get("operator"):
        found |= {(UUID(wanted["operator"]["person"]), "legal_representative")}
    found |= {(UUID(each["person"]), "member") for each in wanted["family"]}
    yield from sorted(found, key=str)


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    effects.replace(case, decision, involved=involved(decision.data, applicant=case.person), actor=actor)


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:
    enter(case, actor=actor, decision=decision)
    give_papers(case, actor=actor, decision=decision)


def enter(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Enter what was asked for from today on."""
    with effects.register_may_refuse(), in_the_bureaus_name(actor):
        entity = whose.of(case.data)
        decision.data["changes"] = application.changes(case.data)  # kept with the case
        before = register_queries.full(register_queries.latest(entity).version)
        printed = entity.licence_version
        entity = register.change(
            entity=entity, particulars=application.wanted(before, case.data), valid_from=clock.today(), case_id=case.id,
            actor=actor, naming=naming(entity, case.data),
        )  # fmt: skip
        case.title = entity.name
        decision.data["reissued"] = ["licence"] if entity.licence_version != printed else []


def give_papers(case: Case, *, actor: Actor, decision: Decision) -> None:
    """The notice, and a new licence where the old one no longer says what is registered (细则 art. 23)."""
    kept = case.data | decision.data
    with effects.register_may_refuse(), in_the_bureaus_name(actor):
        entity = whose.of(case.data)
        outcomes.changed(case, entity, kept["changes"], actor=actor)
        if kept["reissued"]:
            licences.issue_first(case, entity, actor=actor)


def naming(entity: Entity, data: Mapping[str, Any]) -> Naming:
    return terms.naming({"name": data["wanted"], "domicile": {"organ": entity.organ}}, reserved=())
