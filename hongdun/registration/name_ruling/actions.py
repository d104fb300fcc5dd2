"""Rulings on names: opened by an officer; the register follows the decision (名称规定 art. 21, 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.documents.words import written_date
from hongdun.law import queries as law
from hongdun.outbox import actions as outbox
from hongdun.register import actions as register
from hongdun.register.actions import RegisterError
from hongdun.registration.actions import papers
from hongdun.registration.name_ruling import queries

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity


DISPUTED = "{claimant}就“{name}”（{uscc}）提出的名称争议一案（{number}），经审查：{opinion}。"
STOPPED = (
    "依据《企业名称登记管理规定》第二十三条，该名称应当停止使用。请于{last}前办理名称变更登记；"
    "名称变更前，以统一社会信用代码代替其名称。逾期未办理的，列入经营异常名录。"
)


def open_ruling(
    *, entity: Entity, kind: str, claimant: str, facts: str, submission: UUID, actor: Actor
) -> Case:
    """Open the case at the authority that registered the name (art. 21)."""
    from hongdun.registration.name_ruling.procedure import RULING

    if entity.name == entity.uscc:
        raise cases.Refused(f"{entity.uscc} 的名称已经停止使用，不必再次裁决。")
    data: dict[str, Any] = {
        "kind": kind, "name": entity.name, "uscc": entity.uscc, "claimant": claimant, "facts": facts,
        "applicant": claimant,
    }  # fmt: skip
    return cases.open_case(
        RULING, organ=entity.organ, title=entity.name, submission=submission, actor=actor, data=data, entity=entity.pk
    )  # fmt: skip


def stop_name(case: Case, *, actor: Actor, decision: Decision) -> None:
    """From today the code stands for the name; the company is told to change it within 30 days (art. 23)."""
    entity = queries.entity_of(case)
    today = clock.today()
    try:
        register.stop_name(
            entity=entity, on=today, reason=f"{case.number}：{decision.opinion}", case_id=case.id, actor=actor
        )
    except RegisterError as error:
        raise cases.Refused(str(error)) from error
    last = law.due("name_forced_change", today).date
    cases.tell(
        case, kind="name_stopped", series="名裁决", title="企业名称争议行政裁决书", addressee=case.data["name"],
        paragraphs=[
            DISPUTED.format(**case.data, number=case.number, opinion=decision.opinion.rstrip("。")),
            STOPPED.format(last=written_date(last)),
        ],
        remedies=papers.remedies(case.organ), actor=actor,
    )  # fmt: skip


def decide_listing(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Tell whoever keeps the list of abnormal operations that this authority has decided (art. 23)."""
    outbox.publish(
        "names.listing_decided", organ=case.organ, entity=case.entity, uscc=case.data["uscc"], number=case.number,
        ground="name_not_changed", opinion=decision.opinion, decided_by=actor.person,
    )  # fmt: skip


def raise_overdue(*, actor: Actor) -> int:
    """Open the listing task where the 30 days have passed without a change; returns how many were raised."""
    raised = 0
    for task in queries.waiting_for_rename(due_before=clock.today()):
        entity = queries.entity_of(task.case)
        outcome = "overdue" if entity.name == entity.uscc else "renamed"
        cases.finish_step(task.case.number, "rename", cases.Decision(outcome), actor=actor)
        raised += outcome == "overdue"
    return raised


def note_rename(entity_id: UUID, *, actor: Actor) -> None:
    """The company has another name: what waited for it is done."""
    for task in queries.waiting_for_rename(entity=entity_id):
        entity = queries.entity_of(task.case)
        if entity.name == entity.uscc:
            continue
        cases.finish_step(task.case.number, task.step, cases.Decision("renamed"), actor=actor)
