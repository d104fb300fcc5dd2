"""The operators' browsers: one WebSocket each, on which sound is agreed and orders are given."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, Protocol

from hongdun.calls.gateway.seats import SeatGone

logger = logging.getLogger(__name__)
Scope = dict[str, Any]
Receive = "Callable[[], Awaitable[dict[str, Any]]]"
Send = "Callable[[dict[str, Any]], Awaitable[None]]"
ASK_SECONDS = 10.0
HELLO_SECONDS = 10.0
REFUSED = 4401


class Desk(Protocol):
    """Who decides what a browser may do."""

    async def admit(self, hello: dict[str, Any]) -> str:
        """The seat that this ticket opens; raises PermissionError."""
        ...

    async def came(self, seat: str, hello: dict[str, Any]) -> None: ...
    async def ordered(self, seat: str, message: dict[str, Any]) -> None: ...
    def left(self, seat: str) -> None: ...


class Browsers:
    """Implements the exchange's Seats and the floor's Browsers."""

    def __init__(self) -> None:
        self.desk: Desk | None = None
        self.queues: dict[str, asyncio.Queue[dict[str, Any] | None]] = {}
        self.expected: dict[tuple[str, str, str], asyncio.Future[str]] = {}

    def connected(self, seat: str) -> bool:
        return seat in self.queues

    def tell(self, seat: str, message: dict[str, Any]) -> None:
        if queue := self.queues.get(seat):
            queue.put_nowait(message)

    async def offer(self, seat: str, *, call: str, channel: str, sdp: str) -> str:
        message = {"type": "offer", "call": call, "channel": channel, "sdp": sdp}
        return await self._exchange(seat, message, within=None)

    async def ask(self, seat: str, *, call: str, channel: str) -> str:
        return await self._exchange(
            seat, {"type": "ask", "call": call, "channel": channel}, within=ASK_SECONDS
        )

    async def accept(self, seat: str, *, call: str, channel: str, sdp: str) -> None:
        self.tell(seat, {"type": "accept", "call": call, "channel": channel, "sdp": sdp})

    async def close(self, seat: str, *, call: str, channel: str) -> None:
        self.tell(seat, {"type": "close", "call": call, "channel": channel})

    async def _exchange(self, seat: str, message: dict[str, Any], *, within: float | None) -> str:
        if not self.connected(seat):
            raise SeatGone("坐席的浏览器没有连接")
        key = seat, message["call"], message["channel"]
        future = self.expected[key] = asyncio.get_running_loop().create_future()
        self.tell(seat, message)
        try:
            return await asyncio.wait_for(future, within)
        except TimeoutError:
            raise SeatGone("坐席的浏览器没有应答") from None
        finally:
            self.expected.pop(key, None)

    # ASGI

    async def serve(self, receive: Any, send: Any) -> None:
        assert self.desk is not None
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        try:
            hello = await asyncio.wait_for(_message(receive), HELLO_SECONDS)
            seat = await self.desk.admit(hello or {})
        except (PermissionError, TimeoutError) as error:
            await send({"type": "websocket.close", "code": REFUSED, "reason": str(error)[:120]})
            return
        queue = self._seat(seat)
        sending = asyncio.create_task(_send_all(queue, send))
        try:
            await self.desk.came(seat, hello or {})
            while (message := await _message(receive)) is not None:
                await self._heard(seat, message)
        finally:
            sending.cancel()
            self._left(seat, queue)

    def _seat(self, seat: str) -> asyncio.Queue[dict[str, Any] | None]:
        """A seat has one browser; the one before is told to stop."""
        if before := self.queues.get(seat):
            before.put_nowait({"type": "elsewhere"})
            before.put_nowait(None)
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.queues[seat] = queue
        return queue

    def _left(self, seat: str, queue: asyncio.Queue[dict[str, Any] | None]) -> None:
        if self.queues.get(seat) is not queue:
            return
        del self.queues[seat]
        for (waited, _, _), future in list(self.expected.items()):
            if waited == seat and not future.done():
                future.set_exception(SeatGone("坐席的浏览器已断开"))
        assert self.desk is not None
        self.desk.left(seat)

    async def _heard(self, seat: str, message: dict[str, Any]) -> None:
        if message.get("type") in ("answer", "offer"):
            future = self.expected.get((seat, str(message.get("call")), str(message.get("channel"))))
            if future and not future.done():
                future.set_result(str(message.get("sdp", "")))
            return
        assert self.desk is not None
        try:
            await self.desk.ordered(seat, message)
        except (PermissionError, ValueError, KeyError) as error:
            self.tell(seat, {"type": "refused", "message": str(error)})


async def _message(receive: Any) -> dict[str, Any] | None:
    """The next message that can be read; None when the browser has gone."""
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return None
        try:
            found = json.loads(event.get("text") or event.get("bytes") or "")
        except ValueError:
            continue
        if isinstance(found, dict):
            return found


async def _send_all(queue: asyncio.Queue[dict[str, Any] | None], send: Any) -> None:
    while (message := await queue.get()) is not None:
        await send({"type": "websocket.send", "text": json.dumps(message, ensure_ascii=False)})
    await send({"type": "websocket.close", "code": 1000})
