"""Third parties: asked while the caller waits, joined in the operator's browser, or given the call."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hongdun.calls.gateway.line import Line
from hongdun.calls.gateway.media import same_port
from hongdun.calls.gateway.ng import MediaRefused, MediaSilent
from hongdun.calls.gateway.protocol import Kind
from hongdun.calls.gateway.seats import SeatGone
from hongdun.calls.gateway.sip import Unreachable

if TYPE_CHECKING:
    from hongdun.calls.gateway.builtin import Builtin

FAILURES = (MediaRefused, MediaSilent, SeatGone, Unreachable)


async def ring(exchange: Builtin, line: Line) -> None:
    """Ring who a line dials, until they answer; raises Unreachable."""
    offer = await exchange.media.reach(line.id)
    answer = await exchange.agent.invite(line.leg, offer)
    await exchange.media.reached(line.id, answer)


async def consult(exchange: Builtin, line: Line, number: str, seat: str) -> None:
    """Ring a third party; `seat` speaks with them when they answer, or nobody for a blind transfer."""
    if line.party:
        return
    leg = exchange.agent.dial(number, caller=exchange.wiring.number, proxy=exchange.wiring.trunk)
    line.party = Line(f"{line.id}:party", leg, seat=seat)
    line.party.connecting = asyncio.ensure_future(_reach(exchange, line, line.party))
    exchange.keep(line.party.connecting)


async def _reach(exchange: Builtin, line: Line, party: Line) -> None:
    try:
        await ring(exchange, party)
        if party.seat:
            await exchange.seat(party, party.seat, channel="party", call=line.id)
        elif line.transferred:
            await _join(exchange, line, party)
    except FAILURES as error:
        line.transferred = False
        await drop(exchange, line)
        exchange.tell(line, Kind.PARTY_DOWN, cause=str(error))
    else:
        exchange.tell(line, Kind.PARTY_UP)


async def drop(exchange: Builtin, line: Line) -> None:
    party, line.party = line.party, None
    if party is None:
        return
    if party.connecting and party.connecting is not asyncio.current_task():
        party.connecting.cancel()
    if party.leg.answered:
        exchange.keep(asyncio.ensure_future(exchange.agent.bye(party.leg)))
    if party.seat:
        await exchange.seats.close(party.seat, call=line.id, channel="party")
    await exchange.media.close(party.id)


async def transfer(exchange: Builtin, line: Line, number: str) -> None:
    """Give the caller to the party asked, or to a number that is rung now while they hear music."""
    line.transferred = True
    if number:
        await exchange.unseat(line)
        await consult(exchange, line, number, "")
    elif line.party and line.party.leg.answered:
        await _join(exchange, line, line.party)
        await exchange.unseat(line)
        exchange.tell(line, Kind.PARTY_UP)


async def _join(exchange: Builtin, line: Line, party: Line) -> None:
    """Let caller and party hear each other without us; the party's own sound ends."""
    await exchange.quiet(line)
    offer = await exchange.media.offer_telephone(line.id, line.leg.remote_sdp)
    answer = await exchange.agent.invite(party.leg, offer)
    settled = await exchange.media.settle(line.id, answer)
    if not same_port(settled, line.leg.local_sdp):
        await exchange.agent.invite(line.leg, settled)
    seat, party.seat = party.seat, ""
    if seat:
        await exchange.seats.close(seat, call=line.id, channel="party")
    await exchange.media.close(party.id)


async def gone(exchange: Builtin, line: Line) -> None:
    """The party hung up: the call goes on with its operator, or ends if it was theirs."""
    if not line.transferred:
        await drop(exchange, line)
        exchange.tell(line, Kind.PARTY_DOWN, cause="hung up")
        return
    exchange.keep(asyncio.ensure_future(exchange.agent.bye(line.leg)))
    await exchange.clear(line)
    exchange.tell(line, Kind.HANGUP, by="party")
