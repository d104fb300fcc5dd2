"""Hand-over, extension, withdrawal, recusal, transfer, escalation: what happens beside the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from hongdun.audit import actions as audit
from hongdun.base import clock as wall
from hongdun.cases import queries
from hongdun.cases.actions import clock
from hongdun.cases.actions.errors import Incomplete, NotAllowed, NotOpen, Refused
from hongdun.cases.actions.notices import tell
from hongdun.cases.models import Case, Recusal, Task
from hongdun.documents.words import written_date
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.org.models import Organ
from hongdun.outbox import actions as outbox
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor

HEADS = frozenset({"head", "approver"})


def hand_over(tasks: Iterable[UUID], *, to: UUID | None, actor: Actor, reason: str) -> int:
    """Give open tasks to one officer of the bureau (None: back to everybody); returns how many moved.

    Heads hand over anything below them, others what they could do themselves.
    """
    if not reason.strip():
        raise Incomplete("请写明移交的原因，例如：参加培训，由同组人员办理。", field="reason")
    waiting = Task.objects.waiting().in_scope(actor).filter(pk__in=list(tasks)).select_related("case")
    chosen = list(waiting.order_by("id").select_for_update(of=("self",)))
    for task in chosen:
        if not actor.roles & HEADS and not queries.may_do(actor, task, task.case):
            raise NotAllowed(f"{task.case.number} 不由您办理，只有负责人可以移交他人的待办件。")
        if to and not _covers(to, task):
            raise Refused(f"接收人员在本机关没有办理 {task.case.number} 这一步的岗位，请另选人员。")
    moved = Task.objects.filter(pk__in=[t.pk for t in chosen]).update(assignee=to)
    for task in chosen:
        audit.record(
            "task.handed_over", actor=actor, subject=str(task.pk), organ=task.organ, case_id=task.case_id,
            reason=reason.strip(), to=str(to or ""),
        )  # fmt: skip
    return moved


def _covers(officer: UUID, task: Task) -> bool:
    desks = {task.organ, organs.county_of(task.organ) or task.organ}
    return any(org.holds(officer, organ=desk, role=task.role, on=wall.today()) for desk in desks)


def extend(number: str, *, actor: Actor, reason: str) -> Case:
    """Lengthen the decision period once, by the head of the bureau and with a reason (条例 art. 19)."""
    case = _lock(number)
    if "head" not in actor.roles or actor.organ != case.organ:
        raise NotAllowed("延长办理期限须经登记机关负责人批准。")
    if not reason.strip():
        raise Incomplete("请写明延长期限的理由，该理由将书面告知申请人。", field="reason")
    days = clock.extend(case)
    case.save(update_fields=["clock_days", "clock_due", "clock_provisional", "extended"])
    case.tasks.filter(done__isnull=True, due_rule=case.clock_rule).update(due=case.clock_due)
    audit.record(
        "case.extended",
        actor=actor,
        subject=number,
        organ=case.organ,
        case_id=case.id,
        reason=reason,
        days=days,
    )
    _tell_extension(case, days=days, reason=reason.strip(), actor=actor)
    outbox.publish("case.extended", organ=case.organ, number=number, days=days, reason=reason)
    return case


def count_anew(case: Case, *, on: date, actor: Actor, reason: str) -> None:
    """Begin the running clock of a case again from this day, as where the same report comes with new facts."""
    clock.begin(case, case.clock_rule, on=on, regime=case.received)
    case.save(
        update_fields=[
            "clock_start",
            "clock_days",
            "clock_left",
            "clock_due",
            "clock_provisional",
            "extended",
        ]
    )
    case.tasks.filter(done__isnull=True, due_rule=case.clock_rule).update(due=case.clock_due)
    audit.record(
        "case.counted_anew", actor=actor, subject=case.number, organ=case.organ, case_id=case.id, reason=reason, on=on
    )  # fmt: skip


def _tell_extension(case: Case, *, days: int, reason: str, actor: Actor) -> None:
    """The applicant is told in writing why it takes longer (细则 art. 18)."""
    if case.person is None or case.clock_due is None:
        return
    tell(
        case, kind="extension_notice", series="登延", title="延长办理期限告知书",
        addressee=parties.name_of(case.person) or case.title,
        paragraphs=[
            (
                f"你（单位）申请办理的{case.title}{case.procedure.label}（受理编号：{case.number}），因{reason}，"
                f"经本机关负责人批准，办理期限延长{days}个工作日，至{written_date(case.clock_due)}止。"
            ),
        ],
        actor=actor,
    )  # fmt: skip


def withdraw(number: str, *, actor: Actor) -> Case:
    """Let the applicant take the application back while nothing has been decided (行政许可法)."""
    case = _lock(number)
    if case.person != actor.person or actor.kind != "applicant":
        raise NotAllowed("只有申请人本人可以撤回申请。")
    if case.closed:
        raise NotOpen("案件已经办结，不能再撤回。")
    opened = set(queries.open_tasks(case).values_list("step", flat=True))
    if not opened <= case.procedure.withdrawable:
        raise Refused("登记机关已作出决定，不能再撤回申请。")
    now = wall.now()
    queries.open_tasks(case).update(done=now, outcome="stopped", done_by=actor.person, done_name=actor.name)
    case.closed, case.outcome, case.clock_due = now, "withdrawn", None
    case.save(update_fields=["closed", "outcome", "clock_due"])
    audit.record(
        f"{case.procedure_code}.withdrawn", actor=actor, subject=number, organ=case.organ, case_id=case.id
    )
    outbox.publish("case.withdrawn", organ=case.organ, number=number)
    return case


def recuse(number: str, *, actor: Actor, officer: UUID, reason: str) -> Recusal:
    """Keep an officer out of a case; open tasks given to that officer go back to the bureau."""
    case = _lock(number)
    if actor.person != officer and not actor.roles & HEADS:
        raise NotAllowed("只能申请本人回避，或由负责人决定他人回避。")
    if not reason.strip():
        raise Incomplete("请写明回避理由。", field="reason")
    row, _ = Recusal.objects.get_or_create(
        case=case, officer=officer, defaults={"organ": case.organ, "reason": reason}
    )
    queries.open_tasks(case).filter(assignee=officer).update(assignee=None)
    audit.record(
        "case.recused",
        actor=actor,
        subject=number,
        organ=case.organ,
        case_id=case.id,
        reason=reason,
        officer=str(officer),
    )
    return row


def transfer(number: str, *, to: int, actor: Actor, reason: str) -> None:
    """Move a case to another bureau: the one way across a range, checked again inside the database."""
    case = _lock(number)
    if case.closed:
        raise NotOpen("案件已经办结，不能再移送。")
    if case.procedure.routed:
        raise NotAllowed(
            f"{case.procedure.label}只能逐级分送或者退回分送单位，不得自行移送"
            "（市场监督管理投诉举报处理办法第四十一条）。请在办理页面分送或退回。"
        )
    if not actor.roles & HEADS or actor.organ not in {case.organ, *organs.ancestors(case.organ)}:
        raise NotAllowed("移送案件须由本机关或上级机关的负责人决定。")
    if to == case.organ or not Organ.objects.on(wall.today()).filter(code=to).exists():
        raise Incomplete("移入机关应为另一个现有的登记机关，请重新选择。", field="to")
    if not reason.strip():
        raise Incomplete("请写明移送理由。", field="reason")
    audit.record(
        "case.transferred",
        actor=actor,
        subject=number,
        organ=case.organ,
        case_id=case.id,
        reason=reason,
        to=to,
    )
    outbox.publish("case.transferred", organ=case.organ, number=number, to=to)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_transfer(%s, %s, %s)", [case.id, to, reason])


def escalate() -> int:
    """Mark overdue tasks once, so that the head of the bureau sees them; run by a periodic job."""
    late = queries.overdue().filter(escalated__isnull=True).select_related("case")[:1000]
    for task in late:
        outbox.publish(
            "task.overdue", organ=task.organ, number=task.case.number, step=task.step, due=str(task.due)
        )
    return Task.objects.filter(Q(pk__in=[t.pk for t in late])).update(escalated=wall.now())


def _lock(number: str) -> Case:
    case = Case.objects.select_for_update().filter(number=number).first()
    if case is None:
        raise NotOpen(f"没有找到案件 {number}，或它不在您的管辖范围内。")
    return case
