"""Applications that the rules look at, and the jobs that the worker does for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case
from hongdun.lib import organs
from hongdun.registration.actions import drafts
from hongdun.registration.models import Signature
from hongdun.registration.screening import actions, queries
from hongdun.registration.signing import frozen
from hongdun.registration.signing import queries as signing
from tests.registration import builders as build

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.registration.models import Draft

CODE = "company_establishment"
REGION = organs.REGION_BUREAU


def admin(organ: int = build.QINGXIU) -> Actor:
    return Actor(
        name="管理员", kind="officer", person=uuid7(), organ=organ, post=uuid7(), roles=frozenset({"admin"})
    )


def let_rules_decide(
    code: str = CODE, *, share: int = 0, organ: int = build.QINGXIU, on: bool = True
) -> None:
    with acting(admin(organ)) as actor:
        actions.lay_switch(
            organ=organ, procedure=code, on=on, share=share, valid_from=clock.today(), basis="桂市监注〔2026〕1号",
            actor=actor,
        )  # fmt: skip


def sent(change: Callable[[dict[str, Any]], None] = lambda _: None) -> Case:
    applicant = build.applicant()
    with acting(applicant):
        found = build.draft(applicant)
        found.refresh_from_db()
        change(found.data)
        found.save()
        all_sign(found)
        return drafts.send(found.id, actor=applicant)


def all_sign(draft: Draft) -> None:
    """As if each had signed by the link on their own phone."""
    for place in signing.places(draft):
        who = place.signatory
        Signature.objects.create(
            draft=draft, applicant=draft.person, person=who.person, name=who.name, capacity=who.capacity,
            signs=list(who.papers), hash=frozen.fingerprint(draft), expires=clock.now(), state=Signature.State.SIGNED,
            identified_by="register", decided=clock.now(),
        )  # fmt: skip


def decided(case: Case) -> Case:
    """What the worker does with the two jobs that the filing queues."""
    with system_scope("任务") as actor:
        actions.screen(case.number, actor=actor)
        actions.print_papers(case.number, actor=actor)
        return Case.objects.get(pk=case.pk)


def unmet(case: Case) -> list[str]:
    """Codes of the conditions that an application doesn't meet."""
    with system_scope("测试"):
        found = queries.of(case)
    assert found
    return [each["code"] for each in found.results if not each["met"]]
