"""Server-sent events of the public feed: an ASGI application of its own, since listeners stay for hours.

It needs neither Django nor a worker thread for each listener: 2,000 cost one process and one connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import psycopg

from hongdun.lib import clients

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from hongdun.exchange.queries.live import Live

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]

PATH = "/api/v1/changes/stream"
MOST = 2000
MOST_OF_ADDRESS = 10
HEARTBEAT_SECONDS = 15.0
SLOWEST_SECONDS = 20.0  # a listener that takes nothing for so long is dropped; it may come back where it was
RETRY_MILLISECONDS = 3000
WHOLE = re.compile(r"\d{1,18}", re.ASCII)
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
STREAM_HEADERS = CORS | {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}
PREFLIGHT = CORS | {
    "Access-Control-Allow-Methods": "GET, OPTIONS",
    "Access-Control-Allow-Headers": "Last-Event-ID, Cache-Control",
    "Access-Control-Max-Age": "86400",
}


@dataclass
class Refusal(Exception):
    """An answer as problem+json (RFC 9457) instead of a stream."""

    status: int
    kind: str
    title: str
    detail: str
    retry_after: int = 0


class Stream:
    def __init__(self, live: Live, *, trusted_proxies: int = 0) -> None:
        self.live = live
        self.trusted_proxies = trusted_proxies
        self.listeners: Counter[str] = Counter()
        self.closing = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        reading = asyncio.create_task(self.live.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.closing.set()
        reading.cancel()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/livez":
            await _whole(send, 200, {"Content-Type": "application/json"}, b'{"status": "ok"}')
        elif scope["method"] == "OPTIONS" and scope["path"] == PATH:
            await _whole(send, 204, PREFLIGHT)
        else:
            try:
                position = self._asked(scope)
                with self._counted(self._address(scope)):
                    await self._serve(position, receive, send)
            except Refusal as refusal:
                await _refuse(send, refusal)

    def _asked(self, scope: Scope) -> int:
        """After which position the listener wants to hear; without one, only what comes from now on."""
        if scope["path"] != PATH:
            raise Refusal(404, "not-found", "没有这个地址", f"变更流的地址是 {PATH}")
        if scope["method"] != "GET":
            raise Refusal(405, "method", "不支持这个方法", "变更流只能用 GET 读取")
        newest = self.live.newest
        if newest is None:
            raise Refusal(503, "unavailable", "暂时不能服务", "正在连接数据库，请稍后重试", retry_after=2)
        asked = _header(scope, b"last-event-id") or _query(scope, "after")
        if asked is None:
            return newest
        if not WHOLE.fullmatch(asked):
            detail = "after（或者 Last-Event-ID）应为收到的最后一个序号，例如 1024"
            raise Refusal(400, "parameter", "参数有误", detail)
        return self._kept(int(asked), newest)

    def _kept(self, position: int, newest: int) -> int:
        if position > newest:
            detail = f"序号 {position} 还没有给出过，最新的是 {newest}；请核对，或者从快照重新开始"
            raise Refusal(409, "ahead", "序号超前", detail)
        if position + 1 < self.live.oldest:
            detail = f"序号 {self.live.oldest} 以前的变更已不保留，请从 /open-data/ 的快照重新开始"
            raise Refusal(410, "gone", "变更已不保留", detail)
        return position

    @contextlib.contextmanager
    def _counted(self, address: str) -> Iterator[None]:
        if self.listeners.total() >= MOST:
            raise Refusal(503, "busy", "收听的人太多", "请稍后重试，或者改用 /api/v1/changes 分页读取", 30)
        if self.listeners[address] >= MOST_OF_ADDRESS:
            detail = f"同一地址最多同时收听 {MOST_OF_ADDRESS} 路，请先断开不用的"
            raise Refusal(429, "too-many", "收听太多", detail, retry_after=30)
        self.listeners[address] += 1
        try:
            yield
        finally:
            self.listeners[address] -= 1
            self.listeners += Counter()  # addresses that have gone take no memory

    async def _serve(self, position: int, receive: Receive, send: Send) -> None:
        """Until the listener goes, takes nothing any more, or the process stops."""
        await send({"type": "http.response.start", "status": 200, "headers": _pairs(STREAM_HEADERS)})
        tasks = {
            asyncio.create_task(self._pump(position, send)),
            asyncio.create_task(_gone(receive)),
            asyncio.create_task(self.closing.wait()),
        }
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pump(self, position: int, send: Send) -> None:
        await _give(send, f"retry: {RETRY_MILLISECONDS}\n: {position}\n\n".encode())
        while self.live.newest is None or position <= self.live.newest:
            try:
                events = await self.live.after(position)
            except (psycopg.Error, OSError):
                events = []
            if events and events[0][0] != position + 1:
                return  # fell behind what is kept: it must learn so when it comes back
            if events:
                await _give(send, b"".join(event for _, event in events))
                position = events[-1][0]
            elif not await self.live.wait(position, HEARTBEAT_SECONDS):
                await _give(send, b": \n\n")
            elif self.live.newest and self.live.newest > position:
                await asyncio.sleep(0.05)  # the database is away; what is there can't be read for a moment

    def _address(self, scope: Scope) -> str:
        peer = (scope.get("client") or ("",))[0]
        return clients.address(peer, _header(scope, b"x-forwarded-for") or "", trusted=self.trusted_proxies)


async def _give(send: Send, data: bytes) -> None:
    message = {"type": "http.response.body", "body": data, "more_body": True}
    await asyncio.wait_for(send(message), SLOWEST_SECONDS)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, refusal: Refusal) -> None:
    body = {
        "type": f"urn:hongdun:problem:{refusal.kind}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
    }
    headers = CORS | {"Content-Type": "application/problem+json"}
    if refusal.retry_after:
        headers["Retry-After"] = str(refusal.retry_after)
    await _whole(send, refusal.status, headers, json.dumps(body, ensure_ascii=False).encode())


async def _whole(send: Send, status: int, headers: dict[str, str], body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": _pairs(headers)})
    await send({"type": "http.response.body", "body": body})


def _pairs(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def _query(scope: Scope, name: str) -> str | None:
    return next(iter(parse_qs(scope["query_string"].decode("latin-1")).get(name, [])), None)
