"""12345 by signed HTTP: orders in, signed for, answered or returned, judged; nothing forged, played again or done twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hongdun.base import clock
from hongdun.base.partners import BadPartners
from hongdun.base.scope import acting, system_scope
from hongdun.consumer.actions import exchanging, hotline, hotlines
from hongdun.consumer.channels.models import HotlineMessage, WorkOrder
from hongdun.consumer.models import Contact
from tests.consumer import builders as build
from tests.consumer.hotline import SECRET, Hotline, running, send
from tests.consumer.test_exchanging import order
from tests.org.builders import enter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
NUMBER = str(order()["number"])


@pytest.fixture
def partner(settings: SettingsWrapper, tmp_path: Path) -> Iterator[Hotline]:
    with running() as found:
        settings.CONSUMER_HOTLINES = found.configure(tmp_path)
        yield found


def orders() -> list[WorkOrder]:
    with system_scope("测试"):
        return list(WorkOrder.objects.order_by("number"))


def work() -> None:
    """The jobs that tell the other side, as the worker does them."""
    for job in ProcrastinateJob.objects.filter(task_name=hotline.TELL).order_by("id"):
        hotlines.tell(job.args["order"], job.args["state"])


def test_an_order_goes_its_whole_way(partner: Hotline, client: Client) -> None:
    assert send(client, "new", order(), number="m1").json() == {
        "number": NUMBER, "state": "new", "due": order()["due"],
    }  # fmt: skip
    later = (clock.today() + timedelta(days=9)).isoformat()
    assert send(client, "deadline", {"number": NUMBER, "due": later}, number="m2").json()["due"] == later
    desk = client.__class__()
    enter(desk, build.operator())
    page = f"/desk/12315/orders/{NUMBER}/"
    desk.post(page, {"what": "sign"})
    desk.post(page, {"what": "answer", "answer-words": "已责令下架"})
    assert "正在告知对方" in desk.get(page).content.decode()
    work()
    assert [each["type"] for each in partner.told.values()] == ["workorder.signed", "workorder.answered"]
    assert partner.told[f"{NUMBER}-answered"]["data"]["words"] == "已责令下架"
    assert "对方已确认" in desk.get(page).content.decode()
    assert send(client, "judged", {"number": NUMBER, "rating": 4}, number="m3").status_code == 200
    assert orders()[0].satisfaction == 4
    assert send(client, "status", {"number": NUMBER}, number="m4").json()["state"] == "answered"


def test_an_order_is_returned_with_its_reason(partner: Hotline, client: Client) -> None:
    send(client, "new", order(), number="m1")
    by = build.operator()
    with acting(by):
        hotline.sign(orders()[0], actor=by)
        hotline.send_back(orders()[0], reason="属于城管", actor=by)
    work()
    assert partner.told[f"{NUMBER}-returned"]["data"]["words"] == "属于城管"


def test_what_does_not_arrive_is_told_again_under_the_same_number(partner: Hotline, client: Client) -> None:
    send(client, "new", order(), number="m1")
    by = build.operator()
    with acting(by):
        hotline.sign(orders()[0], actor=by)
    partner.says = 503
    with pytest.raises(hotlines.NotTold, match="503"):
        work()
    assert orders()[0].told == ""
    partner.says = 204
    work()
    work()
    assert (partner.attempts, len(partner.told)) == (3, 1)
    assert orders()[0].told == "signed"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"secret": "whsec_d3Jvbmc="}, "签名不符"),
        ({"changed": b'{"type": "workorder.new", "data": {}}'}, "签名不符"),
        ({"late": 301}, "300 秒"),
        ({"late": -302}, "300 秒"),
        ({"name": "liuzhou"}, "签名不符"),
        ({"number": ""}, "webhook-id"),
        ({"number": "x" * 81}, "80"),
    ],
)
def test_what_is_not_proven_is_refused_and_leaves_nothing(
    partner: Hotline, client: Client, how: dict[str, Any], words: str
) -> None:
    answer = send(client, "new", order(), **{"number": "m1"} | how)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert words in answer.json()["detail"]
    assert not orders()
    with system_scope("测试"):
        assert not Contact.objects.exists()


def test_a_name_that_nobody_registered_is_no_address(partner: Hotline, client: Client) -> None:
    assert send(client, "new", order(), number="m1", name="nobody").status_code == 404


def test_a_message_that_was_recorded_and_is_played_again_does_nothing(
    partner: Hotline, client: Client
) -> None:
    send(client, "new", order(), number="m1")
    send(client, "deadline", {"number": NUMBER, "due": "2026-12-01"}, number="m2")
    send(client, "deadline", {"number": NUMBER, "due": "2026-12-31"}, number="m3")
    again = send(client, "deadline", {"number": NUMBER, "due": "2026-12-01"}, number="m2")
    assert again.json()["due"] == "2026-12-01", "answered as the first time"
    assert str(orders()[0].due) == "2026-12-31", "and not done again"
    with system_scope("测试"):
        assert HotlineMessage.objects.count() == 3


def test_one_number_for_two_messages_is_a_conflict(partner: Hotline, client: Client) -> None:
    send(client, "new", order(), number="m1")
    assert send(client, "new", order(description="别的事"), number="m1").status_code == 409
    assert send(client, "new", order(description="别的事"), number="m2").status_code == 409
    assert send(client, "new", order(), number="m3").status_code == 200
    assert len(orders()) == 1


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        ("new", {"number": "NN9"}, 400),
        ("new", {"number": "NN9", "due": "明天"}, 400),
        ("none", {}, 400),
        ("judged", {"number": "NN9", "rating": 5}, 422),
        ("judged", {"number": NUMBER, "rating": 5}, 422),
        ("deadline", {"number": NUMBER, "due": ""}, 400),
    ],
)
def test_what_cannot_be_done_is_said_and_may_be_sent_again(
    partner: Hotline, client: Client, kind: str, data: dict[str, Any], status: int
) -> None:
    send(client, "new", order(), number="m1")
    assert send(client, kind, data, number="m2").status_code == status
    assert send(client, "status", {"number": NUMBER}, number="m2").status_code == 200


def test_a_hotline_knows_of_its_own_orders_only(partner: Hotline, client: Client) -> None:
    send(client, "new", order(), number="m1")
    answer = send(client, "status", {"number": NUMBER}, number="m1", name="liuzhou", secret="whsec_bGl1")
    assert answer.status_code == 422


def test_the_secret_before_is_good_while_it_is_listed(
    partner: Hotline, client: Client, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.CONSUMER_HOTLINES = partner.configure(tmp_path, secrets=("whsec_bmV1", SECRET))
    assert send(client, "new", order(), number="m1").status_code == 200


def test_an_order_that_came_by_http_is_not_answered_in_a_file(
    partner: Hotline, client: Client, tmp_path: Path
) -> None:
    send(client, "new", order(), number="m1")
    by = build.operator()
    with acting(by):
        hotline.sign(orders()[0], actor=by)
    exchanging.write_all(tmp_path)
    assert not list((tmp_path / "12345" / "outbox").glob("*.json"))


def test_a_file_of_hotlines_that_cannot_be_read_is_told(settings: SettingsWrapper, tmp_path: Path) -> None:
    from hongdun.consumer.queries.hotlines import hotlines as known

    path = tmp_path / "partners.json"
    settings.CONSUMER_HOTLINES = str(path)
    for text in (
        "",
        "[]",
        '{"NN": {}}',
        '{"nanning": {"secrets": [], "url": ""}}',
        '{"nanning": {"url": ""}}',
    ):
        path.write_text(text)
        with pytest.raises(BadPartners):
            known()
