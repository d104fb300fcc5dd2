"""What the sender may see of a case, found by its number and the telephone number left with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hongdun.base.parts import Happening
from hongdun.base.scope import system_scope
from hongdun.cases import queries as case_queries
from hongdun.cases.models import Case, Notice
from hongdun.consumer.models import Kind, Matter, Reporter
from hongdun.documents import queries as documents
from hongdun.org import queries as org
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hongdun.cases.models import Task
    from hongdun.documents.models import Document

OWN = "consumer_evidence"  # papers that the sender gave
RESULTS = {
    "settled": "双方达成协议",
    "odr_settled": "与企业和解",
    "terminated": "终止调解",
    "withdrawn": "撤回投诉",
    "refused": "不予受理",
    "opened": "已核查处理",
    "not_opened": "已核查处理",
    "joined": "并入同一举报办理",
    "elsewhere": "不属于本机关处理权限",
    "answered": "已经答复",
}
# Of a report only that it is being verified and that it was: results are told where a law says so (art. 36).
PLAIN = {
    "route": "正在分送",
    "accept": "正在审查是否受理",
    "prove": "等您提供身份证明",
    "odr": "企业正在与您协商",
}
MINE = frozenset(
    {"acceptance", "refusal", "identity_request", "mediation_notice", "termination", "odr_notice", "report_result",
     "report_elsewhere", "closing", "reward_notice", "reward_denied"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    case: Case
    matter: Matter
    state: str
    result: str
    handled_by: str
    due: date | None
    notices: list[Notice]
    happened: list[Happening]
    papers: list[Document]

    @property
    def may_rate(self) -> bool:
        return bool(self.case.closed) and self.matter.kind != Kind.REPORT and self.matter.rating is None


def find(number: str, phone: str) -> Case | None:
    """The case with this number, if it was left with this telephone number."""
    hashed = parties.phone_hash(phone)
    if not hashed:
        return None
    with system_scope("查询投诉举报进度"):
        case = Case.objects.filter(number=number.strip(), procedure_code__startswith="consumer.").first()
        if case is None:
            return None
        mine = Matter.objects.filter(pk=case.pk, phone_hash=hashed).exists()
        own = Reporter.objects.filter(pk=case.pk, phone_hash=hashed).exists()
    return case if mine or own else None


def by_key(key: str) -> Case:
    with system_scope("查询投诉举报进度"):
        return Case.objects.get(pk=key)


def of(case: Case) -> Progress:
    with system_scope("查询投诉举报进度"):
        matter = Matter.objects.get(pk=case.pk)
        line = case_queries.timeline(case)
        mine = Q(case=case) | Q(case__parent=case, case__procedure_code="consumer.reward")
        notices = list(Notice.objects.filter(mine, kind__in=MINE).order_by("at"))
        return Progress(
            case, matter, _state(case, line), RESULTS.get(matter.result, "") if case.closed else "",
            org.county_bureau_of(case.organ).name, None if case.closed else case.clock_due, notices,
            _happened(case, line, notices), list(documents.of_case(case.id).filter(kind=OWN)),
        )  # fmt: skip


def _state(case: Case, line: Iterable[Task]) -> str:
    if case.closed:
        return "已办结"
    opened = [task.step for task in line if task.done is None]
    if case.procedure_code == "consumer.report":
        return PLAIN["route"] if "route" in opened else "正在核查"
    return next(
        (PLAIN[step] for step in opened if step in PLAIN), "正在调解" if case.clock_due else "正在办理"
    )


def _happened(case: Case, line: Iterable[Task], notices: Iterable[Notice]) -> list[Happening]:
    """Milestones, never an officer's opinion."""
    found = [Happening(case.opened, f"登记{case.procedure.label}")]
    for task in line:
        if task.done and task.step == "accept" and task.outcome == "accept":
            found.append(Happening(task.done, "受理"))
        if task.done and task.step == "mediate" and task.outcome == "agree":
            found.append(Happening(task.done, "达成协议"))
    found += [Happening(notice.at, notice.title) for notice in notices]
    if case.closed:
        found.append(Happening(case.closed, "办结"))
    return sorted(found, key=lambda each: each.when)
