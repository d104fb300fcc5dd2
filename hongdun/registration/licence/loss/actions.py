"""The declaration is the holder's own: published the moment it is sent, nobody decides about it (条例 art. 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import actor as actors
from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.documents.words import written_date
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration.licence import filing, holding, returning
from hongdun.registration.licence.models import VoidNotice, sheet_label
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.licence.models import Sheet
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    case = filing.open_case(draft, actor=actor)
    if not case_queries.open_tasks(case).exists():
        return case
    with system_scope("公告营业执照作废声明"):
        return cases.finish_step(
            case.number, "publish", cases.Decision("published"), actor=actors.system("公告发布")
        )


def publish(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    entity, value = whose.of(case.data), case.data["sheets"]
    cause = VoidNotice.Cause(value["cause"])
    sheets = holding.chosen([holding.key(each) for each in value["sheets"]], holding.declarable(entity))
    if len(sheets) != len(value["sheets"]):
        raise cases.Incomplete("有执照已经换发或者作废，请重新选择。", field="sheets")
    with effects.register_may_refuse():
        _end(sheets, cause, case=case, actor=actor)
    notice = returning.publish(entity, cause, sheets, case_id=case.id, actor=actor)
    _confirm(case, notice, actor=actor)


def _end(sheets: list[Sheet], cause: VoidNotice.Cause, *, case: Case, actor: Actor) -> None:
    for each in sheets:
        licence = register_queries.licence_state(each["serial"]) if each["serial"] else None
        if licence:
            register.end_licence(
                licence=licence, state=licence.State.LOST, on=clock.today(), reason=cause.label, case_id=case.id, actor=actor
            )  # fmt: skip


def _confirm(case: Case, notice: VoidNotice, *, actor: Actor) -> None:
    value = case.data["sheets"]
    cases.tell(
        case, kind="void_declared", series="照声", title="营业执照作废声明公告", addressee=case.data["applicant"],
        paragraphs=[
            (f"{case.title}（统一社会信用代码：{case.data['entity']['uscc']}）声明：下列营业执照因{notice.get_cause_display()}作废，"
            f"自{written_date(notice.published)}起不再有效。"),
            f"经过：{value['day']}，{value['how']}。",
            "依据：《市场主体登记管理条例》第三十七条第二款。本声明已在公示系统公告，可以凭此申请补领。",
        ],
        columns=("序号", "作废的营业执照"),
        rows=tuple((str(n), sheet_label(each)) for n, each in enumerate(notice.sheets, 1)),
        actor=actor,
    )  # fmt: skip
