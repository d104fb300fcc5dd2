"""An enterprise ends in the simple way: twenty days of notice, twenty to apply, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.lib.particulars import PersonEntry
from hongdun.parties import actions as parties
from hongdun.register import queries as register
from hongdun.register.models import Entity
from hongdun.registration.cancellation.simple import actions as simple
from hongdun.registration.models import Objection, PublicNotice
from tests.register import builders as registered
from tests.registration import builders, shops
from tests.registration.test_applicant_pages import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]

START = date(2026, 3, 2)  # a Monday; the twentieth day, 22 March, is a Sunday: the notice ends on Monday
LAST = date(2026, 3, 23)
APPLY_UNTIL = date(2026, 4, 13)  # 12 April is a Sunday
OBJECTION = {
    "capacity": "creditor",
    "name": "黄债主",
    "phone": "13800000099",
    "text": "欠货款 3 万元，有欠条",
}


@pytest.fixture(autouse=True)
def day() -> Iterator[mock.Mock]:
    with mock.patch("hongdun.base.clock.today", return_value=START) as today:
        yield today


@pytest.fixture
def owner() -> Client:
    client = Client()
    person = {"name": "覃红豆", "id_number": shops.number(2), "phone": "13800000002"}
    assert client.post("/account/register/", person | PASSWORD).status_code == 302
    return client


def company(**items: Any) -> Entity:
    """Its legal representative is who has the account, by number."""
    with acting(registered.officer()) as actor:
        known = parties.remember_person(name="覃红豆", id_number=shops.number(2), actor=actor)
    people = (PersonEntry("覃红豆", "legal_representative", known.pk),)
    return registered.founded(on=date(2020, 5, 6), people=people, **items)


def topics(entity: Entity) -> dict[str, dict[str, Any]]:
    return {
        "entity": {"uscc": entity.uscc},
        "closing": {"investors": "覃红豆", "undertaking": "on"},
        "documents": {
            "undertaking": SimpleUploadedFile("承诺书.pdf", builders.tiny_pdf(), "application/pdf")
        },
    }


def published(owner: Client, entity: Entity) -> Case:
    draft = owner.post(f"/apply/new/simple_cancellation/?uscc={entity.uscc}").headers["Location"]
    for code, typed in topics(entity).items():
        answer = owner.post(f"{draft}{code}/", typed)
        assert answer.status_code == 302, answer.content.decode()
    answer = owner.post(f"{draft}check/")
    assert answer.status_code == 302, answer.content.decode()
    return shops.case_of(f"/my{answer.headers['Location']}")


def fresh(case: Case) -> Case:
    with system_scope("测试"):
        return Case.objects.get(pk=case.pk)


def night(day: mock.Mock, on: date) -> None:
    day.return_value = on
    with system_scope("测试"):
        simple.end_notices()


def notice() -> PublicNotice:
    return PublicNotice.objects.get()


def test_unopposed_it_ends_with_the_register_and_keeps_its_name_for_a_year(
    owner: Client, day: mock.Mock
) -> None:
    entity = company()
    case = published(owner, entity)
    assert (notice().since, notice().until, fresh(case).clock_due) == (START, LAST, None)
    night(day, date(2026, 3, 24))
    assert notice().state == "unopposed"
    page = owner.get(f"/my/{case.number}/").content.decode()
    assert "申请注销登记" in page
    owner.post(f"/my/{case.number}/apply/")
    assert fresh(case).clock_due == date(2026, 3, 27)
    for role, step, outcome in (("examiner", "examine", "pass"), ("approver", "approve", "register")):
        actor = builders.officer(role, organ=registered.COUNTY)
        with acting(actor):
            cases.finish_step(case.number, step, cases.Decision(outcome), actor=actor)
    ended = Entity.objects.get(pk=entity.pk)
    assert (ended.status, ended.closed) == ("cancelled", date(2026, 3, 24))
    with system_scope("测试"):
        assert fresh(case).notices.filter(kind="cancelled").exists()
    assert register.check_name(entity.name, on=date(2027, 3, 24)).blocking
    assert not register.check_name(entity.name, on=date(2027, 3, 26)).blocking


@pytest.mark.parametrize(("on", "status"), [(date(2026, 3, 21), 302), (LAST, 302), (date(2026, 3, 24), 409)])
def test_an_objection_in_time_stops_it_and_a_late_one_does_not(
    owner: Client, day: mock.Mock, on: date, status: int
) -> None:
    case = published(owner, company())
    day.return_value = on
    answer = Client().post(f"/notices/{notice().pk}/", OBJECTION)
    assert answer.status_code == status
    stopped = status == 302
    assert notice().state == ("opposed" if stopped else "open")
    assert fresh(case).outcome == ("objected" if stopped else "")
    if stopped:
        with system_scope("测试"):
            refused = fresh(case).notices.get(kind="refused")
            assert Objection.objects.get().text == OBJECTION["text"]
        assert "欠货款" in refused.body["paragraphs"][0]
        public = Client().get(f"/notices/{notice().pk}/").content.decode()
        assert "黄债主" not in public
        assert "欠货款" not in public
        assert Client().post(f"/notices/{notice().pk}/", OBJECTION).status_code == 409


@pytest.mark.parametrize(("on", "applied"), [(APPLY_UNTIL, True), (date(2026, 4, 14), False)])
def test_applying_is_possible_for_twenty_days_after_the_notice(
    owner: Client,
    day: mock.Mock,
    on: date,
    applied: bool,  # noqa: FBT001
) -> None:
    case = published(owner, company())
    night(day, date(2026, 3, 24))
    day.return_value = on
    owner.post(f"/my/{case.number}/apply/")
    page = owner.get(f"/my/{case.number}/").content.decode()
    assert ("须重新公示" not in page) is applied
    assert (fresh(case).clock_due is not None) is applied


def test_what_nobody_applies_for_ends_by_itself(owner: Client, day: mock.Mock) -> None:
    case = published(owner, company())
    night(day, date(2026, 3, 24))
    night(day, APPLY_UNTIL)
    assert fresh(case).outcome == ""
    night(day, date(2026, 4, 14))
    assert fresh(case).outcome == "lapsed"


def test_an_officer_cannot_cut_the_notice_short(owner: Client, day: mock.Mock) -> None:
    case = published(owner, company())
    day.return_value = LAST
    actor = builders.officer("examiner", organ=registered.COUNTY)
    with acting(actor), pytest.raises(cases.Refused, match=str(LAST)):
        cases.finish_step(case.number, "notice", cases.Decision("expired"), actor=actor)


def test_a_living_branch_stands_in_the_way_with_its_article(owner: Client) -> None:
    entity = company()
    registered.founded(name=f"{entity.name}江南分公司", type="2000", capital=None, shares=())
    draft = owner.post("/apply/new/simple_cancellation/").headers["Location"]
    answer = owner.post(f"{draft}entity/", {"uscc": entity.uscc})
    assert answer.status_code == 422
    assert "第三十二条第二款" in answer.content.decode()


def test_holding_a_share_in_another_stands_in_the_way(owner: Client) -> None:
    entity = company()
    share = replace(registered.company().shares[0], holder=entity.name, person=None, entity=entity.pk)
    registered.founded(name="南宁绿豆商贸有限公司", shares=(share,))
    shown = Client().get(f"/api/v1/entities/{entity.uscc}/filings").json()["filings"]
    found = {each["code"]: [b["article"] for b in each["blockers"]] for each in shown}
    assert found["simple_cancellation"] == ["市场主体登记管理条例实施细则第四十八条第二项"]
    assert owner.get(f"/entity/{entity.uscc}/filings/").status_code == 200


def test_a_withdrawn_application_ends_its_notice(owner: Client) -> None:
    case = published(owner, company())
    owner.post(f"/my/{case.number}/withdraw/")
    with system_scope("测试"):
        simple.note_withdrawal(case.number)
    assert notice().state == "withdrawn"
    assert "已撤回" in Client().get(f"/notices/?q={notice().uscc}&state=over").content.decode()
    assert notice().name not in Client().get("/notices/?state=open").content.decode()
