"""Answers and warnings: written by one, issued by another, replaced, withdrawn; what they cite must exist."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting
from hongdun.cases.actions import Incomplete, NotAllowed, Refused
from hongdun.library import actions, queries
from hongdun.library.models import Draft, Issued, State
from tests.cases import builders as make
from tests.cases.test_pages import sit
from tests.consumer.builders import CITY, COUNTY, OTHER_CITY

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.base.actor import Actor

pytestmark = pytest.mark.django_db
ANSWER = {
    "subject": "退换货", "title": "直播间买的手串是假的怎么办？", "text": "保存直播录屏和付款记录，可以要求退一赔三。",
    "words": "直播 带货", "basis": "消费者权益保护法 55", "valid_to": None,
}  # fmt: skip


def written(by: Actor, kind: str = "answer", **rest: Any) -> Draft:
    with acting(by):
        return actions.write(kind=kind, actor=by, **({"valid_from": clock.today()} | ANSWER | rest))


def issued(by: Actor, checker: Actor, kind: str = "answer", **rest: Any) -> Issued:
    draft = written(by, kind, **rest)
    with acting(by):
        actions.hand_in(draft.pk, actor=by)
    with acting(checker):
        return actions.issue(draft.pk, actor=checker)


def found(wanted: str) -> list[str]:
    return [each.answer.question for each in queries.find(wanted, most=2)]


def test_it_is_found_once_another_officer_has_issued_it() -> None:
    clerk, head = make.officer("clerk", organ=CITY), make.officer("head", organ=CITY)
    draft = written(clerk)
    with acting(clerk):
        actions.hand_in(draft.pk, actor=clerk)
        with pytest.raises(NotAllowed):
            actions.issue(draft.pk, actor=clerk)
    assert ANSWER["title"] not in found("直播间手串")
    with acting(head):
        actions.issue(draft.pk, actor=head)
        with pytest.raises(Refused):
            actions.issue(draft.pk, actor=head)
    assert ANSWER["title"] in found("直播间手串")


def test_nobody_checks_what_is_theirs() -> None:
    head, other = make.officer("head", organ=CITY), make.officer("head", organ=CITY)
    draft = written(head)
    with acting(head):
        actions.hand_in(draft.pk, actor=head)
        with pytest.raises(NotAllowed, match="另一位"):
            actions.issue(draft.pk, actor=head)
    with acting(other):
        with pytest.raises(Incomplete):
            actions.send_back(draft.pk, remark=" ", actor=other)
        assert actions.send_back(draft.pk, remark="请补写赔偿", actor=other).state == State.WRITING


def test_it_holds_from_its_first_day_to_its_last_and_gives_way_to_the_next_version() -> None:
    clerk, head, today = make.officer("clerk", organ=CITY), make.officer("head", organ=CITY), clock.today()
    first = issued(clerk, head, valid_from=today - timedelta(days=9))
    second = issued(
        clerk, head, replaces=str(first.pk), valid_from=today + timedelta(days=1), title="直播间手串真伪？"
    )
    with acting(head):
        assert [each.pk for each in Issued.objects.in_force(today)] == [first.pk]
        assert [each.pk for each in Issued.objects.in_force(today + timedelta(days=1))] == [second.pk]
        assert not Issued.objects.in_force(today - timedelta(days=10))
        actions.withdraw(second.pk, reason="有误", actor=head)
        assert not Issued.objects.in_force(today + timedelta(days=1))


def test_an_answer_of_the_release_steps_aside_for_its_replacement() -> None:
    clerk, head = make.officer("clerk", organ=CITY), make.officer("head", organ=CITY)
    old = found("缺斤少两")[0]
    new = issued(clerk, head, replaces="scales", title="缺斤少两怎么办（南宁）？", text="到市场公平秤复秤。")
    assert old not in found("缺斤少两")
    assert new.title in found("缺斤少两")
    with acting(head):
        actions.withdraw(new.pk, reason="有误", actor=head)
    assert found("缺斤少两")[0] == old


@pytest.mark.parametrize("basis", ["", "消费者权益保护法", "25", "消费者权益保护法 x"])
def test_an_answer_without_a_proper_basis_is_not_handed_in(basis: str) -> None:
    clerk = make.officer("clerk", organ=CITY)
    draft = written(clerk, basis=basis)
    with acting(clerk), pytest.raises(Incomplete):
        actions.hand_in(draft.pk, actor=clerk)


def test_a_bureau_neither_sees_nor_withdraws_what_is_not_its_own() -> None:
    clerk, head = make.officer("clerk", organ=CITY), make.officer("head", organ=CITY)
    text = issued(clerk, head)
    draft = written(clerk)
    for organ in (COUNTY, OTHER_CITY):
        stranger = make.officer("head", organ=organ)
        assert sit(stranger).get(f"/desk/library/{draft.pk}/").status_code == 404
        with acting(stranger), pytest.raises(Refused):
            actions.withdraw(text.pk, reason="有误", actor=stranger)


def test_a_warning_goes_through_the_pages_to_the_public_and_its_feed(client: Client) -> None:
    clerk, head = make.officer("clerk", organ=CITY), make.officer("head", organ=CITY)
    given = {
        "title": "谨防预付卡跑路",
        "text": "办卡前查证照。",
        "basis": "",
        "valid_from": "2026-11-01",
        "valid_to": "",
    }
    desk = sit(clerk)
    assert "/desk/library/new/warning/" in desk.get("/desk/library/").content.decode()
    page = desk.post("/desk/library/new/warning/", given, follow=True)
    address = page.redirect_chain[-1][0]
    assert "请填写" in desk.post(address, given | {"title": "", "what": "hand_in"}).content.decode()
    assert "待审核" in desk.post(address, given | {"what": "hand_in"}, follow=True).content.decode()
    assert given["title"] not in client.get("/warnings/").content.decode()
    sit(head).post(address, {"what": "issue", "remark": "同意"})
    with acting(head):
        text = Issued.objects.get()
    assert given["title"] in client.get("/warnings/").content.decode()
    for words, found in (("预付卡", True), ("查证 跑路", True), ("卡", False), ("电动车", False)):
        assert (given["title"] in client.get("/warnings/", {"q": words}).content.decode()) is found
    assert given["text"] in client.get(f"/warnings/{text.pk}/").content.decode()
    feed = client.get("/warnings/feed/")
    assert f"/warnings/{text.pk}/" in feed.content.decode()
    assert feed["Content-Type"].startswith("application/atom+xml")
    sit(head).post(f"/desk/library/{text.pk}/withdraw/", {"reason": "已经处理完毕"})
    assert given["title"] not in client.get("/warnings/").content.decode()
    assert "已经处理完毕" in client.get(f"/warnings/{text.pk}/").content.decode()
