"""Corrections of the register: what was entered wrong is entered right, as new knowledge about the same days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case
from hongdun.register import actions as register
from hongdun.registration.actions import licences, outcomes
from hongdun.registration.correction import queries as application
from hongdun.registration.correction import wrong
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity
    from hongdun.registration.models import Draft

MODE = "pair"  # whoever finds an entry wrong doesn't decide about it, in any bureau


def submit(draft: Draft, *, actor: Actor) -> Case:
    from hongdun.registration.correction.procedure import CORRECTION

    entity = whose.of(draft.data)
    if draft.sent is None:
        _check(entity, draft.data)
    return effects.open_filing(
        draft, CORRECTION, organ=entity.organ, station=entity.station, title=entity.name, entity=entity.pk, mode=MODE,
        data=application.stored(draft.data, applicant=actor.name), files=document_ids(draft.data),
        involved=[(draft.person, "applicant")], actor=actor,
    )  # fmt: skip


def _check(entity: Entity, data: Mapping[str, Any]) -> None:
    effects.refuse_blocked(application.blockers(entity, on=clock.today()))
    if application.is_overtaken(data):
        raise cases.Incomplete(application.OVERTAKEN, field="right")


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    if application.is_overtaken(decision.data):
        raise cases.Incomplete(application.OVERTAKEN, field="right")
    effects.replace(case, decision, involved=[], actor=actor)


def propose(entity: Entity, right: Mapping[str, Any], *, submission: UUID, actor: Actor) -> Case:
    """An officer found the entry wrong; another decides. Sent twice, it is one case."""
    from hongdun.registration.correction.procedure import EX_OFFICIO

    if known := Case.objects.filter(submission=submission).first():
        return known
    data: dict[str, Any] = {"entity": whose.kept(entity), "right": dict(right), "applicant": entity.name}
    _check(entity, data)
    case = cases.open_case(
        EX_OFFICIO, organ=entity.organ, station=entity.station, title=entity.name, submission=submission, actor=actor,
        data=data, entity=entity.pk, mode=MODE,
    )  # fmt: skip
    if "examiner" not in actor.roles:
        return case
    return cases.finish_step(
        case.number, "examine", Decision("pass", opinion=str(right["proof"])), actor=actor
    )


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:
    """What was known before stays on record; a licence that repeats the mistake is replaced (细则 art. 23).

    Versions of earlier authorities are rewritten as well, whose private parts lie in their ranges: hence the wide scope.
    """
    if application.is_overtaken(case.data):
        raise cases.Refused(application.OVERTAKEN)
    with effects.register_may_refuse(), system_scope(f"更正登记 {case.number}（{actor.name}）"):
        entity = whose.of(case.data)
        printed, found = entity.licence_version, wrong.spans(entity, case.data)
        changes = decision.data["changes"] = [row for span in found for row in span.words()]
        reason = f"{application.CAUSES[case.data['right']['cause']]}；依据：{case.data['right']['proof']}"
        for span in found:
            entity = register.correct(
                entity=entity, items=span.items, valid_from=span.since, valid_until=span.until, reason=reason,
                case_id=case.id, actor=actor,
            )  # fmt: skip
        case.title = entity.name
    outcomes.corrected(case, entity, changes, reason=reason, actor=actor)
    decision.data["reissued"] = ["licence"] if entity.licence_version != printed else []
    if decision.data["reissued"]:
        licences.issue_first(case, entity, actor=actor)
