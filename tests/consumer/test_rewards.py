"""Rewards for reports: the sum by the rule's level, a notice without a name, a window for claiming, the payment on record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.consumer.actions import beside
from hongdun.consumer.models import Kind
from hongdun.law import queries as law
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.consumer.test_beside import opened_report
from tests.consumer.test_citizen import look, token
from tests.org.builders import enter

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
PAID = {"papers_seen": True, "way": "transfer", "voucher": "2026-0099", "paid_on": "2026-11-24"}


def claimed() -> tuple[Case, Case, Actor]:
    """The report, the reward that is asked for it, and who examines."""
    report, examiner = opened_report(), make.officer("examiner", organ=build.COUNTY)
    with acting(examiner):
        reward = beside.claim_reward(
            Case.objects.get(pk=report.pk), words="举报属实，请求奖励", actor=examiner
        )
    return report, reward, examiner


def granted() -> tuple[Case, Case]:
    report, reward, examiner = claimed()
    build.go(
        reward, "assess", "propose", examiner, data={"level": "second", "fined": "200000", "reward": "6000"}
    )
    build.go(reward, "grant", "grant", make.officer("approver", organ=build.COUNTY))
    return report, build.reload(reward)


@pytest.mark.parametrize(
    ("level", "fined", "reward", "enough"),
    [
        ("first", "100000", "5000", True),
        ("first", "100000", "4999.99", False),
        ("first", "100020", "5000.99", False),
        ("first", "100020", "5001", True),
        ("second", "0", "1000", True),
        ("second", "0", "999", False),
        ("third", "99999999", "999999.99", True),
        ("third", "999999999", "1000000", True),
        ("third", "999999999", "1000001", False),
    ],
)
def test_the_sum_keeps_to_the_level(level: str, fined: str, reward: str, *, enough: bool) -> None:
    _, case, examiner = claimed()
    data = {"level": level, "fined": fined, "reward": reward}
    if enough:
        build.go(case, "assess", "propose", examiner, data=data)
    else:
        with pytest.raises(cases.Incomplete, match="元"):
            build.go(case, "assess", "propose", examiner, data=data)


def test_a_granted_reward_is_told_on_paper_and_on_the_reporters_page_without_a_name() -> None:
    report, reward = granted()
    with system_scope("测试"):
        notice = reward.notices.get()
    told = "".join(notice.body["paragraphs"])
    until = law.due("consumer_reward_claim", clock.today()).date
    assert report.number in told
    assert "6000 元" in told
    assert f"{until:%Y}年{until.month}月{until.day}日前" in told
    assert build.LISI.name not in told + str(reward.data)
    page = Client().post("/12315/progress/", {"number": report.number, "phone": build.LISI.phone})
    assert "举报奖励通知书" in page.content.decode()


def test_a_refused_reward_is_told_with_its_reason() -> None:
    _, reward, examiner = claimed()
    build.go(reward, "assess", "oppose", examiner)
    build.go(
        reward,
        "grant",
        "deny",
        make.officer("approver", organ=build.COUNTY),
        opinion="举报的违法事实已被掌握。",
    )
    reward = build.reload(reward)
    with system_scope("测试"):
        told = "".join(reward.notices.get(kind="reward_denied").body["paragraphs"])
    assert reward.closed
    assert "举报的违法事实已被掌握。" in told
    assert "10 日内" in told


@pytest.mark.parametrize(
    ("missing", "field"), [("papers_seen", "papers_seen"), ("voucher", "voucher"), ("paid_on", "paid_on")]
)
def test_nothing_is_paid_without_papers_voucher_and_day(missing: str, field: str) -> None:
    _, reward = granted()
    with pytest.raises(cases.Incomplete) as refused:
        pay(reward, **{missing: ""})
    assert refused.value.field == field


def test_the_payment_is_on_record_and_names_nobody() -> None:
    _, reward = granted()
    pay(reward)
    reward = build.reload(reward)
    assert reward.closed
    assert reward.data["voucher"] == "2026-0099"
    client = Client()
    enter(client, make.officer("examiner", organ=build.COUNTY))
    page = client.get(f"/cases/{reward.number}/").content.decode()
    assert "银行转账　凭证 2026-0099" in page
    assert build.LISI.name not in page
    assert build.LISI.phone not in page


def test_a_reward_lapses_only_when_its_window_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    _, reward = granted()
    clerk = build.operator(build.COUNTY)
    last = law.due("consumer_reward_claim", clock.today()).date
    at(monkeypatch, last)
    with pytest.raises(cases.Refused, match="还没有届满"):
        build.go(reward, "collect", "lapsed", clerk)
    build.go(reward, "collect", "prolong", clerk)
    late = law.due("consumer_reward_late", last).date
    at(monkeypatch, late)
    with pytest.raises(cases.Refused, match="还没有届满"):
        build.go(reward, "late", "lapsed", clerk)
    at(monkeypatch, late + timedelta(days=1))
    assert build.go(reward, "late", "lapsed", clerk).closed


def test_a_window_that_has_closed_is_not_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, reward = granted()
    at(monkeypatch, law.due("consumer_reward_claim", clock.today()).date + timedelta(days=1))
    with pytest.raises(cases.Refused, match="不能再延长"):
        build.go(reward, "collect", "prolong", build.operator(build.COUNTY))


def pay(reward: Case, **changed: Any) -> None:
    given = PAID | {"paid_on": clock.today().isoformat()} | changed
    build.go(reward, "collect", "paid", build.operator(build.COUNTY), data=given)


def at(monkeypatch: pytest.MonkeyPatch, day: Any) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)


def test_a_reporter_asks_for_the_reward_on_the_progress_page_once(client: Client) -> None:
    report = opened_report()
    page = look(client, report.number)
    assert "申请举报奖励" in page
    given = {"token": token(page), "words": "我提供了进货单照片"}
    first = client.post("/12315/progress/reward/", given).content.decode()
    again = client.post("/12315/progress/reward/", given).content.decode()
    with system_scope("测试"):
        reward = Case.objects.get(procedure_code="consumer.reward")
    assert reward.parent == report
    assert reward.data["words"] == given["words"]
    assert reward.number in first
    assert reward.number in again
    assert "申请举报奖励" not in look(client, report.number)


def test_no_reward_is_offered_before_the_report_is_found_true(client: Client) -> None:
    [report] = build.filed(build.operator(build.COUNTY), Kind.REPORT)
    page = look(client, report.number)
    assert "申请举报奖励" not in page
    answer = client.post("/12315/progress/reward/", {"token": token(page), "words": "请求奖励"})
    assert answer.status_code == 422
    assert "立案后" in answer.content.decode()


def test_a_reward_needs_a_word_why(client: Client) -> None:
    given = {"token": token(look(client, opened_report().number)), "words": ""}
    assert client.post("/12315/progress/reward/", given).status_code == 422
    with system_scope("测试"):
        assert not Case.objects.filter(procedure_code="consumer.reward").exists()
