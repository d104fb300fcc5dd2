"""A merchant objects to a published complaint on its own page: withheld meanwhile, decided by an officer, told on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import merchants, objecting, publishing
from hongdun.consumer.publicity.models import Objection, Publication
from hongdun.consumer.queries import publicity
from hongdun.law import queries as law
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.consumer.test_publicity import closed, on_show
from tests.org.builders import enter
from tests.register.builders import founded

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
WORDS = {"what": "object", "object-words": "该消费者并未在本店购买", "object-by": "王经理 0771-5550000"}


def shown(client: Client, entity: Entity) -> bool:
    return "家用电器" in client.get(f"/entity/{entity.uscc}/complaints/").content.decode()


def objected(client: Client) -> tuple[Case, Actor, Entity]:
    """A published complaint to which its merchant has objected by the link."""
    entity = founded()
    case, approver = closed(entity)
    on_show(case)
    assert shown(client, entity)
    page = client.post(merchants.address(case), WORDS)
    assert "已收到您的异议" in page.content.decode()
    return case, approver, entity


def made(case: Case) -> Objection:
    with system_scope("测试"):
        found = publicity.objection(case)
    assert found
    return found


def test_publication_waits_until_an_officer_has_decided(client: Client) -> None:
    case, approver, entity = objected(client)
    assert not shown(client, entity)
    due = law.due("consumer_publicity_objection", clock.today()).date
    assert made(case).due == due
    link = client.get(merchants.address(case)).content.decode()
    assert "正在核查" in link
    assert "提出异议</button>" not in link
    desk = Client()
    enter(desk, approver)
    assert case.number in desk.get("/desk/12315/today/").content.decode()
    answered = desk.post(
        f"/desk/12315/more/{case.number}/",
        {"what": "objection", "objection-outcome": "rejected", "objection-reason": "小票可以证明购买。"},
        follow=True,
    )
    assert "已答复：异议不成立" in answered.content.decode()
    assert shown(client, entity)
    assert "小票可以证明购买" in client.get(merchants.address(case)).content.decode()
    with acting(approver):
        told = case.notices.get(kind="objection_decided")
    assert "异议不成立" in told.body["paragraphs"][0]


def test_an_objection_that_is_upheld_ends_publication(client: Client) -> None:
    case, approver, entity = objected(client)
    with acting(approver):
        objecting.decide(made(case), outcome="upheld", reason="经核实不是本店出售", actor=approver)
    assert not shown(client, entity)
    with system_scope("测试"):
        assert Publication.objects.get(case=case).ground == "wrong"
        assert "经核实" in publicity.words(build.reload(case))


def test_it_is_heard_once_and_answered_once(client: Client) -> None:
    case, approver, _ = objected(client)
    with acting(approver):
        objecting.decide(made(case), outcome="rejected", reason="有小票", actor=approver)
        with pytest.raises(cases.Refused, match="答复"):
            objecting.decide(made(case), outcome="upheld", reason="改判", actor=approver)
    again = client.post(merchants.address(case), WORDS)
    assert again.status_code == 422
    assert "已经收到过您" in again.content.decode()


@pytest.mark.parametrize("role", ["clerk", "station", "examiner"])
def test_who_may_not_stop_publication_may_not_answer_either(client: Client, role: str) -> None:
    case, _, _ = objected(client)
    officer = make.officer(role, organ=build.COUNTY)
    with acting(officer), pytest.raises(cases.NotAllowed):
        objecting.decide(made(case), outcome="upheld", reason="看看", actor=officer)


def test_another_county_neither_sees_nor_answers_it(client: Client) -> None:
    case, _, _ = objected(client)
    enter(client, make.officer("approver", organ=build.SIBLING))
    assert case.number not in client.get("/desk/12315/today/").content.decode()
    assert client.get(f"/desk/12315/more/{case.number}/").status_code == 404


def test_what_is_not_published_needs_no_objection(client: Client) -> None:
    case, approver = closed(founded())
    with acting(approver):
        publishing.withhold(
            Publication.objects.get(case=case), ground="secret", reason="涉及商业秘密", actor=approver
        )
    answered = client.post(merchants.address(case), WORDS)
    assert answered.status_code == 422
    assert "不需要提出异议" in answered.content.decode()


def test_while_a_rule_without_withholding_holds_it_stays_on_show(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publicity, "codes", lambda **_: frozenset())
    entity = founded()
    case, _ = closed(entity)
    on_show(case)
    client.post(merchants.address(case), WORDS)
    assert made(case).outcome == ""
    assert shown(client, entity)
