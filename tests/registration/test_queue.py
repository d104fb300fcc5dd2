"""Numbers at the counter: in order, each to one window, with an estimate that rests on what was measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import acting
from hongdun.registration import waiting
from hongdun.registration.actions import tickets
from tests.org import builders as org
from tests.registration import builders, shops

if TYPE_CHECKING:
    from hongdun.registration.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
STATION = org.NANHU_STATION


@pytest.fixture
def station() -> Client:
    return shops.officer()


def call(client: Client, window: str = "1 号窗口", **other: str) -> str:
    return client.post("/desk/queue/call/", {"window": window} | other, follow=True).content.decode()


def test_numbers_are_called_in_the_order_they_were_taken(station: Client) -> None:
    for _ in range(3):
        assert station.post("/desk/queue/take/").status_code == 302
    assert "请 001 号到1 号窗口" in call(station)
    assert "请 002 号到2 号窗口" in call(station, "2 号窗口")
    assert "请 001 号到1 号窗口" in call(station, again="1")
    screen = Client().get(f"/queue/{STATION}/").content.decode()
    assert "002" in screen
    assert "等候 <strong>1</strong> 人" in screen
    assert "<html" not in Client().get(f"/queue/{STATION}/?part").content.decode()


def test_nobody_waiting_is_said(station: Client) -> None:
    assert "现在没有人等候" in call(station)
    assert "还没有叫过号" in call(station, again="1")
    assert "请填写窗口名称" in call(station, " ")


def test_a_slip_says_how_many_stand_ahead(station: Client) -> None:
    station.post("/desk/queue/take/")
    slip = station.post("/desk/queue/take/", follow=True).content.decode()
    assert "002 号" in slip
    assert "前面还有 1 人" in slip


def test_each_organ_counts_its_own_numbers() -> None:
    numbers = [_taken(STATION), _taken(STATION), _taken(450_103_001)]
    assert [each.number for each in numbers] == [1, 2, 1]


def _taken(organ: int) -> Ticket:
    with acting(builders.officer("station", organ=organ)):
        return tickets.take(organ=organ)


def test_the_estimate_rests_on_the_calls_of_the_day_without_breaks() -> None:
    now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    moments = [now, now - timedelta(minutes=4), now - timedelta(minutes=10), now - timedelta(hours=2)]
    assert waiting.pace(moments) == 5
    assert waiting.pace([]) == waiting.FIRST_GUESS
    assert waiting.pace([now, now - timedelta(hours=2)]) == waiting.FIRST_GUESS


def test_an_unknown_organ_has_no_screen() -> None:
    assert Client().get("/queue/1/").status_code == 404
