"""Ending an enterprise after its liquidation (条例 art. 31, 32, 细则 art. 46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.register import actions as register
from hongdun.registration import allowable
from hongdun.registration.actions import outcomes
from hongdun.registration.cancellation.ordinary import queries as application
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft

ARTICLE = "《市场主体登记管理条例》第三十一条"


def submit(draft: Draft, *, actor: Actor) -> Case:
    from hongdun.registration.cancellation.ordinary.procedure import CANCELLATION

    entity = whose.of(draft.data)
    if draft.sent is None:
        effects.refuse_blocked(application.blockers(entity, on=clock.today()))
    return effects.open_filing(
        draft, CANCELLATION, organ=entity.organ, station=entity.station, title=entity.name, entity=entity.pk,
        data=application.stored(draft.data, applicant=actor.name), files=document_ids(draft.data),
        involved=[(draft.person, "applicant")], actor=actor,
    )  # fmt: skip


def cancel(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """From today the enterprise is no more; its name is kept for a year (条例 art. 31, 名称规定 art. 17)."""
    entity = whose.of(case.data)
    for blocker in allowable.branches(entity):
        raise cases.Refused(f"{blocker.text}（{blocker.article}）")
    with effects.register_may_refuse():
        entity = register.set_status(
            entity=entity, status="cancelled", on=clock.today(), reason=f"注销登记（{case.number}）", case_id=case.id,
            actor=actor,
        )  # fmt: skip
        outcomes.cancelled(case, entity, article=ARTICLE, actor=actor)
