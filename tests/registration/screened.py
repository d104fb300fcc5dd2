"""Applications that the rules look at, and the jobs that the worker does for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case
from hongdun.registration.actions import drafts
from hongdun.registration.screening import actions
from tests.registration import builders as build

if TYPE_CHECKING:
    from collections.abc import Callable

CODE = "company_establishment"
REGION = actions.REGION


def admin(organ: int = build.QINGXIU) -> Actor:
    return Actor(
        name="管理员", kind="officer", person=uuid7(), organ=organ, post=uuid7(), roles=frozenset({"admin"})
    )


def let_rules_decide(*, share: int = 0, organ: int = build.QINGXIU) -> None:
    with acting(admin(organ)) as actor:
        actions.lay_switch(
            organ=organ, procedure=CODE, on=True, share=share, valid_from=clock.today(), basis="桂市监注〔2026〕1号",
            actor=actor,
        )  # fmt: skip


def sent(change: Callable[[dict[str, Any]], None] = lambda _: None) -> Case:
    applicant = build.applicant()
    with acting(applicant):
        found = build.draft(applicant)
        found.refresh_from_db()
        change(found.data)
        found.save()
        return drafts.send(found.id, actor=applicant)


def decided(case: Case) -> Case:
    """What the worker does with the two jobs that the filing queues."""
    with system_scope("任务") as actor:
        actions.screen(case.number, actor=actor)
        actions.print_papers(case.number, actor=actor)
        return Case.objects.get(pk=case.pk)
