"""Liquidators tell the public who they are and creditors until when they have to come (条例 art. 32)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.outbox import actions as outbox
from hongdun.registration.liquidation import queries as application
from hongdun.registration.models import LiquidationNotice
from hongdun.registration.publicity import actions as publicity
from hongdun.registration.publicity.models import Announcement
from hongdun.registration.steps import announcing
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    return announcing.submit(
        draft, application.stored(draft.data, applicant=actor.name), why="发布清算公告", actor=actor,
        blockers=application.blockers(whose.of(draft.data), on=clock.today()),
    )  # fmt: skip


def publish(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    entity, value, today = whose.of(case.data), case.data["notice"], clock.today()
    until = law.due("creditor_claims", today).date
    notice = LiquidationNotice.objects.create(
        entity=entity, case_id=case.id, head=value["head"], members=value["members"], contact=value["contact"],
        founded=date.fromisoformat(value["founded"]), published=today, until=until,
    )  # fmt: skip
    publicity.announce(
        notice=notice.pk, kind=Announcement.Kind.LIQUIDATION, organ=entity.organ, uscc=entity.uscc, name=entity.name,
        since=today, until=until,
    )  # fmt: skip
    audit.record("liquidation.published", actor=actor, subject=case.number, organ=case.organ, case_id=case.id)
    outbox.publish("registration.liquidation_announced", organ=case.organ, entity=entity.pk, until=until)
