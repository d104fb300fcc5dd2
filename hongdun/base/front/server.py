"""Listens where visitors come."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from hongdun.base import accesslog
from hongdun.base.front.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.base.front.exchange import Ahead, Answer, Request
    from hongdun.base.front.upstream import Pool

SWEEP_SECONDS = 5
SLOW_SECONDS, IDLE_SECONDS = 30, 75
LEAVE_SECONDS = 8
BACKLOG = 1024


class Front:
    def __init__(self, ahead: Ahead, pool: Pool, write: Callable[[bytes], object] | None = None) -> None:
        self.ahead, self.pool = ahead, pool
        self.write = write or accesslog.Together(accesslog.to_output)
        self.visitors: set[Visitor] = set()
        self.now = asyncio.get_running_loop().time

    def log(self, request: Request, answer: Answer, seconds: float) -> None:
        path = unquote_to_bytes(request.target.partition(b"?")[0]).decode("latin-1")
        number = accesslog.number(answer.headers)
        self.write(accesslog.line(request.method, path, answer.status[:3], number, seconds * 1000))

    async def listen(self, host: str, port: int) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(partial(Visitor, self), host, port, backlog=BACKLOG)
        self._sweeping = asyncio.ensure_future(self._sweep())
        return server

    async def leave(self, server: asyncio.Server) -> None:
        """Take nobody in any more, and finish what has been begun."""
        server.close()
        self._sweeping.cancel()
        until = self.now() + LEAVE_SECONDS
        while self.visitors and self.now() < until:
            for visitor in [each for each in self.visitors if each.is_idle]:
                visitor.transport.close()
            await asyncio.sleep(0.05)

    async def _sweep(self) -> None:
        """Who has nothing to say, or says it too slowly, makes room for others."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = self.now()
            for visitor in list(self.visitors):
                most = SLOW_SECONDS if visitor.is_slow else IDLE_SECONDS
                if now - visitor.seen > most and (visitor.is_idle or visitor.is_slow):
                    visitor.transport.abort()


async def serve(front: Front, host: str, port: int) -> None:
    """Until the process is told to end."""
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    server = await front.listen(host, port)
    await ending.wait()
    with contextlib.suppress(TimeoutError):
        await front.leave(server)
