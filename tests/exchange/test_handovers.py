"""Departments fetch what was registered, or it is pushed to them: each message once in effect, none lost, none of others'."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client

from hongdun.base import clock, health
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.exchange.actions import handovers as actions
from hongdun.exchange.models import Handover
from hongdun.exchange.queries import handovers as queries
from hongdun.registration.actions import handovers as registration
from tests.consumer.hotline import SECRET, Hotline, running, sign
from tests.exchange.builders import deliver
from tests.exchange.jobs import work
from tests.org.builders import an_actor, enter
from tests.register.builders import COUNTY, founded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
PULLS = {"tax": {"secrets": [SECRET]}, "bank": {"secrets": ["whsec_YmFuaw=="]}}
TAX = "/exchange/handovers/tax/"
MINIMAL = {"uscc", "name", "type", "representative", "address", "status"}


@pytest.fixture(autouse=True)
def partners(settings: SettingsWrapper, tmp_path: Path) -> None:
    known(settings, tmp_path, PULLS)


def known(settings: SettingsWrapper, folder: Path, given: Any) -> None:
    path = folder / "departments.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given))
    settings.EXCHANGE_DEPARTMENTS = str(path)


@pytest.fixture
def listening(settings: SettingsWrapper, tmp_path: Path) -> Iterator[Hotline]:
    with running() as found:
        known(settings, tmp_path, {"tax": {"secrets": [SECRET], "url": found.url}})
        yield found


def told(entity: Entity | None = None, *, occasion: str = "established") -> Entity:
    """A registration that departments hear of, as far as their queues."""
    entity = entity or founded()
    with system_scope("测试") as actor:
        registration.send(entity, occasion, case_id=uuid7(), organ=entity.organ, actor=actor)
    deliver()
    return entity


def rows(department: str = "tax") -> list[Handover]:
    with system_scope("测试"):
        return list(Handover.objects.filter(department=department).order_by("position"))


def states(department: str = "tax") -> list[str]:
    return [row.state for row in rows(department)]


def asked(
    method: str, path: str, body: Any = None, *, secret: str = SECRET, late: int = 0, **changed: Any
) -> Any:
    """A request that a department has signed `late` seconds ago; `changed`: what was put in the place of what it signed."""
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = int(time.time()) - late
    headers = {
        "webhook-id": "m1", "webhook-timestamp": str(stamp),
        "webhook-signature": sign(secret, "m1", stamp, data if method == "POST" else path.encode()),
    }  # fmt: skip
    if method == "GET":
        return Client().get(changed.get("other_path", path), headers=headers)
    sent = changed.get("other_body", data)
    return Client().post(path, sent, content_type="application/json", headers=headers)


def fetched(path: str = TAX) -> list[dict[str, Any]]:
    answer = asked("GET", path)
    assert answer.status_code == 200, answer.content.decode()
    found: list[dict[str, Any]] = answer.json()["handovers"]
    return found


def confirmed(body: Any) -> Any:
    return asked("POST", f"{TAX}receipts/", body)


def test_a_department_fetches_confirms_and_is_given_no_more_than_its_fields() -> None:
    entity = told()
    [one] = fetched()
    assert (one["position"], one["occasion"], one["organ"]) == (1, "established", COUNTY)
    assert one["entity"]["uscc"] == entity.uscc
    assert states() == ["fetched"]
    [other] = asked("GET", "/exchange/handovers/bank/", secret="whsec_YmFuaw==").json()["handovers"]
    assert set(other["entity"]) == MINIMAL
    assert confirmed({"acknowledged": [1]}).json() == {"waiting": 0}
    assert (states(), states("bank")) == (["acknowledged"], ["fetched"])
    assert fetched() == []


def test_what_is_not_confirmed_comes_again_and_everything_can_be_read_anew() -> None:
    entity = told()
    told(entity, occasion="changed")
    assert [each["position"] for each in fetched()] == [1, 2]
    confirmed({"acknowledged": [1]})
    assert [each["position"] for each in fetched()] == [2]
    assert [each["position"] for each in fetched(f"{TAX}?after=0")] == [1, 2]
    assert [each["position"] for each in fetched(f"{TAX}?after=0&limit=1")] == [1]
    assert states() == ["acknowledged", "fetched"]


def test_a_message_heard_twice_has_one_position_and_none_is_left_out() -> None:
    entity = told()
    told(entity, occasion="changed")
    with system_scope("测试"):
        from hongdun.outbox.models import Message

        for message in Message.objects.filter(topic="registration.handed_over").order_by("id"):
            assert actions.enter(message) is None
    assert [row.position for row in rows()] == [1, 2]


def test_a_receipt_said_twice_is_the_same_and_what_was_confirmed_stays_so() -> None:
    told()
    for _ in range(2):
        assert confirmed({"acknowledged": [1]}).status_code == 200
    since = rows()[0].moved
    confirmed({"refused": [{"position": 1, "reason": "查无此户"}]})
    assert (states(), rows()[0].problem, rows()[0].moved) == (["acknowledged"], "", since)


def test_what_is_refused_waits_for_an_administrator_who_sends_it_again() -> None:
    entity = told()
    told(entity, occasion="changed")
    confirmed({"refused": [{"position": 1, "reason": "登记类型代码不认识"}], "acknowledged": []})
    assert [each["position"] for each in fetched()] == [2]
    desk = Client()
    enter(desk, an_actor("admin", organ=COUNTY, login="watches"))
    page = desk.get("/desk/handovers/?department=tax").content.decode()
    assert "登记类型代码不认识" in page
    assert entity.name in page
    only = {"department": "tax", "number": str(rows()[0].pk)}
    assert "已把 1 条放回待送队列" in desk.post("/desk/handovers/again/", only, follow=True).content.decode()
    assert "没有要重新推送的" in desk.post("/desk/handovers/again/", only, follow=True).content.decode()
    assert [each["position"] for each in fetched()] == [1, 2]


def test_an_administrator_elsewhere_neither_sees_nor_sends() -> None:
    entity = told()
    confirmed({"refused": [{"position": 1, "reason": "查无此户"}]})
    desk = Client()
    enter(desk, an_actor("admin", organ=450_203_000, login="elsewhere"))
    assert entity.name not in desk.get("/desk/handovers/?department=tax").content.decode()
    desk.post("/desk/handovers/again/", {"department": "tax"})
    assert states() == ["refused"]


@pytest.mark.parametrize(
    "how", [{"secret": "whsec_d3Jvbmc="}, {"late": 301}, {"other_path": f"{TAX}?after=0"}]
)
def test_who_cannot_prove_it_is_given_nothing(how: dict[str, Any]) -> None:
    told()
    answer = asked("GET", TAX, **how)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert states() == ["queued"]


def test_a_receipt_changed_on_the_way_counts_nothing() -> None:
    told()
    path = f"{TAX}receipts/"
    assert asked("POST", path, {"acknowledged": []}, other_body=b'{"acknowledged": [1]}').status_code == 401
    assert asked("POST", path, {"acknowledged": [1]}, secret="whsec_YmFuaw==").status_code == 401
    assert states() == ["queued"]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"acknowledged": [7]}, 422, "7"),
        ({"acknowledged": ["1"]}, 400, "整数"),
        ({"acknowledged": [True]}, 400, "整数"),
        ({"acknowledged": 1}, 400, "写错"),
        ({"refused": [{"position": 1}]}, 400, "reason"),
        ({"refused": [{"position": 1, "reason": " "}]}, 400, "理由"),
        (b"[]", 400, "写错"),
        (b"{", 400, "写错"),
    ],
)
def test_a_receipt_that_says_nothing_known_is_told_and_changes_nothing(
    body: Any, status: int, words: str
) -> None:
    told()
    answer = confirmed(body)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert states() == ["queued"]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=501", "?after=-1", "?before=3"])
def test_a_wrong_question_is_told(query: str) -> None:
    assert asked("GET", TAX + query).status_code == 400
    assert asked("GET", "/exchange/handovers/unknown/").status_code == 404


def test_it_is_pushed_in_order_to_a_department_that_listens(listening: Hotline) -> None:
    entity = told()
    told(entity, occasion="changed")
    work()
    assert [each["type"] for each in listening.told.values()] == [
        "registration.established",
        "registration.changed",
    ]
    assert [each["data"]["position"] for each in listening.told.values()] == [1, 2]
    assert states() == ["acknowledged", "acknowledged"]
    work()
    assert listening.attempts == 2


def test_a_line_that_fails_is_tried_again_later_under_the_same_number(listening: Hotline) -> None:
    told()
    listening.says = 503
    work()
    [row] = rows()
    assert (row.state, row.attempts, "503" in row.problem) == ("queued", 1, True)
    listening.says = 204
    with system_scope("测试"):
        actions.wake()
    work()
    assert listening.attempts == 1
    later = clock.now() + timedelta(seconds=31)
    with mock.patch("hongdun.exchange.queries.handovers.now", return_value=later), system_scope("测试"):
        actions.push("tax")
    assert (list(listening.told), states()) == ([str(row.pk)], ["acknowledged"])


def test_a_message_that_the_department_rejects_does_not_hold_up_the_next(listening: Hotline) -> None:
    entity = told()
    listening.says = 422
    work()
    listening.says = 204
    told(entity, occasion="changed")
    work()
    assert states() == ["refused", "acknowledged"]


def test_a_file_that_cannot_be_read_loses_nothing(settings: SettingsWrapper, tmp_path: Path) -> None:
    known(settings, tmp_path, "{")
    told()
    desk = Client()
    enter(desk, an_actor("admin", organ=COUNTY, login="watches"))
    page = desk.get("/desk/handovers/").content.decode()
    assert "改好以前不推送" in page
    assert "写法见管理员手册" in str(queries.overdue())
    known(settings, tmp_path, PULLS)
    assert len(fetched()) == 1


def test_what_waits_for_more_than_a_day_is_told_the_operator() -> None:
    told()
    assert queries.overdue() is None
    later = clock.now() + timedelta(days=1, seconds=1)
    with mock.patch("hongdun.exchange.queries.handovers.now", return_value=later):
        assert "tax" in str(queries.overdue())
    assert any(each.name == "departments" and each.warning for each in health.CHECKS)
