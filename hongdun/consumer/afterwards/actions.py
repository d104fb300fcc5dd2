from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.consumer.actions import beside, papers
from hongdun.consumer.afterwards import queries
from hongdun.documents.words import written_date
from hongdun.law import queries as law

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case

CLAIM, OBJECTION = "consumer_reward_claim", "consumer_reward_objection"


def reopen(case: Case, *, actor: Actor, decision: Decision) -> None:
    """The sender says it isn't settled: the complaint is taken up again."""
    assert case.parent is not None
    beside.reopen(case.parent, reason=decision.opinion, actor=actor)


def propose(_case: Case, *, decision: Decision, **_: object) -> None:
    """Not below what the level promises, never above the highest sum of a case."""
    line = queries.level(str(decision.data.get("level") or ""))
    if line is None:
        raise cases.Incomplete("请选择奖励等级。", field="level")
    amount, fined = (Decimal(str(decision.data.get(name) or 0)) for name in ("reward", "fined"))
    promised = queries.least(line, fined)
    if amount < promised:
        raise cases.Incomplete(
            f"这一等级的奖励不少于 {promised} 元（{line.citation}），请改正金额。", field="reward"
        )
    if amount > Decimal(line["most"]):
        raise cases.Incomplete(
            f"每起案件的奖励最高 {line['most']} 元（{line.citation}），请改正金额。", field="reward"
        )


def grant(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Told without a name, which stays sealed with the report; the window for claiming begins today."""
    until = law.due(CLAIM, clock.today()).date
    decision.data["claim_until"] = until.isoformat()  # kept with the case
    papers.to_complainant(
        case, kind="reward_notice", title="举报奖励通知书", actor=actor,
        paragraphs=(
            (f"你提出的举报（编号：{_report(case)}）经查证属实。依照{law.rule(CLAIM).citation}等规定，"
            f"我局决定给予奖励人民币 {case.data['reward']} 元。"),
            (f"请于{written_date(until)}前，由本人凭有效身份证明到我局领取；委托他人代领的，还须出具授权委托书和代领人的"
            "有效身份证明。无正当理由逾期不领取的，视为放弃。"),
            _objection(),
        ),
    )  # fmt: skip


def deny(case: Case, *, actor: Actor, decision: Decision) -> None:
    papers.to_complainant(
        case, kind="reward_denied", title="不予举报奖励告知书", actor=actor,
        paragraphs=(
            (f"你就举报（编号：{_report(case)}）提出的奖励申请收悉。经审查，我局决定不予奖励："
            f"{decision.opinion.strip().rstrip('。')}。"),
            _objection(),
        ),
    )  # fmt: skip


def pay(_case: Case, *, decision: Decision, **_: object) -> None:
    given = decision.data
    if not given.get("papers_seen"):
        raise cases.Incomplete("请先核对身份证明，并勾选。", field="papers_seen")
    if not (given.get("way") and str(given.get("voucher") or "").strip()):
        raise cases.Incomplete("请填写发放方式和付款凭证号。", field="voucher")
    if not given.get("paid_on") or _day(given["paid_on"]) > clock.today():
        raise cases.Incomplete("请填写今天或以前的发放日期。", field="paid_on")


def prolong(case: Case, *, decision: Decision, **_: object) -> None:
    """Once, before the window has closed."""
    _must_be_open(case)
    until = law.due("consumer_reward_late", clock.today()).date
    decision.data["claim_until"] = max(until, _day(case.data["claim_until"])).isoformat()


def lapse(case: Case, **_: object) -> None:
    """Nobody gives up a reward before the last day is over."""
    until = _day(case.data["claim_until"])
    if clock.today() <= until:
        raise cases.Refused(f"领取期限到 {until} 为止，还没有届满，不能按放弃处理。")


def _must_be_open(case: Case) -> None:
    until = _day(case.data["claim_until"])
    if clock.today() > until:
        raise cases.Refused(f"领取期限已在 {until} 届满，不能再延长。")


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _report(case: Case) -> str:
    return str(case.data["of"])


def _objection() -> str:
    rule = law.rule(OBJECTION)
    return f"对本决定有异议的，可以自收到之日起 {rule.value} 日内向我局申请复核（{rule.citation}）。"
