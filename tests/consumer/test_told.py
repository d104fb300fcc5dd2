"""What each side is told at the end: the remedy of a decision, form 10 under other laws, the close of what was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.models import Kind
from hongdun.consumer.queries import tables
from hongdun.consumer.report import queries
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.consumer.test_citizen import look
from tests.consumer.test_mediation import NEW, OLD, at_acceptance, at_consent
from tests.law.test_tables import passage

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from django.test import Client

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def to_decide(**items: Any) -> Case:
    clerk, examiner = build.operator(build.COUNTY), make.officer("examiner", organ=build.COUNTY)
    head, lead = make.officer("head", organ=build.COUNTY), make.officer("station", organ=build.COUNTY)
    [case] = build.filed(clerk, Kind.REPORT, **items)
    build.go(case, "route", "keep", clerk)
    build.go(case, "place", "own", examiner)
    build.go(case, "assign", "assign", head, data={"lead": str(lead.person)})
    build.go(case, "verify", "clear", lead)
    return build.go(case, "review", "pass", head)


def decided(case: Case, under: str) -> list[Any]:
    approver = make.officer("approver", organ=build.COUNTY)
    build.go(case, "decide", "drop", approver, data={"tell_under": under})
    with acting(approver):
        return list(case.notices.filter(kind="report_result"))


def test_a_refusal_names_review_and_suit_a_termination_the_service() -> None:
    case, examiner = at_acceptance(NEW)
    build.go(case, "accept", "refuse", examiner, grounds=("decline_power",))
    other, lead = at_consent(NEW)
    build.go(other, "consent", "terminate", lead, grounds=("end_no_agreement",))
    with system_scope("测试"):
        refusal = case.notices.get(kind="refusal").body["remedies"]
        ended = other.notices.get(kind="termination").body["remedies"]
    assert "南宁市青秀区人民政府申请行政复议（《行政复议法》第二十条）" in refusal
    assert "第十二条第四项" in ended
    assert "申请行政复议（" not in ended


@pytest.mark.parametrize(
    ("problem", "anonymous", "code"),
    [
        ("advertising", False, "advertising"), ("food_safety", False, "food"), ("unlicensed", False, "unlicensed"),
        ("unlicensed", True, ""), ("price", False, ""), ("advertising", True, ""),
    ],
)  # fmt: skip
def test_another_law_that_wants_the_reporter_told_is_proposed_by_the_problem(
    problem: str,
    *,
    anonymous: bool,
    code: str,
) -> None:
    [case] = build.filed(
        build.operator(build.COUNTY), Kind.REPORT, problem_class=problem, anonymous=anonymous, on=NEW
    )
    with system_scope("测试"):
        assert queries.usual(case) == code


def test_form_10_goes_out_only_under_the_chosen_law(client: Client) -> None:
    assert decided(to_decide(on=NEW), "") == []
    case = to_decide(on=NEW, problem_class="advertising")
    [notice] = decided(case, "advertising")
    assert "《广告法》第五十三条第一款" in str(notice.body)
    assert build.LISI.name not in str(notice.body)
    assert "举报处理结果告知书" in look(client, case.number)


@pytest.mark.parametrize("day", [OLD, NEW])
def test_a_law_that_does_not_reach_this_reporter_is_refused(day: date) -> None:
    case = to_decide(on=day, anonymous=day == NEW)
    with pytest.raises(cases.Incomplete, match="重新选择"):
        decided(case, "advertising")


def test_what_was_settled_is_told_as_closed_and_asks_for_a_rating(client: Client) -> None:
    case, lead = at_consent(NEW)
    yes = {"complainant_agrees": True, "merchant_agrees": True}
    build.go(case, "consent", "agreed", lead, data=yes)
    build.go(case, "arrange", "arrange", lead, data={"way": "phone", "mediator": "韦所长", "recusal_days": 2})
    build.go(case, "mediate", "agree", lead)
    given = {"agreement": "退款 399 元", "recovered": 399, "why_no_statement": "remote"}
    build.go(case, "record", "note", lead, data=given)
    build.go(case, "review", "pass", make.officer("head", organ=build.COUNTY))
    build.go(case, "close", "close", make.officer("approver", organ=build.COUNTY))
    page = look(client, case.number)
    assert "投诉办结告知书" in page
    assert "挽回经济损失 399" in page
    assert "提交评价" in page


@pytest.mark.shared
def test_tables_cite_articles_that_speak_of_what_they_hold(shared: Path) -> None:
    for line in tables.lines("report_notices"):
        law = max((shared / "laws" / "text").glob(f"{line['title']}_*.md"))
        assert "举报人" in (said := passage(law, line["article"])), line.row
        assert "告知" in said or "答复" in said
        assert ("实名举报" in said) == (line["named_only"] == "1")
