"""A supervisor on a call: hears both sides from rtpengine, and speaks through the operator's browser.

rtpengine 10.5 doesn't mix; what the supervisor says goes to the operator's browser, which plays it, and for
barging in sends it to the caller together with the operator's own voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.calls.gateway.media import CALLER, HOUSE
from hongdun.calls.gateway.protocol import Monitor

if TYPE_CHECKING:
    from hongdun.calls.gateway.builtin import Builtin
    from hongdun.calls.gateway.line import Line

EARS = (CALLER, HOUSE)


async def change(exchange: Builtin, line: Line, supervisor: str, mode: Monitor | None) -> None:
    before = line.monitors.get(supervisor)
    if mode is None:
        await _leave(exchange, line, supervisor)
        return
    line.monitors[supervisor] = mode
    if before is None:
        for side in EARS:
            await _listen(exchange, line, supervisor, side)
    if before not in (None, Monitor.LISTEN):
        await _hush(exchange, line, supervisor)
    if mode != Monitor.LISTEN:
        await _speak(exchange, line, supervisor, mode)


async def end(exchange: Builtin, line: Line) -> None:
    for supervisor in list(line.monitors):
        await _leave(exchange, line, supervisor)


async def _listen(exchange: Builtin, line: Line, supervisor: str, side: str) -> None:
    ear = f"{supervisor}:{side}"
    offer = await exchange.media.listen(line.id, side, ear=ear)
    answer = await exchange.seats.offer(supervisor, call=line.id, channel=f"listen-{side}", sdp=offer)
    await exchange.media.listening(line.id, answer, ear=ear)


async def _speak(exchange: Builtin, line: Line, supervisor: str, mode: Monitor) -> None:
    offer = await exchange.seats.ask(supervisor, call=line.id, channel="coach")
    answer = await exchange.seats.offer(line.seat, call=line.id, channel=f"coach-{mode}", sdp=offer)
    await exchange.seats.accept(supervisor, call=line.id, channel="coach", sdp=answer)


async def _hush(exchange: Builtin, line: Line, supervisor: str) -> None:
    await exchange.seats.close(supervisor, call=line.id, channel="coach")
    if line.seat:
        await exchange.seats.close(line.seat, call=line.id, channel="coach")


async def _leave(exchange: Builtin, line: Line, supervisor: str) -> None:
    mode = line.monitors.pop(supervisor, None)
    if mode is None:
        return
    if mode != Monitor.LISTEN:
        await _hush(exchange, line, supervisor)
    for side in EARS:
        await exchange.seats.close(supervisor, call=line.id, channel=f"listen-{side}")
