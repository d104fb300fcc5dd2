"""Decisions on a report: whether a case is opened, who is told under the regime of the day of receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.consumer.actions import papers, skills
from hongdun.consumer.models import Matter, Reporter
from hongdun.consumer.report import queries
from hongdun.documents.words import written_date
from hongdun.law import queries as law
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision


def open_enforcement(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Enforcement hears of it by message; the reporter is not in it (art. 35, 37)."""
    matter = Matter.objects.get(pk=case.pk)
    Matter.objects.filter(pk=case.pk).update(result="opened")
    outbox.publish(
        "consumer.report_to_enforcement", organ=case.organ, number=case.number, entity=case.entity, merchant=case.title,
        object_class=matter.object_class, problem_class=matter.problem_class, opinion=decision.opinion,
    )  # fmt: skip
    skills.count(case)
    _tell_reporter(case, "予以立案", decision, actor=actor)


def drop(case: Case, *, actor: Actor, decision: Decision) -> None:
    Matter.objects.filter(pk=case.pk).update(result="not_opened")
    skills.count(case)
    _tell_reporter(case, "不予立案", decision, actor=actor)


def must_tell(case: Case) -> bool:
    """A named reporter is told of the decision where the law of the day of receipt says so (Order 20 art. 31)."""
    named = Reporter.objects.filter(case=case.pk, is_anonymous=False).exists()
    try:
        law.rule("consumer_filing_notice", on=case.received)
    except law.LawError:
        return False
    return named


def _tell_reporter(case: Case, result: str, decision: Decision, *, actor: Actor) -> None:
    """Form 10, only under an express rule; addressed without a name, which stays sealed."""
    chosen = decision.data.get("tell_under")
    under = next((line for line in queries.laws(case) if line["code"] == chosen), None)
    if chosen and under is None:
        raise cases.Incomplete("所选法律在收到之日没有告知这位举报人的规定，请重新选择。", field="tell_under")
    if not (under or must_tell(case)):
        return
    basis = f"依照{under.citation}，" if under else ""
    papers.to_complainant(
        case, kind="report_result", title="举报处理结果告知书", actor=actor,
        paragraphs=(
            (f"你于{written_date(case.received)}提出的举报（编号：{case.number}）收悉。"
            f"经核查，我局于{written_date(clock.today())}决定{result}。{basis}特此告知。"),
        ),
    )  # fmt: skip


def point_elsewhere(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Without the power the reporter is told where to go, and nothing is passed on (art. 34)."""
    Matter.objects.filter(pk=case.pk).update(result="elsewhere")
    papers.to_complainant(
        case, kind="report_elsewhere", title="举报告知书", actor=actor,
        paragraphs=(
            (f"你提出的举报（编号：{case.number}）收悉。经审查，我局不具有处理权限，请直接向有处理权限的机关提出："
            f"{decision.opinion.strip().rstrip('。')}。"),
        ),
    )  # fmt: skip


def join(case: Case, *, actor: Actor, decision: Decision) -> None:
    """The same facts of the same target again go with the open report; its clock starts anew (art. 35 §2)."""
    number = str(decision.data.get("join_to") or "").strip()
    other = Case.objects.filter(
        number=number, procedure_code=case.procedure_code, closed__isnull=True
    ).exclude(pk=case.pk).select_for_update().first()  # fmt: skip
    if other is None:
        raise cases.Incomplete("请填写在办的同一举报的编号。", field="join_to")
    Matter.objects.filter(pk=case.pk).update(result="joined")
    if decision.data.get("has_new_facts"):
        cases.count_anew(other, on=case.received, actor=actor, reason=f"合并举报 {case.number}")
