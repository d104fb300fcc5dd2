"""One connection of a visitor: requests are read in order, and each is answered before the next."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING, cast
from urllib.parse import quote_from_bytes

import httptools

from hongdun.base.front import refusals
from hongdun.base.front.exchange import HTTP_1_1, OWN, SAFE, Answer, Request, written

if TYPE_CHECKING:
    from hongdun.base.front.exchange import Keep
    from hongdun.base.front.server import Front
    from hongdun.base.front.upstream import Upstream

log = logging.getLogger(__name__)
MOST_HEAD = 65_536
MOST_HELD = 262_144  # of a body that can't go on yet
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
ASCII = bytes(range(128))
BAD = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Visitor(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, front: Front) -> None:
        self.front, self.peer, self.seen = front, "", 0.0
        self.current: Request | None = None
        self._begun = 0.0
        self._waiting: deque[Request] = deque()
        self._upstream: Upstream | None = None
        self._was_lost = False
        self._parser = httptools.HttpRequestParser(self)
        self._reading: Request | None = None
        self._unread = 0  # bytes of a head that isn't whole yet
        self._target = b""
        self._headers: list[tuple[bytes, bytes]] = []

    @property
    def is_idle(self) -> bool:
        return self.current is None

    @property
    def is_slow(self) -> bool:
        """Whether it owes the rest of a request."""
        return self._unread > 0 or (self._reading is not None and not self._reading.is_complete)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.peer = self.transport.get_extra_info("peername")[0]
        self.seen = self.front.now()
        self.front.visitors.add(self)

    def connection_lost(self, _: Exception | None) -> None:
        self.front.visitors.discard(self)
        if self._upstream:
            self._upstream.leave()
            self._upstream = None

    def data_received(self, data: bytes) -> None:
        self.seen = self.front.now()
        if self._reading is None:
            data = data if self._unread else _spelled_out(data)
            self._unread += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # it isn't taken up: the request is answered like any other, as the last one
        except httptools.HttpParserError:
            self._refuse()
        if self._unread > MOST_HEAD:
            self._refuse()

    def _refuse(self) -> None:
        if self.current is None:
            self.transport.write(BAD)
        self.transport.close()

    # Called by the parser.

    def on_message_begin(self) -> None:
        self._target, self._headers = b"", []

    def on_url(self, piece: bytes) -> None:
        self._target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        """Names with an underscore would be taken for those with a hyphen: nobody may slip ours in that way."""
        name = name.lower()
        if b"_" not in name and not name.startswith(OWN):
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        parser, self._unread = self._parser, 0
        version = parser.get_http_version()
        self._reading = request = Request(
            parser.get_method().decode(),
            self._target,
            self._headers,
            is_old=version != HTTP_1_1,
            keep_alive=version == HTTP_1_1 and parser.should_keep_alive() and not parser.should_upgrade(),
        )
        if self.current is None:
            self._serve(request)
        else:
            self._waiting.append(request)
            self.transport.pause_reading()

    def on_body(self, piece: bytes) -> None:
        request = self._reading
        assert request
        if self._upstream and request is self.current:
            self._upstream.send(piece)
            return
        request.body.append(piece)
        if sum(map(len, request.body)) > MOST_HELD:
            self.transport.pause_reading()

    def on_message_complete(self) -> None:
        request, self._reading = self._reading, None
        assert request
        request.is_complete = True
        if self._upstream and request is self.current:
            self._upstream.end()

    # Answering.

    def _serve(self, request: Request) -> None:
        self.current, self._was_lost, self._begun = request, False, perf_counter()
        self._task = asyncio.ensure_future(self._answer(request))

    async def _answer(self, request: Request) -> None:
        try:
            given = await self._ahead(request)
            if isinstance(given, Answer):
                self.answer(given)
            else:
                await self._relay(request, given)
        except Exception:
            log.exception("a request was left without an answer")
            self.transport.abort()

    async def _ahead(self, request: Request) -> Answer | Keep | None:
        ahead = self.front.ahead
        if request.method in SAFE and not request.has_body and ahead.takes(request.target):
            return await ahead.answer(request.environ(self.peer))
        return None

    async def _relay(self, request: Request, keep: Keep | None) -> None:
        pool = self.front.pool
        try:
            upstream = await (pool.fresh() if self._was_lost else pool.take())
        except OSError:
            self.answer(refusals.away(request))
            return
        if self.transport.is_closing():
            pool.give_back(upstream)
            return
        if request.expects:
            self.transport.write(CONTINUE)
        self._upstream = upstream
        upstream.begin(self, request, keep)
        self.transport.resume_reading()

    def answer(self, answer: Answer) -> None:
        request = self.current
        assert request
        self.front.log(request, answer, perf_counter() - self._begun)
        self.transport.write(written(answer, request))
        self.answered()

    def answered(self, *, is_last: bool = False) -> None:
        request, self.current, self._upstream = self.current, None, None
        self.seen = self.front.now()
        assert request
        if is_last or not request.keep_alive or not request.is_complete:
            self.transport.close()
        elif self._waiting:
            self._serve(self._waiting.popleft())
        else:
            self.transport.resume_reading()

    def unanswered(self) -> None:
        """The web service hung up without a word: what only reads may be asked again, once."""
        request, self._upstream = self.current, None
        assert request
        if request.method in SAFE and not request.has_body and not self._was_lost:
            self._was_lost = True
            self._task = asyncio.ensure_future(self._relay(request, None))
        else:
            self.answer(refusals.away(request))

    def pause_writing(self) -> None:
        if self._upstream:
            self._upstream.transport.pause_reading()

    def resume_writing(self) -> None:
        if self._upstream:
            self._upstream.transport.resume_reading()


def _spelled_out(data: bytes) -> bytes:
    """Chinese in an address, as people type it for curl, in the form that the parser knows."""
    line, end, rest = data.partition(b"\r\n")
    return data if line.isascii() else quote_from_bytes(line, ASCII).encode() + end + rest
