"""Webhooks: signed, in order, again after failure, never into our own network."""

from __future__ import annotations

import itertools
import json
import threading
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.exchange.actions import follows, hooks, sending
from hongdun.exchange.models import Delivery, Webhook
from hongdun.lib import webhooks
from tests.exchange.builders import deliver
from tests.exchange.jobs import work
from tests.org.builders import enter
from tests.parties.builders import an_applicant
from tests.register.builders import changed, founded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMessage
    from pytest_django.fixtures import SettingsWrapper

    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


class Receiver:
    """Somebody else's machine; answers with `status`."""

    def __init__(self) -> None:
        self.status = 204
        self.got: list[tuple[dict[str, str], bytes]] = []

    @property
    def positions(self) -> list[int]:
        return [json.loads(body)["data"]["position"] for _, body in self.got]


@contextmanager
def receiving() -> Iterator[tuple[Receiver, str]]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield receiver, f"http://127.0.0.1:{server.server_port}/hear?a=1"
        server.shutdown()


@pytest.fixture
def receiver() -> Iterator[tuple[Receiver, str]]:
    with receiving() as found:
        yield found


@pytest.fixture
def me() -> Actor:
    return an_applicant()


def a_webhook(me: Actor, url: str, covers: str = "all") -> Webhook:
    with acting(me):
        return hooks.register(url=url, covers=covers, actor=me)


def now_of(webhook: Webhook) -> Webhook:
    with system_scope("测试"):
        return Webhook.objects.get(pk=webhook.pk)


def later(monkeypatch: pytest.MonkeyPatch, **delta: float) -> None:
    at = clock.now() + timedelta(**delta)
    for module in ("actions.sending", "queries.hooks"):
        monkeypatch.setattr(f"hongdun.exchange.{module}.now", lambda: at)


