"""The public notice, what may stop it, and the cancellation behind it (条例 art. 33, 细则 art. 47–49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.scope import current, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from hongdun.documents.words import written_date
from hongdun.law import queries as law
from hongdun.parties import actions as parties
from hongdun.register import actions as register
from hongdun.registration import allowable
from hongdun.registration.actions import outcomes, papers
from hongdun.registration.cancellation.simple import queries as application
from hongdun.registration.models import Objection, PublicNotice
from hongdun.registration.publicity import actions as publicity
from hongdun.registration.publicity.models import Announcement
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.registration.models import Draft

ARTICLE = "《市场主体登记管理条例》第三十三条"
MOST_AT_ONCE = 500
TEXT = (
    "{name}（统一社会信用代码：{uscc}）拟按简易程序申请注销登记。全体投资人（{investors}）承诺：{promise}。"
    "债权人、有关部门和其他利害关系人有异议的，请在公示期内提出。"
)


def submit(draft: Draft, *, actor: Actor) -> Case:
    """Publish the notice at once; the authority's clock starts only when cancellation is applied for."""
    from hongdun.registration.cancellation.simple.procedure import SIMPLE

    entity = whose.of(draft.data)
    if draft.sent is None:
        effects.refuse_blocked(application.blockers(entity, on=clock.today()))
    sent_before = draft.sent is not None
    case = effects.open_filing(
        draft, SIMPLE, organ=entity.organ, station=entity.station, title=entity.name, entity=entity.pk,
        data=application.stored(draft.data, applicant=actor.name), files=document_ids(draft.data),
        involved=[(draft.person, "applicant")], actor=actor, clocked=False,
    )  # fmt: skip
    if not sent_before:
        _publish(case, actor=actor)
    return case


def _publish(case: Case, *, actor: Actor) -> PublicNotice:
    today = clock.today()
    entity, investors = case.data["entity"], case.data["closing"]["investors"]
    # The applicant's own range holds no authority; the notice is the authority's.
    with system_scope("公示简易注销"):
        notice = PublicNotice.objects.create(
            organ=case.organ, case_id=case.id, uscc=entity["uscc"], name=entity["name"], since=today,
            until=law.due("simple_cancellation_notice", today).date,
            text=TEXT.format(**entity, investors=investors, promise=application.PROMISE),
        )  # fmt: skip
        publicity.announce(
            notice=notice.pk, kind=Announcement.Kind.CANCELLATION, organ=notice.organ, uscc=notice.uscc, name=notice.name,
            since=notice.since, until=notice.until,
        )  # fmt: skip
    audit.record("notice.published", actor=actor, subject=notice.pk, organ=case.organ, case_id=case.id)
    return notice


def object_to(notice: PublicNotice, *, name: str, phone: str, capacity: str, text: str) -> Objection:
    """Anyone concerned may object until the last day of the notice; that ends the simple way at once."""
    with system_scope("提出异议") as actor:
        held = PublicNotice.objects.select_for_update().get(pk=notice.pk)
        if held.state != PublicNotice.State.OPEN or clock.today() > held.until:
            raise cases.Refused(
                f"公示期到 {held.until} 为止，现在是“{held.get_state_display()}”，不再接收异议。"
                "与该企业有债务等纠纷的，可以向人民法院起诉，或者向登记机关举报。"
            )
        person = parties.remember_person(name=name, phone=phone, actor=actor)
        objection = Objection.objects.create(
            notice=held,
            organ=held.organ,
            case_id=held.case_id,
            person=person.pk,
            capacity=capacity,
            text=text,
        )
        parties.involve(person.pk, case_id=held.case_id, organ=held.organ, role="other", actor=actor)
        case = Case.objects.get(pk=held.case_id)
        opinion = f"{objection.get_capacity_display()}{name}提出异议：{text}"
        cases.finish_step(
            case.number, "notice", cases.Decision("objected", opinion=opinion[:1000]), actor=actor
        )
    return objection


