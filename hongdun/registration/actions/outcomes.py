"""登记通知书 of a change or a cancellation: what was registered, before and after (细则 art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.documents.words import written_date
from hongdun.registration.actions import papers, titles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

APPLIED = "你（单位）提交的{title}的{label}申请（受理编号：{number}），申请材料齐全，符合法定形式，"


def changed(
    case: Case,
    entity: Entity,
    changes: Iterable[tuple[str, str, str]],
    *,
    actor: Actor,
    branches: Iterable[tuple[str, date]] = (),
) -> None:
    """`branches`: those that bear the name given up, and until when each has to follow (细则 art. 31)."""
    rows = tuple((label, before or "（无）", after or "（无）") for label, before, after in changes)
    cases.tell(
        case, kind="registered", series="登", title=titles.title("changed", case), addressee=case.data["applicant"],
        paragraphs=[
            _applied(case) + f"依据{titles.article(case)}，我局决定准予下列事项的变更登记、备案：",
            f"名称：{entity.name}；统一社会信用代码：{entity.uscc}。",
            *(
                f"分支机构“{name}”应当在{written_date(last)}前向其登记机关申请变更名称（细则第三十一条第二款）。"
                for name, last in branches
            ),
        ],
        closing=[
            "原营业执照正、副本记载的事项有变更的，应当缴回（细则第二十三条）。",
        ],
        columns=("事项", "变更前", "变更后"), rows=rows, actor=actor,
    )  # fmt: skip


def cancelled(case: Case, entity: Entity, *, article: str, actor: Actor) -> None:
    cases.tell(
        case, kind="cancelled", series="登", title=titles.title("cancelled", case), addressee=case.data["applicant"],
        paragraphs=[
            _applied(case) + f"依据{article}，我局决定准予注销登记。",
            (f"{entity.name}（统一社会信用代码：{entity.uscc}）自{written_date(clock.today())}起终止，"
            "营业执照正、副本应当缴回；未缴回的，由登记机关公告作废（条例第三十七条、细则第二十三条）。"),
        ],
        actor=actor,
    )  # fmt: skip


def corrected(
    case: Case, entity: Entity, changes: Iterable[tuple[str, str, str]], *, reason: str, actor: Actor
) -> None:
    """登记更正通知书: what the register said and says now, why, and on what evidence (企业信息公示暂行条例 art. 12)."""
    rows = tuple((label, before or "（无）", after or "（无）") for label, before, after in changes)
    began = _applied(case) if case.person else f"经核实，{case.title}的登记记载有误（{case.number}），"
    cases.tell(
        case, kind="corrected", series="登更", title="登记更正通知书", addressee=case.data["applicant"],
        paragraphs=[
            began + "依据《企业信息公示暂行条例》第十二条第一款，我局对下列登记记载予以更正：",
            f"名称：{entity.name}；统一社会信用代码：{entity.uscc}。{reason.rstrip('。')}。",
        ],
        columns=("事项", "更正前", "更正后"), rows=rows,
        closing=(
            "更正前后的记载同时保留，可以在登记信息查询页面查看。营业执照记载的事项有更正的，请交回原营业执照，换领新照。",
        ),
        remedies=papers.remedies(case.organ), actor=actor,
    )  # fmt: skip


def _applied(case: Case) -> str:
    return APPLIED.format(title=case.title, label=case.procedure.label, number=case.number)


def recorded(case: Case, entity: Entity, changes: Iterable[tuple[str, str, str]], *, actor: Actor) -> None:
    rows = tuple((label, before or "—", after or "（无）") for label, before, after in changes)
    cases.tell(
        case, kind="registered", series="登", title=titles.title("recorded", case), addressee=case.data["applicant"],
        paragraphs=[
            _applied(case) + "依据《市场主体登记管理条例》第九条、第二十九条，我局准予下列事项备案：",
            f"名称：{entity.name}；统一社会信用代码：{entity.uscc}。",
        ],
        closing=("备案不换发营业执照。",),
        columns=("事项", "备案前", "备案后"), rows=rows, actor=actor,
    )  # fmt: skip
