"""The stream's own process, spoken to as its server speaks to it (ASGI)."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connection

from hongdun.base.ids import uuid7
from hongdun.exchange.queries import live as lives
from hongdun.exchange.queries.live import Live
from hongdun.exchange.views import stream as streams
from hongdun.exchange.views.stream import PATH, Stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db15, pytest.mark.slow]
ADD = """
INSERT INTO exchange_change (position, at, topic, uscc, name, version, facts, message)
VALUES (%s, now(), 'register.changed', '91450102MA5KXXXX01', '南宁红豆有限公司', %s, '{"items": ["name"]}', %s)
"""


async def connect() -> psycopg.AsyncConnection:
    known = connection.get_connection_params()
    wanted = {name: known[name] for name in ("dbname", "host", "port", "user", "password")}
    return await psycopg.AsyncConnection.connect(**wanted, autocommit=True)


class Listener:
    """One request to the application; `take` waits until enough events have come."""

    def __init__(
        self, app: Stream, query: str = "", *, headers: dict[str, str] | None = None, **scope: Any
    ) -> None:
        pairs = [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()]
        self.scope = {
            "type": "http", "method": "GET", "path": PATH, "query_string": query.encode(), "headers": pairs,
            "client": ("127.0.0.1", 1),
        } | scope  # fmt: skip
        self.status, self.headers, self.text = 0, {}, ""
        self.blocked = False
        self._leave = asyncio.Event()
        self._more = asyncio.Condition()
        self.task = asyncio.create_task(app(self.scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._leave.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        if self.blocked:
            await asyncio.sleep(3600)
        async with self._more:
            self.text += message["body"].decode()
            self._more.notify_all()

    @property
    def positions(self) -> list[int]:
        return [int(number) for number in re.findall(r"^id: (\d+)$", self.text, re.MULTILINE)]

    async def take(self, words: str) -> None:
        async with self._more:
            await asyncio.wait_for(self._more.wait_for(lambda: words in self.text), 10)

    async def leave(self) -> None:
        self._leave.set()
        await asyncio.wait_for(self.task, 10)


@asynccontextmanager
async def serving(**options: Any) -> AsyncIterator[Stream]:
    live = Live(connect)
    reading = asyncio.create_task(live.run())
    assert await live.wait(-1, 10)
    yield Stream(live, **options)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)


@pytest.fixture
def add(owner_sql: psycopg.Connection) -> Any:
    def run(*positions: int) -> None:
        for position in positions:
            owner_sql.execute(ADD, [position, position, uuid7()])

    return run


def test_a_listener_hears_what_was_and_what_comes(add: Any) -> None:
    async def run() -> None:
        add(1, 2, 3)
        async with serving() as app:
            listener = Listener(app, "after=1")
            await listener.take("id: 3\n")
            add(4)
            await listener.take("id: 4\n")
            await listener.leave()
            assert listener.positions == [2, 3, 4]
            assert listener.status == 200
            assert listener.headers[b"content-type"].startswith(b"text/event-stream")
            data = json.loads(re.findall(r"^data: (.+)$", listener.text, re.MULTILINE)[-1])
            assert (data["position"], data["items"]) == (4, ["name"])
            assert "retry: 3000" in listener.text
            assert app.listeners.total() == 0

    asyncio.run(run())


def test_last_event_id_counts_before_the_address_and_without_either_only_news_come(add: Any) -> None:
    async def run() -> None:
        add(1, 2, 3)
        async with serving() as app:
            back = Listener(app, "after=1", headers={"Last-Event-ID": "2"})
            fresh = Listener(app)
            await fresh.take(": 3\n")
            add(4)
            await fresh.take("id: 4\n")
            await back.take("id: 4\n")
            assert (back.positions, fresh.positions) == ([3, 4], [4])
            await back.leave()
            await fresh.leave()

    asyncio.run(run())


def test_what_is_not_in_memory_comes_from_the_database(add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lives, "RECENT", 2)

    async def run() -> None:
        async with serving() as app:
            add(*range(1, 8))
            late = Listener(app, "after=0")
            await late.take("id: 7\n")
            assert late.positions == [1, 2, 3, 4, 5, 6, 7]
            await late.leave()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("scope", "status", "kind"),
    [
        ({"query_string": b"after=abc"}, 400, "parameter"),
        ({"query_string": b"after=6"}, 409, "ahead"),
        ({"query_string": b"after=2"}, 410, "gone"),
        ({"method": "POST"}, 405, "method"),
        ({"path": "/else"}, 404, "not-found"),
    ],
)
def test_a_wrong_question_is_answered_with_a_problem(
    add: Any, scope: dict[str, Any], status: int, kind: str
) -> None:
    async def run() -> None:
        add(4, 5)
        async with serving() as app:
            refused = Listener(app, **scope)
            await asyncio.wait_for(refused.task, 10)
            assert refused.status == status
            assert json.loads(refused.text)["type"] == f"urn:hongdun:problem:{kind}"
            kept = Listener(app, "after=3")
            await kept.take("id: 5\n")
            await kept.leave()

    asyncio.run(run())


def test_an_address_may_hold_only_so_many(add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_OF_ADDRESS", 2)
    monkeypatch.setattr(streams, "MOST", 3)

    async def run() -> None:
        add(1)
        async with serving(trusted_proxies=1) as app:
            two = [Listener(app, headers={"X-Forwarded-For": "10.0.0.1"}) for _ in range(2)]
            await two[1].take(": 1\n")
            third = Listener(app, headers={"X-Forwarded-For": "10.0.0.1"})
            await asyncio.wait_for(third.task, 10)
            other = Listener(app, headers={"X-Forwarded-For": "10.0.0.2"})
            await other.take(": 1\n")
            full = Listener(app, headers={"X-Forwarded-For": "10.0.0.3"})
            await asyncio.wait_for(full.task, 10)
            assert (third.status, other.status, full.status) == (429, 200, 503)
            assert b"retry-after" in third.headers
            for each in (*two, other):
                await each.leave()
            assert app.listeners == {}

    asyncio.run(run())


def test_who_takes_nothing_is_dropped_and_others_go_on(add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SLOWEST_SECONDS", 0.05)

    async def run() -> None:
        add(1)
        async with serving() as app:
            slow, fine = Listener(app), Listener(app)
            await fine.take(": 1\n")
            slow.blocked = True
            add(2)
            await asyncio.wait_for(slow.task, 10)
            await fine.take("id: 2\n")
            assert app.listeners.total() == 1
            await fine.leave()

    asyncio.run(run())


def test_silence_is_filled_with_heartbeats(add: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.02)

    async def run() -> None:
        add(1)
        async with serving() as app:
            listener = Listener(app)
            await listener.take(": \n\n: \n\n")
            await listener.leave()

    asyncio.run(run())


def test_a_lost_connection_to_the_database_is_opened_anew(
    add: Any, owner_sql: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lives, "RECONNECT_SECONDS", 0.01)

    async def run() -> None:
        add(1)
        async with serving() as app:
            listener = Listener(app, "after=0")
            await listener.take("id: 1\n")
            assert app.live._database is not None
            await app.live._database.close()
            add(2)
            await listener.take("id: 2\n")
            assert listener.positions == [1, 2]
            await listener.leave()

    asyncio.run(run())


def test_the_process_tells_listeners_when_it_stops(add: Any) -> None:
    async def run() -> None:
        add(1)
        async with serving() as app:
            listener = Listener(app)
            await listener.take(": 1\n")
            app.closing.set()
            await asyncio.wait_for(listener.task, 10)

    asyncio.run(run())