def test_changes_arrive_signed_and_in_order(receiver: tuple[Receiver, str], me: Actor) -> None:
    heard, url = receiver
    founded(name="南宁第零商贸有限公司")
    deliver()
    webhook = a_webhook(me, url)
    for number in range(3):
        founded(name=f"南宁第{number}商贸有限公司")
    work()
    assert heard.positions == [2, 3, 4]
    headers, body = heard.got[0]
    assert headers["webhook-id"] == "change-2"
    again = webhooks.signature(webhook.secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == again
    assert json.loads(body)["type"] == "register.established"
    assert now_of(webhook).position == 4
    work()
    assert len(heard.got) == 3


def test_only_what_is_followed_where_so_wanted(receiver: tuple[Receiver, str], me: Actor) -> None:
    heard, url = receiver
    one, other = founded(), founded(name="柳州红豆商贸有限公司")
    deliver()
    a_webhook(me, url, covers="follows")
    with acting(me):
        follows.follow_entity(one.uscc, actor=me)
    changed(other, date(2020, 1, 1), representative="韦一")
    changed(one, date(2020, 1, 1), representative="韦二")
    work()
    assert heard.positions == [4]


def test_a_failure_is_tried_again_later_and_then_nothing_is_missing(
    receiver: tuple[Receiver, str], me: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, url = receiver
    webhook = a_webhook(me, url)
    heard.status = 503
    founded(name="南宁第一商贸有限公司")
    founded(name="南宁第二商贸有限公司")
    work()
    assert heard.positions == [1]
    found = now_of(webhook)
    assert (found.position, found.failures) == (0, 1)
    assert found.retry_at is not None
    with system_scope("测试"):
        sending.wake()
    work()
    assert heard.positions == [1], "not before its time"
    heard.status = 200
    later(monkeypatch, seconds=31)
    with system_scope("测试"):
        sending.wake()
    work()
    assert heard.positions == [1, 1, 2]
    assert heard.got[0][0]["webhook-id"] == heard.got[1][0]["webhook-id"]
    found = now_of(webhook)
    assert (found.position, found.failures, found.failing_since, found.retry_at) == (2, 0, None, None)
    with system_scope("测试"):
        log = list(Delivery.objects.order_by("id").values_list("position", "status", "problem"))
    assert log == [(1, 503, "对方返回 503"), (1, 200, ""), (2, 200, "")]


def test_redirects_are_not_followed(receiver: tuple[Receiver, str], me: Actor) -> None:
    heard, url = receiver
    heard.status = 302
    a_webhook(me, url)
    founded()
    work()
    with system_scope("测试"):
        assert Delivery.objects.get().problem == "对方返回 302"


def test_waiting_grows_to_six_hours_and_after_five_days_it_is_given_up(
    receiver: tuple[Receiver, str], me: Actor, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    from hongdun.parties import actions as parties

    with system_scope("测试"):
        parties.update_person(me.person, email="li@example.cn", actor=me)  # type: ignore[arg-type]
    heard, url = receiver
    heard.status = 500
    webhook = a_webhook(me, url)
    founded()
    work()
    waits, hours = [], 0.0
    while not (found := now_of(webhook)).disabled_at:
        assert found.retry_at
        waits.append(found.retry_at)
        hours = (found.retry_at - clock.now()).total_seconds() / 3600 + 0.01
        later(monkeypatch, hours=hours)
        with system_scope("测试"):
            sending.wake()
        work()
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(waits)]
    assert gaps[:3] == pytest.approx([60 + 36, 120 + 36, 240 + 36], abs=5)
    assert max(gaps) == pytest.approx(6 * 3600 + 36, abs=5)
    assert 120 <= hours <= 127
    assert [mail.subject for mail in mailoutbox] == ["推送已停用"]
    count = len(heard.got)
    founded(name="南宁第二商贸有限公司")
    work()
    assert len(heard.got) == count
    heard.status = 200
    with acting(me):
        hooks.enable(webhook.pk, actor=me)
    work()
    assert heard.positions[-2:] == [1, 2]


def test_the_page_leads_through_it(receiver: tuple[Receiver, str], me: Actor) -> None:
    heard, url = receiver
    client = Client()
    enter(client, me)
    made = client.post("/follow/webhooks/", {"url": url, "covers": "all"})
    assert made.status_code == 302
    page = made["Location"]
    client.post(f"{page}test/")
    work()
    assert json.loads(heard.got[0][1])["type"] == "test"
    founded(name="南宁第一商贸有限公司")
    founded(name="南宁第二商贸有限公司")
    work()
    shown = client.get(page).content.decode()
    assert "送到（204）" in shown
    assert "测试" in shown
    assert "whsec_" in shown
    assert client.post(f"{page}replay/", {"after": "1"}).status_code == 302
    work()
    assert [json.loads(body)["data"].get("position") for _, body in heard.got] == [None, 1, 2, 2]
    assert "序号应在 0 到 2 之间" in client.post(f"{page}replay/", {"after": "3"}).content.decode()
    assert client.post(f"{page}remove/").status_code == 302
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://example.cn/x",
        "ftp://example.cn/",
        "https:///x",
        "https://u:p@example.cn/",
        "http://127.0.0.2/",
        "http://localhost/",
        "https://example.cn:99999/",
        "说",
    ],
)
def test_what_is_no_fit_address_is_refused_with_words(url: str, me: Actor) -> None:
    with pytest.raises(hooks.WebhookError, match="网址"):
        a_webhook(me, url)


def test_in_production_not_even_this_machine(me: Actor, settings: SettingsWrapper) -> None:
    settings.PRODUCTION = True
    with pytest.raises(hooks.WebhookError, match="https"):
        a_webhook(me, "http://127.0.0.1:8000/")


def test_so_many_and_no_more(me: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "MOST", 1)
    a_webhook(me, "https://example.cn/")
    with pytest.raises(hooks.WebhookError, match="最多登记 1 个"):
        a_webhook(me, "https://example.org/")
