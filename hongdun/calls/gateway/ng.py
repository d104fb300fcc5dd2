"""Client of rtpengine's control protocol "ng": one datagram asks, one answers."""

from __future__ import annotations

import asyncio
import os
from itertools import count
from typing import TYPE_CHECKING

from hongdun.lib import bencode

if TYPE_CHECKING:
    from hongdun.lib.bencode import Value

# rtpengine keeps its answers by cookie, so a question that is asked again isn't done again.
TRIES = 4
WAIT_SECONDS = 1.0


class MediaRefused(RuntimeError):
    """rtpengine answered, but not as wished; the message is its reason."""


class MediaSilent(RuntimeError):
    """rtpengine doesn't answer: it isn't running, or listens elsewhere."""


def _promise() -> asyncio.Future[Value]:
    return asyncio.get_running_loop().create_future()


class Rtpengine(asyncio.DatagramProtocol):
    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.waiting: dict[bytes, asyncio.Future[Value]] = {}
        self.numbers = count(1)
        self.transport: asyncio.DatagramTransport | None = None

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, remote_addr=self.address)

    def close(self) -> None:
        if self.transport:
            self.transport.close()

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - asyncio's signature
        cookie, _, body = data.partition(b" ")
        future = self.waiting.get(cookie)
        if future and not future.done():
            future.set_result(bencode.decode(body))

    def error_received(self, exc: Exception) -> None:
        """Nobody listens there now; the question is asked again."""

    async def ask(self, command: str, /, **arguments: Value) -> dict[str, Value]:
        """Ask until it answers; raises MediaRefused or MediaSilent. `call_id` is sent as call-id, and so on."""
        answer = await self._exchange(
            {key.replace("_", "-"): value for key, value in arguments.items()} | {"command": command}
        )
        assert isinstance(answer, dict)
        if answer.get("result") not in ("ok", "pong"):
            raise MediaRefused(f"{command}：{answer.get('error-reason', answer)}")
        return answer

    async def _exchange(self, question: dict[str, Value]) -> Value:
        assert self.transport is not None
        cookie = b"%d_%d" % (os.getpid(), next(self.numbers))
        future = self.waiting[cookie] = _promise()
        try:
            for _ in range(TRIES):
                self.transport.sendto(cookie + b" " + bencode.encode(question))
                done, _ = await asyncio.wait([future], timeout=WAIT_SECONDS)
                if done:
                    return done.pop().result()
        finally:
            del self.waiting[cookie]
        raise MediaSilent(
            f"媒体服务没有应答（{self.address[0]}:{self.address[1]}），请检查 rtpengine 是否在运行"
        )
