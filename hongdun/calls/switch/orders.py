"""What an operator may do with the call they have, and what the exchange tells meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hongdun.calls import actions
from hongdun.calls.gateway.protocol import Event, Kind, Monitor
from hongdun.calls.models import Stage
from hongdun.calls.switch.prompts import MUSIC

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hongdun.calls.switch.board import Switchboard
    from hongdun.calls.switch.live import LiveCall, Order


async def obey(board: Switchboard, live: LiveCall, heard: Event | Order) -> Stage | None:
    """Deal with one thing during a conversation; the stage that follows, or None while it goes on."""
    if isinstance(heard, Event):
        return await _event(board, live, heard)
    return await ORDERS[heard.do](board, live, heard)


async def _event(board: Switchboard, live: LiveCall, event: Event) -> Stage | None:
    match event.kind:
        case Kind.PARTY_UP:
            live.party = "talking"
            await board.keep(live, "party_up")
            board.show(live)
        case Kind.PARTY_DOWN:
            live.party = ""
            await board.keep(live, "party_down", data={"cause": str(event.data.get("cause", ""))[:80]})
            board.show(live)
        case Kind.SEAT_DOWN:
            await board.keep(live, "seat_lost")
            board.show(live)
    return None


async def _hangup(board: Switchboard, live: LiveCall, _order: Order) -> Stage:
    await board.gateway.record(live.id, on=False, command=live.command())
    await board.gateway.disconnect(live.id, command=live.command())
    await board.release(live)
    return Stage.ENDED if live.call.outbound else Stage.SURVEY


async def _hold(board: Switchboard, live: LiveCall, order: Order) -> None:
    live.held = bool(order.data.get("on"))
    music = board.prompt(live, MUSIC) if live.held else None
    await board.gateway.hold(live.id, music, command=live.command())
    await board.keep(live, "held" if live.held else "resumed")
    board.show(live)


async def _consult(board: Switchboard, live: LiveCall, order: Order) -> None:
    if not live.held:
        await _hold(board, live, order.__class__("hold", order.seat, {"on": True}))
    live.party = "ringing"
    await board.gateway.consult(live.id, str(order.data["number"]), seat=order.seat, command=live.command())
    await board.keep(live, "consulted")
    board.show(live)


async def _drop(board: Switchboard, live: LiveCall, _order: Order) -> None:
    live.party = ""
    await board.gateway.drop(live.id, command=live.command())
    await board.keep(live, "party_dropped")
    board.show(live)


async def _merge(board: Switchboard, live: LiveCall, order: Order) -> None:
    """Three speak with each other: the operator's browser mixes, since rtpengine doesn't."""
    live.merged = bool(order.data.get("on"))
    if live.merged and live.held:
        await _hold(board, live, order.__class__("hold", order.seat, {"on": False}))
    await board.keep(live, "merged" if live.merged else "parted")
    board.show(live)


async def _transfer(board: Switchboard, live: LiveCall, order: Order) -> Stage:
    """With a number the caller is given away at once (blind), without one to the party just asked (attended)."""
    if live.held:
        await _hold(board, live, order.__class__("hold", order.seat, {"on": False}))
    number = str(order.data.get("number", ""))
    if number:
        await board.music(live)
    await board.gateway.record(live.id, on=False, command=live.command())
    await board.gateway.transfer(live.id, number, command=live.command())
    await board.keep(live, "transferred", data={"blind": bool(number)})
    await board.release(live)
    return Stage.TRANSFERRED


async def _monitor(board: Switchboard, live: LiveCall, order: Order) -> None:
    mode = Monitor(order.data["mode"]) if order.data.get("mode") else None
    await board.gateway.monitor(live.id, order.seat, mode, command=live.command())
    await board.journal.write(partial(actions.monitored, live.call, mode=mode or "", by=order.data["by"]))
    await board.keep(live, "monitored", data={"mode": mode or "", "supervisor": order.seat})


ORDERS: dict[str, Callable[[Switchboard, LiveCall, Order], Awaitable[Stage | None]]] = {
    "hangup": _hangup,
    "hold": _hold,
    "consult": _consult,
    "drop": _drop,
    "merge": _merge,
    "transfer": _transfer,
    "monitor": _monitor,
}
