"""The notice is published the moment it is sent: nobody has to decide about it (公司法 art. 224, 225)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.law import queries as law
from hongdun.outbox import actions as outbox
from hongdun.registration.decrease import queries as application
from hongdun.registration.models import DecreaseNotice
from hongdun.registration.publicity import actions as publicity
from hongdun.registration.publicity.models import Announcement
from hongdun.registration.steps import announcing
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import terms

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    return announcing.submit(
        draft, application.stored(draft.data, applicant=actor.name), why="发布减资公告", actor=actor,
        blockers=application.blockers(whose.of(draft.data), on=clock.today()),
    )  # fmt: skip


def publish(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    entity, value, today = whose.of(case.data), case.data["notice"], clock.today()
    before = entity.money
    wanted = terms.wan(value["capital"])
    if before is None or wanted.amount >= before.amount:
        raise cases.Incomplete("登记的注册资本已经不高于公告的数额，请核对。", field="notice")
    until = law.due("decrease_notice", today).date
    notice = DecreaseNotice.objects.create(
        entity=entity, case_id=case.id, resolved=date.fromisoformat(value["resolved"]), published=today, until=until,
        before=before.amount, capital=wanted.amount, currency=before.currency, contact=value["contact"],
        basis=value["basis"],
    )  # fmt: skip
    publicity.announce(
        notice=notice.pk, kind=Announcement.Kind.DECREASE, organ=entity.organ, uscc=entity.uscc, name=entity.name,
        since=today, until=until,
    )  # fmt: skip
    audit.record("decrease.published", actor=actor, subject=case.number, organ=case.organ, case_id=case.id)
    outbox.publish("registration.decrease_announced", organ=case.organ, entity=entity.pk, until=until)
