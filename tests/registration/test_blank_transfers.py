"""Blanks pass from one office to another: neither counts them on the way, both numbers are right afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting
from hongdun.cases.actions import Refused
from hongdun.registration.licence import blanks, moving
from tests.org import builders as org
from tests.registration import changes as build
from tests.registration import sheets

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
HERE, THERE = build.QINGXIU, build.XIANGSHAN


def counted(organ: int) -> tuple[int, int, int]:
    """Received, moved away and left today, of duplicates."""
    with acting(sheets.counter(organ)):
        found = blanks.counts(organ, since=clock.today(), until=clock.today())[1]
        assert found.left == blanks.in_stock(organ, "duplicate")
    return found.received, found.moved, found.left


def sent(first: str = "F000003", last: str = "F000005") -> UUID:
    with acting(sheets.counter()) as actor:
        return moving.send(copy="duplicate", first=first, last=last, target=THERE, actor=actor).pk


def received(transfer: UUID, *, organ: int = THERE) -> None:
    with acting(sheets.counter(organ)) as actor:
        moving.receive(transfer, actor=actor)


def taken_back(transfer: UUID, *, organ: int = HERE) -> None:
    with acting(sheets.counter(organ)) as actor:
        moving.take_back(transfer, actor=actor)


@pytest.fixture(autouse=True)
def _five_duplicates() -> None:
    sheets.stock(duplicates=5)


def test_on_the_way_they_are_nobodys_stock_and_received_twice_they_come_once() -> None:
    transfer = sent()
    assert (counted(HERE), counted(THERE)) == ((5, 3, 2), (0, 0, 0))
    received(transfer)
    received(transfer)
    assert (counted(HERE), counted(THERE)) == ((5, 3, 2), (3, 0, 3))
    with pytest.raises(Refused, match="已确认收到，不能撤回"):
        taken_back(transfer)


def test_taken_back_they_are_there_again_and_come_nowhere_else() -> None:
    transfer = sent()
    taken_back(transfer)
    taken_back(transfer)
    assert (counted(HERE), counted(THERE)) == ((5, 0, 5), (0, 0, 0))
    with pytest.raises(Refused, match="已撤回这批调拨"):
        received(transfer)


def test_what_came_back_from_there_may_be_sent_again() -> None:
    received(sent())
    with acting(sheets.counter(THERE)) as actor:
        back = moving.send(copy="duplicate", first="F000003", last="F000005", target=HERE, actor=actor)
    received(back.pk, organ=HERE)
    taken_back(sent())
    assert counted(HERE)[2] == 5
    assert counted(THERE)[2] == 0


@pytest.mark.parametrize(
    ("first", "last", "copy"),
    [
        ("F000005", "F000006", "duplicate"),
        ("F000001", "F000001", "original"),
        ("G000001", "G000001", "duplicate"),
    ],
)
def test_only_what_is_in_stock_is_sent(first: str, last: str, copy: str) -> None:
    with (
        acting(sheets.counter()) as actor,
        pytest.raises(Refused, match=f"编号 {'F000006' if last == 'F000006' else first} 不在本单位"),
    ):
        moving.send(copy=copy, first=first, last=last, target=THERE, actor=actor)
    assert counted(HERE) == (5, 0, 5)


def test_only_the_other_side_says_that_they_came_and_only_this_side_takes_back() -> None:
    transfer = sent()
    with pytest.raises(Refused, match="确认收到"):
        received(transfer, organ=HERE)
    with pytest.raises(Refused, match="撤回"):
        taken_back(transfer, organ=THERE)
    with pytest.raises(Refused, match="没有这批调拨"):
        received(transfer, organ=450_203_000)


def test_numbers_on_the_way_are_not_taken_into_stock_by_hand_here() -> None:
    sent()
    with acting(sheets.counter()) as actor, pytest.raises(Refused, match="只能入库一次"):
        blanks.receive(copy="duplicate", first="F000003", last="F000003", actor=actor)


def test_both_offices_see_it_on_their_pages() -> None:
    here, there = Client(), Client()
    org.enter(here, org.an_actor("counter", organ=HERE, login="here.counter"))
    org.enter(there, org.an_actor("counter", organ=THERE, login="there.counter"))
    typed = {"copy": "duplicate", "first": "F000001", "last": "F000002", "target": THERE}
    assert here.post("/desk/blanks/transfers/", typed).status_code == 302
    refused = here.post("/desk/blanks/transfers/", typed)
    assert refused.status_code == 422
    assert "不在本单位这一种类的库存里" in refused.content.decode()
    page = there.get("/desk/blanks/transfers/")
    [(row, _, _)] = page.context["rows"]
    assert "清点无误，确认收到" in page.content.decode()
    assert there.post(f"/desk/blanks/transfers/{row.pk}/").status_code == 302
    late = here.post(f"/desk/blanks/transfers/{row.pk}/", {"take_back": "1"})
    assert late.status_code == 409
    assert "不能撤回" in late.content.decode()
    assert "已收到" in late.content.decode()
