"""What the steps of both ways of cancelling a shop do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from hongdun.base import clock
from hongdun.base.scope import current
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from hongdun.cases.procedure import latest
from hongdun.documents.words import written_date
from hongdun.law import queries as law
from hongdun.register import actions as register
from hongdun.registration import allowable, queries
from hongdun.registration.actions import handovers, outcomes, papers
from hongdun.registration.individual.steps import MODE, in_the_bureaus_name
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.procedure import Procedure
    from hongdun.registration.models import Draft

ORDINARY = "《市场主体登记管理条例》第三十一条、《市场主体登记管理条例实施细则》第四十六条"
SIMPLE = "《市场主体登记管理条例》第三十三条第三款"
MOST_AT_ONCE = 500
# Who has to be asked (条例 art. 33); each hears of it by message.
DEPARTMENTS = "税务、人力资源社会保障等有关部门"


def submit(draft: Draft, *, actor: Actor) -> Case:
    procedure = latest(draft.procedure_code)
    part = queries.part(procedure.code, "queries")
    entity = whose.of(draft.data)
    if draft.sent is None:
        effects.refuse_blocked(part.blockers(entity, on=clock.today()))
    return effects.open_filing(
        draft, procedure, organ=entity.station or entity.organ, station=entity.station, title=entity.name,
        data=part.stored(draft.data, applicant=actor.name), entity=entity.pk, files=document_ids(draft.data),
        involved=[(draft.person, "applicant")], actor=actor, mode=MODE,
    )  # fmt: skip


def take_in(
    data: dict[str, Any], *, procedure: Procedure, submission: UUID, received: date, actor: Actor
) -> Case:
    """An officer fills in for the person at the counter; sent twice, it is one case (细则 art. 17)."""
    if known := Case.objects.filter(submission=submission).first():
        return known
    entity = whose.of(data)
    effects.refuse_blocked(queries.part(procedure.code, "queries").blockers(entity, on=clock.today()))
    return cases.open_case(
        procedure, organ=entity.station or entity.organ, station=entity.station, title=entity.name,
        submission=submission, actor=actor, entity=entity.pk, received=received, data=data, mode=MODE,
    )  # fmt: skip


def cancel(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """From today the shop is no more; its licence has to be handed in (条例 art. 31, 37)."""
    _cancel(case, article=ORDINARY, actor=actor)


def _cancel(case: Case, *, article: str, actor: Actor) -> None:
    with effects.register_may_refuse(), in_the_bureaus_name(actor):
        entity = register.set_status(
            entity=whose.of(case.data), status="cancelled", on=clock.today(), reason=f"{case.procedure.label}（{case.number}）",
            case_id=case.id, actor=actor,
        )  # fmt: skip
        outcomes.cancelled(case, entity, article=article, actor=actor)


def push(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Ask the departments; from today they have ten days (条例 art. 33 para. 3)."""
    last = law.due("simple_cancellation_individual", clock.today()).date
    entity = whose.of(case.data)
    handovers.send(entity, "objections", case_id=case.id, organ=case.organ, actor=actor, until=last)
    cases.tell(
        case, kind="pushed", series="登推", title="简易注销登记申请推送告知书", addressee=case.data["applicant"],
        paragraphs=[
            (f"你（单位）提交的{entity.name}（统一社会信用代码：{entity.uscc}）简易注销登记申请（受理编号：{case.number}），"
            f"已于{written_date(clock.today())}推送至{DEPARTMENTS}。"),
            f"有关部门在{written_date(last)}前没有提出异议的，我局即办理注销登记（{SIMPLE}）；提出异议的，另行书面告知。",
        ],
        actor=actor,
    )  # fmt: skip


def cancel_unopposed(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Only after the ten days; what came up in the meantime stands against it all the same (细则 art. 48)."""
    last = case.tasks.get(step="objections", done=None).due
    if last is None or clock.today() <= last:
        raise cases.Refused(f"异议期到 {last} 为止，期满后才能注销；提前收到异议的，点“有关部门提出异议”。")
    for blocker in allowable.against_simple(whose.of(case.data), on=clock.today()):
        raise cases.Refused(f"{blocker.text}（{blocker.article}），不适用简易注销。")
    _cancel(case, article=SIMPLE, actor=actor)


def refuse_opposed(case: Case, *, actor: Actor, decision: Decision) -> None:
    """A department objected in time: the simple way is closed, the ordinary one is not (条例 art. 33)."""
    grounds = [
        g
        for g in law.grounds("simple_cancellation", case.received, kind="refuse")
        if g.code == "simple_objection"
    ]
    papers.refused(case, grounds, opinion=decision.opinion, actor=actor)


def cancel_where_nobody_objected() -> int:
    """Cancel shops whose ten days are over without an objection, at most so many; returns how many.

    Those that something stands against stay, and hold nobody up behind them.
    """
    waiting = Task.objects.waiting().filter(
        step="objections", due__lt=clock.today(), case__procedure_code="individual_simple_cancellation"
    )
    done = 0
    for task in waiting.select_related("case").order_by("due", "id").iterator(chunk_size=MOST_AT_ONCE):
        if done == MOST_AT_ONCE:
            break
        try:
            with transaction.atomic():
                cases.finish_step(task.case.number, "objections", cases.Decision("none"), actor=current())
            done += 1
        except cases.Refused:
            continue  # an officer finds it overdue in the work list, with what stands against it
    return done
