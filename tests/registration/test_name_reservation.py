"""Declaring a name: compared, kept for two months or a year, used or given up (名称规定 art. 16, 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.clock import today
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case
from hongdun.register import queries as register
from hongdun.register.models import Entity, Name
from hongdun.register.queries import Naming
from hongdun.registration.actions import drafts
from hongdun.registration.name_reservation.actions import until
from hongdun.registration.screening import released
from hongdun.registration.wording import LINKS, UNDERTAKING
from tests.org.builders import an_actor, enter
from tests.parties.builders import an_applicant
from tests.register.builders import founded
from tests.registration import builders as build
from tests.registration.screened import let_rules_decide, unmet

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
WISH = "广西鑫源数字科技有限公司"
FIELDS = {"organ": str(build.QINGXIU), "kind": "enterprise", "name": WISH}


@pytest.fixture(autouse=True)
def rules_of_the_release() -> None:
    with system_scope("测试"):
        released.load()


def begun(client: Client) -> str:
    return client.post("/apply/new/name_reservation/").headers["Location"]


def declared(actor: Actor, **more: Any) -> Case:
    client = Client()
    enter(client, actor)
    draft = begun(client)
    answer = client.post(f"{draft}name/", FIELDS | more)
    assert answer.status_code == 302, answer.content.decode()
    assert client.post(f"{draft}check/").status_code == 302
    with system_scope("测试"):
        return Case.objects.filter(procedure_code="name_reservation").order_by("-opened")[0]


def free(naming: Naming | None = None) -> bool:
    return register.check_name(WISH, naming or Naming(organ=build.QINGXIU)).free


def test_a_free_name_is_kept_at_once_and_nobody_else_gets_it() -> None:
    case = declared(an_applicant(1))
    assert case.closed
    assert case.outcome == "reserve"
    row = Name.objects.get(case_id=case.id)
    assert (row.name, row.trade, row.until) == (WISH, "鑫源", until(today(), approval=False))
    assert not free()
    assert "保留至" in register.check_name(WISH, Naming(organ=build.QINGXIU)).blocking[0].explanation


def test_the_limits_of_the_law() -> None:
    from datetime import date

    assert until(date(2026, 1, 31), approval=False) == date(2026, 3, 31)
    assert until(date(2026, 12, 31), approval=False) == date(2027, 2, 28)
    assert until(date(2026, 1, 31), approval=True) == date(2027, 1, 31)
    assert Name.objects.filter(case_id=declared(an_applicant(1), approval="on").id).get().until == until(
        today(), approval=True
    )


def test_a_reservation_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    case = declared(an_applicant(1))
    last = Name.objects.get(case_id=case.id).until
    assert last
    assert not register.check_name(WISH, Naming(organ=build.QINGXIU), on=last).free
    assert register.check_name(WISH, Naming(organ=build.QINGXIU), on=last + timedelta(days=1)).free


def test_a_second_click_reserves_once() -> None:
    founder = an_applicant(1)
    client = Client()
    enter(client, founder)
    draft = begun(client)
    client.post(f"{draft}name/", FIELDS)
    first, second = client.post(f"{draft}check/"), client.post(f"{draft}check/")
    assert first.headers["Location"] == second.headers["Location"]
    assert Name.objects.filter(kind="reserved").count() == 1


def test_a_name_that_is_borne_is_refused_where_it_is_typed() -> None:
    founded(name=WISH)
    client = Client()
    enter(client, an_applicant(1))
    answer = client.post(f"{begun(client)}name/", FIELDS)
    assert answer.status_code == 422
    assert "第十七条" in answer.content.decode()
    assert not Name.objects.filter(kind="reserved").exists()


def test_a_near_name_wants_the_undertaking_and_it_lands_in_the_file() -> None:
    founded(name="广西欣源数字科技有限公司")
    client, founder = Client(), an_applicant(1)
    enter(client, founder)
    answer = client.post(f"{begun(client)}name/", FIELDS)
    assert answer.status_code == 422
    assert "请勾选承诺" in answer.content.decode()
    assert "字号读音相同" in answer.content.decode()
    case = declared(founder, undertaking="on")
    assert case.data["name"]["undertaking"] is True
    assert "字号读音相同" in case.data["name"]["warnings"][0]["explanation"]


def test_the_officer_reads_the_wish_the_warning_and_the_undertaking() -> None:
    founded(name="广西欣源数字科技有限公司")
    case = declared(an_applicant(1), undertaking="on")
    client = Client()
    enter(client, an_actor("examiner", organ=build.QINGXIU))
    page = client.get(f"/cases/{case.number}/").content.decode()
    for words in (WISH, "鑫源、数字科技", "字号读音相同", UNDERTAKING, "保留 2 个月", "申请人"):
        assert words in page


def test_the_page_after_sending_says_until_when_the_name_is_kept() -> None:
    founder = an_applicant(1)
    case = declared(founder)
    client = Client()
    enter(client, founder)
    page = client.get(f"/my/{case.number}/done/").content.decode()
    assert f"保留至 {until(today(), approval=False)}" in page
    assert "企业名称保留告知书" in page
    assert "补正" not in page


@pytest.mark.parametrize("link", ["investment", "assigned"])
def test_a_link_without_a_code_says_whose_code_is_wanted(link: str) -> None:
    client = Client()
    enter(client, an_applicant(1))
    page = client.post(f"{begun(client)}name/", FIELDS | {"link": link, "link_code": " "}).content.decode()
    assert f"已选“{LINKS[link]}”，请填写该企业的统一社会信用代码；没有关系的请选“没有”。" in page
    assert "现为 0 位" not in page


def test_moving_the_split_changes_the_findings_and_is_kept() -> None:
    founded(name="广西鑫源科技有限公司")
    case = declared(an_applicant(1), trade="鑫源数字", industry="科技", undertaking="on")
    row = Name.objects.get(case_id=case.id)
    assert (row.trade, row.industry) == ("鑫源数字", "科技")
    assert any("互相包含" in each["explanation"] for each in case.data["name"]["warnings"])


def test_the_applicant_founds_the_company_under_the_reserved_name_at_another_bureau() -> None:
    founder = an_applicant(1)
    case = declared(founder, organ="450102000")
    with acting(founder):
        application = build.sent(founder)
    with pytest.raises(cases.Incomplete, match="第十七条"), acting(late := an_applicant(2)):
        build.sent(late)
    for role, step, outcome in (("examiner", "examine", "pass"), ("approver", "approve", "register")):
        with acting(build.officer(role)) as officer:
            cases.finish_step(application.number, step, Decision(outcome), actor=officer)
    assert Entity.objects.get().name == WISH
    assert Name.objects.filter(kind="current", name=WISH).count() == 1
    assert case.outcome == "reserve"


def test_giving_up_frees_the_name() -> None:
    founder = an_applicant(1)
    case = declared(founder)
    client = Client()
    enter(client, founder)
    page = client.get(f"/my/{case.number}/").content.decode()
    assert "放弃保留" in page
    assert client.post(f"/my/{case.number}/release/", follow=True).status_code == 200
    assert free()
    assert "放弃保留" not in client.get(f"/my/{case.number}/").content.decode()
    again = client.post(f"/my/{case.number}/release/", follow=True)
    assert "没有正在保留的名称" in again.content.decode()


def test_two_at_the_same_time_cannot_both_send(monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = an_applicant(1), an_applicant(2)
    client = Client()
    enter(client, late)
    draft = begun(client)
    client.post(f"{draft}name/", FIELDS)
    declared(early)
    answer = client.post(f"{draft}check/")
    assert answer.status_code == 409
    assert "第十七条" in answer.content.decode()
    with acting(late):
        assert not drafts.Draft.objects.filter(person=late.person, sent__isnull=False).exists()
    assert clock.today() == today()


# Names whose conditions aren't all met, and what is typed beside them; the condition that sends them to people.
FOR_PEOPLE = [
    ("linked", {"link": "investment", "undertaking": "on"}),
    ("explained", {"name": "广西瑞丰数字科技集团有限公司", "undertaking": "on"}),
]


def pending(code: str, more: dict[str, str]) -> Case:
    """A declaration that people look at; where it takes a link, to a company of the same trade name."""
    if code == "linked":
        more = more | {"link_code": founded(name=WISH.replace("广西", "南宁")).uscc}
    return declared(an_applicant(1), **more)


def in_force(case: Case) -> bool:
    return Name.objects.filter(case_id=case.id, kind="reserved").exists()


def test_a_name_that_meets_every_condition_shows_them_to_its_applicant() -> None:
    founder, client = an_applicant(1), Client()
    case = declared(founder)
    enter(client, founder)
    assert unmet(case) == []
    assert "名称已保留" in client.get(f"/my/{case.number}/done/").content.decode()
    own = client.get(f"/my/{case.number}/").content.decode()
    assert own.count("符合</strong>") == 4
    assert "第十六条第三款" in own


@pytest.mark.parametrize(("code", "more"), FOR_PEOPLE)
def test_what_a_rule_cannot_judge_waits_for_people_and_keeps_no_name(code: str, more: dict[str, str]) -> None:
    case = pending(code, more)
    assert unmet(case) == [code]
    assert not case.closed
    assert not in_force(case)
    desk = Client()
    enter(desk, an_actor("examiner", organ=build.QINGXIU, login="looks.names"))
    page = desk.get(f"/cases/{case.number}/examine/").content.decode()
    assert "不符合下列条件" in page
    assert "近似提示" in page or code == "linked"


def test_an_officer_keeps_the_name_or_says_why_not() -> None:
    kept = pending(*FOR_PEOPLE[0])
    with acting(build.officer("examiner")) as officer:
        assert (
            cases.finish_step(kept.number, "examine", Decision("reserve"), actor=officer).outcome == "reserve"
        )
    assert in_force(kept)
    founder, client = an_applicant(2), Client()
    refused = declared(founder, **FOR_PEOPLE[1][1])
    with acting(build.officer("examiner")) as officer:
        with pytest.raises(cases.Incomplete):
            cases.finish_step(refused.number, "examine", Decision("refuse"), actor=officer)
        told = Decision("refuse", opinion="没有组建企业集团")
        cases.finish_step(refused.number, "examine", told, actor=officer)
    assert not in_force(refused)
    enter(client, founder)
    page = client.get(f"/my/{refused.number}/").content.decode()
    assert "不予保留" in page
    assert "企业名称不予保留告知书" in page


def test_a_name_taken_while_an_officer_looked_is_not_kept_twice() -> None:
    slow = declared(an_applicant(1), **FOR_PEOPLE[1][1])
    founded(name=FOR_PEOPLE[1][1]["name"])
    with acting(build.officer("examiner")) as officer, pytest.raises(cases.Refused, match="第十七条"):
        cases.finish_step(slow.number, "examine", Decision("reserve"), actor=officer)


def test_a_bureau_may_have_people_look_at_every_name_or_draw_some() -> None:
    let_rules_decide("name_reservation", share=100)
    drawn = declared(an_applicant(1))
    with system_scope("测试"):
        assert Case.objects.filter(procedure_code="automatic_review", data__case=drawn.number).exists()
    let_rules_decide("name_reservation", on=False)
    other = declared(an_applicant(2), name="广西隆泰数字科技有限公司")
    assert (unmet(other), other.closed) == ([], None)
