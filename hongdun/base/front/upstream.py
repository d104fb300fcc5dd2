"""Connections to the web service, kept open and lent to one request at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from hongdun.base.front.framing import END_OF_HEAD, Framing

if TYPE_CHECKING:
    from hongdun.base.front.exchange import Keep, Request
    from hongdun.base.front.visitor import Visitor

# Shorter than the web service's own 30 s, so that it rarely ends a connection just as it is being used.
IDLE_SECONDS = 15
MOST_IDLE = 64


class Pool:
    def __init__(self, host: str, port: int, token: bytes) -> None:
        self.host, self.port, self.token = host, port, token
        self._idle: list[Upstream] = []

    async def take(self) -> Upstream:
        """The one used last, if it is fresh, else a new one. Raises OSError."""
        since = asyncio.get_running_loop().time() - IDLE_SECONDS
        while self._idle:
            upstream = self._idle.pop()
            if upstream.used > since and not upstream.transport.is_closing():
                return upstream
            upstream.transport.close()
        return await self.fresh()

    async def fresh(self) -> Upstream:
        loop = asyncio.get_running_loop()
        _, upstream = await loop.create_connection(lambda: Upstream(self), self.host, self.port)
        return upstream

    def give_back(self, upstream: Upstream) -> None:
        upstream.used = asyncio.get_running_loop().time()
        upstream.transport.resume_reading()
        if len(self._idle) < MOST_IDLE:
            self._idle.append(upstream)
        else:
            upstream.transport.close()

    def forget(self, upstream: Upstream) -> None:
        if upstream in self._idle:
            self._idle.remove(upstream)


class Upstream(asyncio.Protocol):
    transport: asyncio.Transport

    def __init__(self, pool: Pool) -> None:
        self.pool, self.used = pool, 0.0
        self.visitor: Visitor | None = None
        self._head = b""
        self._framing: Framing | None = None
        self._keep: Keep | None = None
        self._kept: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def begin(self, visitor: Visitor, request: Request, keep: Keep | None) -> None:
        self.visitor, self.request, self._keep = visitor, request, keep
        self._head, self._framing, self._kept = b"", None, []
        self.transport.write(request.head(self.pool.token, visitor.peer))
        for piece in request.body:
            self.send(piece)
        request.body = []
        if request.is_complete:
            self.end()

    def send(self, piece: bytes) -> None:
        """A piece of the request's body."""
        self.transport.write(b"%x\r\n%b\r\n" % (len(piece), piece) if self.request.is_chunked else piece)

    def end(self) -> None:
        if self.request.is_chunked:
            self.transport.write(b"0\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        visitor = self.visitor
        if visitor is None:  # nobody asked
            self.transport.abort()
            return
        if self._framing is None:
            self._head += data
            end = self._head.find(END_OF_HEAD) + len(END_OF_HEAD)
            if end < len(END_OF_HEAD):
                return
            self._framing, data = Framing(self._head[:end], self.request), self._head[end:]
            visitor.transport.write(self._framing.head_onwards())
        self._body(visitor, self._framing, data)

    def _body(self, visitor: Visitor, framing: Framing, data: bytes) -> None:
        if data:
            data = framing.onwards(data)
            visitor.transport.write(data)
            if self._keep:
                self._kept.append(data)
        if framing.is_complete:
            self._finish(visitor, framing)

    def _finish(self, visitor: Visitor, framing: Framing) -> None:
        if self._keep:
            self._keep(framing.status, framing.headers, b"".join(self._kept))
        self.visitor, self._keep, self._kept = None, None, []
        if framing.is_last or not self.request.is_complete:
            self.transport.close()
        else:
            self.pool.give_back(self)
        visitor.answered(is_last=framing.is_last)

    def connection_lost(self, _: Exception | None) -> None:
        self.pool.forget(self)
        visitor, self.visitor = self.visitor, None
        if visitor is None:
            return
        framing = self._framing
        if framing and framing.is_last and framing.left is None:
            visitor.answered(is_last=True)
        elif framing:
            visitor.transport.abort()
        else:
            visitor.unanswered()

    def leave(self) -> None:
        """The visitor has gone; what the web service still says is for nobody."""
        self.visitor = None
        self.transport.abort()

    def pause_writing(self) -> None:
        if self.visitor:
            self.visitor.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.visitor:
            self.visitor.transport.resume_reading()
