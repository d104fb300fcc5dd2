"""Refusals and terminations by each ground of each regime, consent, joint complaints, what an officer must still give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from hongdun.consumer.actions import Sender, odr
from hongdun.consumer.models import Matter
from hongdun.consumer.queries import factors
from hongdun.law import queries as law
from hongdun.parties.models import Involvement
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import enter
from tests.register.builders import founded

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
OLD, NEW = date(2026, 4, 14), date(2026, 4, 15)
DECLINE = {OLD: 6, NEW: 7}
TERMINATE = {OLD: 7, NEW: 8}


def at_acceptance(on: date | None = None, **items: Any) -> tuple[Case, Actor]:
    clerk, examiner = build.operator(build.COUNTY), make.officer("examiner", organ=build.COUNTY)
    [case] = build.filed(clerk, on=on, **items)
    build.go(case, "route", "keep", clerk)
    return case, examiner


def at_consent(on: date | None = None, **items: Any) -> tuple[Case, Actor]:
    case, examiner = at_acceptance(on, **items)
    head, lead = make.officer("head", organ=build.COUNTY), make.officer("station", organ=build.COUNTY)
    build.go(case, "accept", "accept", examiner)
    build.go(case, "place", "own", examiner)
    build.go(case, "assign", "assign", head, data={"lead": str(lead.person)})
    return case, lead


@pytest.mark.parametrize("day", [OLD, NEW])
def test_each_ground_of_refusal_is_told_with_the_other_routes(day: date) -> None:
    grounds = law.grounds("consumer", day, kind="decline")
    assert len(grounds) == DECLINE[day]
    for ground in grounds:
        case, examiner = at_acceptance(day)
        with pytest.raises(cases.Incomplete, match="法律依据"):
            build.go(case, "accept", "refuse", examiner)
        build.go(case, "accept", "refuse", examiner, grounds=(ground.code,))
        with acting(examiner):
            [notice] = case.notices.filter(kind="refusal")
        assert notice.body["items"] == [[ground.text, ground.citation]]
        assert build.reload(case).matter.result == "refused"


def test_a_ground_of_the_other_regime_is_refused() -> None:
    case, examiner = at_acceptance(OLD)
    with pytest.raises(cases.Incomplete, match="不是本业务的法定依据"):
        build.go(case, "accept", "refuse", examiner, grounds=("decline_identity",))


@pytest.mark.parametrize("day", [OLD, NEW])
def test_each_ground_of_termination_is_told_to_both_within_seven_working_days(day: date) -> None:
    grounds = law.grounds("consumer", day, kind="terminate")
    assert len(grounds) == TERMINATE[day]
    for ground in grounds:
        case, lead = at_consent(day)
        build.go(case, "consent", "terminate", lead, grounds=(ground.code,))
        with acting(lead):
            kinds = set(case.notices.values_list("kind", flat=True))
            told = Task.objects.waiting().get(case=case)
        assert {"termination", "termination_merchant"} <= kinds
        assert (told.step, told.due_rule) == ("tell", "consumer_termination_notice")
    with pytest.raises(cases.Incomplete, match="方式"):
        build.go(case, "tell", "told", lead, data={"complainant_told": "sms"})
    build.go(case, "tell", "told", lead, data={"complainant_told": "sms", "merchant_told": "paper"})


def test_without_the_consent_of_both_there_is_no_mediation() -> None:
    case, lead = at_consent()
    with pytest.raises(cases.Incomplete, match="双方都同意"):
        build.go(case, "consent", "agreed", lead, data={"complainant_agrees": True, "merchant_agrees": False})
    entrusted = {"complainant_agrees": True, "merchant_agrees": True, "entrusted_to": "南宁市消费者协会"}
    with pytest.raises(cases.Incomplete, match="双方同意委托"):
        build.go(case, "consent", "agreed", lead, data=entrusted)
    build.go(case, "consent", "agreed", lead, data=entrusted | {"both_agree_to_entrust": True})


def test_a_session_on_site_is_announced_with_time_and_place() -> None:
    case, lead = at_consent()
    build.go(case, "consent", "agreed", lead, data={"complainant_agrees": True, "merchant_agrees": True})
    with pytest.raises(cases.Incomplete, match="时间和地点"):
        build.go(case, "arrange", "arrange", lead, data={"way": "site", "mediator": "卢海峰"})


def test_while_a_recusal_is_decided_the_clock_stands_still() -> None:
    case, lead = at_consent()
    build.go(case, "consent", "agreed", lead, data={"complainant_agrees": True, "merchant_agrees": True})
    build.go(case, "arrange", "arrange", lead, data={"way": "phone", "mediator": "卢海峰"})
    before = build.reload(case).clock_due
    build.go(case, "mediate", "recuse", lead, opinion="调解人是商家的亲戚")
    assert build.reload(case).clock_due is None
    build.go(case, "recuse", "stay", make.officer("head", organ=build.COUNTY))
    assert build.reload(case).clock_due == before


def test_identity_is_asked_for_with_a_day() -> None:
    case, examiner = at_acceptance()
    with pytest.raises(cases.Incomplete, match="截止日期"):
        build.go(case, "accept", "prove", examiner)
    build.go(case, "accept", "prove", examiner, data={"prove_by": date(2026, 12, 1)})
    build.go(case, "prove", "not_proved", examiner)
    assert make.open_steps(case.number) == ["accept"]


def test_joint_complainants_are_known_and_agree_to_what_their_representatives_settle() -> None:
    others = (Sender("王五", "13800002222"), Sender("赵六", "13800003333"))
    case, lead = at_consent(others=others, representatives=("李四", "王五"))
    with system_scope("测试"):
        assert Involvement.objects.filter(case_id=case.id, role="applicant").count() == 3
    build.go(case, "consent", "agreed", lead, data={"complainant_agrees": True, "merchant_agrees": True})
    build.go(case, "arrange", "arrange", lead, data={"way": "phone", "mediator": "卢海峰"})
    build.go(case, "mediate", "agree", lead)
    settled = {"agreement": "退款", "why_no_statement": "remote"}
    with pytest.raises(cases.Incomplete, match="被代表的投诉人同意"):
        build.go(case, "record", "note", lead, data=settled)
    build.go(case, "record", "note", lead, data=settled | {"represented_agree": True})


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ({"representatives": ("李四", "王五", "赵六")}, "最多 2 名"),
        ({"representatives": ("孙七",)}, "共同投诉人之一"),
        ({"others": (Sender("王五"),)}, "姓名和电话号码"),
        ({"agent": Sender("周八", "13800004444")}, "委托事项、权限、期限"),
    ],
)
def test_what_joint_complaints_and_agents_need(items: dict[str, object], words: str) -> None:
    with pytest.raises(cases.Incomplete, match=words):
        build.filed(build.operator(), **items)  # type: ignore[arg-type]


def test_the_factors_of_article_17_are_counted_and_refuse_nothing() -> None:
    by = build.operator(build.COUNTY)
    for _ in range(5):
        build.filed(by)
    [case] = build.filed(by)
    with acting(by):
        found = factors.of(case, Matter.objects.get(pk=case.pk))
        assert (found[0].count, found[0].remarkable) == (5, True)
        assert not case.closed
    [old] = build.filed(by, on=OLD)
    with acting(by):
        assert factors.of(old, Matter.objects.get(pk=old.pk)) == []


def test_the_merchant_answers_first_where_the_complainant_wants_it_so() -> None:
    clerk, entity = build.operator(build.COUNTY), founded()
    [case] = build.filed(clerk, merchant=replace(build.SHOP, entity=entity.pk))
    with acting(clerk):
        odr.join(entity, since=clock.today(), contact="客服部", actor=clerk)
    build.go(case, "route", "odr", clerk)
    assert build.reload(case).clock_due is None
    with acting(clerk):
        assert Task.objects.waiting().get(case=case).due_rule == "consumer_odr"
    build.go(case, "odr", "failed", clerk)
    assert build.reload(case).clock_rule == "consumer_acceptance"
    assert build.reload(case).clock_due


def test_the_examiner_settles_the_classes_that_the_words_suggest(client: Client) -> None:
    case, examiner = at_acceptance(text="买的空调不制冷，质量有问题，要求退货。")
    enter(client, examiner)
    page = client.get(f"/cases/{case.number}/accept/").content.decode()
    assert '<option value="10501" selected>' in page
    given = {"outcome": "accept", "object_class": "10501", "problem_class": "quality"}
    assert client.post(f"/cases/{case.number}/accept/", given).status_code == 302
    matter = build.reload(case).matter
    assert (matter.object_class, matter.problem_class) == ("10501", "quality")