def refuse_opposed(case: Case, *, actor: Actor, decision: Decision) -> None:
    """An objection in time: the simple way is closed, the ordinary one is not (条例 art. 33)."""
    _end(case, PublicNotice.State.OPPOSED)
    grounds = law.grounds("simple_cancellation", case.received, kind="refuse")
    cited = [each for each in grounds if each.code == "simple_objection"]
    papers.refused(case, cited, opinion=decision.opinion, actor=actor)


def _end(case: Case, state: PublicNotice.State) -> None:
    publicity.end(PublicNotice.objects.filter(case_id=case.id), state)


def tell_to_apply(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Nobody objected: the applicant has twenty days from the last day of the notice (条例 art. 33)."""
    notice = application.notice_of(case.id)
    if clock.today() <= notice.until:
        raise cases.Refused(f"公示期到 {notice.until} 为止，期满后才能进入下一步（{ARTICLE}）。")
    _end(case, PublicNotice.State.UNOPPOSED)
    cases.tell(
        case, kind="may_apply", series="登告", title="简易注销公示期满告知书", addressee=case.data["applicant"],
        paragraphs=[
            (f"{case.title}的简易注销公示已于{written_date(notice.until)}期满，没有人提出异议。"
            f"请在{written_date(last_day(notice))}前申请注销登记；逾期的，须重新公示（{ARTICLE}）。")
        ],
        actor=actor,
    )  # fmt: skip


def last_day(notice: PublicNotice) -> date:
    """Of applying, counted from the last day of the notice whenever that was noted."""
    return law.due("simple_cancellation_application", notice.until).date


def check_window(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Applied for within its days, and nothing came up in the meantime (细则 art. 48)."""
    last = last_day(application.notice_of(case.id))
    if clock.today() > last:
        raise cases.Refused(
            f"简易注销应当在公示期届满之日起 20 日内（{last} 前）申请，现已逾期，请重新公示（{ARTICLE}）。"
        )
    _refuse_barred(case)


def _refuse_barred(case: Case) -> None:
    entity = whose.of(case.data)
    for blocker in (*allowable.branches(entity), *allowable.against_simple(entity, on=clock.today())):
        raise cases.Refused(f"{blocker.text}（{blocker.article}），不适用简易注销。")


def cancel(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """From today the enterprise is no more; its name is kept for a year (条例 art. 31, 名称规定 art. 17)."""
    _refuse_barred(case)
    with effects.register_may_refuse():
        entity = register.set_status(
            entity=whose.of(case.data), status="cancelled", on=clock.today(), reason=f"简易注销登记（{case.number}）",
            case_id=case.id, actor=actor,
        )  # fmt: skip
        outcomes.cancelled(case, entity, article=ARTICLE, actor=actor)


def end_notices() -> int:
    """Notices whose last day is over without an objection, and applications that never came; returns how many."""
    moved = 0
    for task in _due("notice"):
        moved += _finish(task, "expired")
        notice = application.notice_of(task.case_id)
        Task.objects.waiting().filter(case=task.case_id, step="apply").update(due=last_day(notice))
    for task in _due("apply"):
        moved += _finish(task, "lapsed")
    return moved


def _due(step: str) -> Iterable[Task]:
    waiting = Task.objects.waiting().filter(
        step=step, due__lt=clock.today(), case__procedure_code="simple_cancellation"
    )
    return waiting.select_related("case").order_by("due", "id")[:MOST_AT_ONCE]


def _finish(task: Task, outcome: str) -> int:
    try:
        with transaction.atomic():
            cases.finish_step(task.case.number, task.step, cases.Decision(outcome), actor=current())
    except cases.Refused:
        return 0  # it stays overdue in the work list, where an officer finds out why
    return 1


def note_withdrawal(number: str) -> None:
    """The applicant took the application back: the notice says so."""
    open_ones = PublicNotice.objects.filter(state=PublicNotice.State.OPEN)
    case = Case.objects.filter(number=number, procedure_code="simple_cancellation").values("pk")
    publicity.end(open_ones.filter(case_id__in=case), PublicNotice.State.WITHDRAWN)
