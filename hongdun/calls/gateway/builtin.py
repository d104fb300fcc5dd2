"""The exchange that comes with Hongdun: SIP here, sound in rtpengine, operators in browsers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongdun.base.ids import uuid7
from hongdun.calls.gateway import monitors, parties
from hongdun.calls.gateway.dtmf import DigitListener
from hongdun.calls.gateway.leg import Datagrams, Hooks
from hongdun.calls.gateway.line import Line
from hongdun.calls.gateway.media import Media, same_port
from hongdun.calls.gateway.ng import MediaRefused, MediaSilent, Rtpengine
from hongdun.calls.gateway.protocol import CallGone, Event, Kind, Standing
from hongdun.calls.gateway.seats import SeatGone
from hongdun.calls.gateway.secure import Streams, Tls
from hongdun.calls.gateway.sip import Unreachable, UserAgent

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from hongdun.calls.gateway.digest import Login
    from hongdun.calls.gateway.leg import Leg
    from hongdun.calls.gateway.protocol import Monitor, State
    from hongdun.calls.gateway.seats import Seats

logger = logging.getLogger(__name__)
Address = tuple[str, int]
FAILURES = (MediaRefused, MediaSilent, SeatGone, Unreachable)


@dataclass(frozen=True)
class Wiring:
    sip: Address
    trunk: Address
    trusted: frozenset[str]
    rtpengine: Address
    digits: Address
    number: str
    login: Login
    tls: Tls | None = None


class Builtin:
    def __init__(self, wiring: Wiring, seats: Seats) -> None:
        self.wiring = wiring
        self.seats = seats
        self.ng = Rtpengine(wiring.rtpengine)
        self.media = Media(self.ng, address=wiring.sip[0])
        hooks = Hooks(self._invited, self._leg_ended, self._leg_digit)
        way = (
            Streams(wiring.sip, trunk=wiring.trunk, tls=wiring.tls)
            if wiring.tls
            else Datagrams(local_addr=wiring.sip)
        )
        self.agent = UserAgent(way, hooks, trusted=wiring.trusted, login=wiring.login)
        self.lines: dict[str, Line] = {}
        self.deliver: Callable[[Event], None] = lambda _: None
        self.tasks: set[asyncio.Future[None]] = set()

    async def open(self, deliver: Callable[[Event], None]) -> None:
        self.deliver = deliver
        await self.ng.open()
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(
            lambda: DigitListener(self._media_digit), local_addr=self.wiring.digits
        )
        await self.agent.open()

    async def close(self) -> None:
        await self.agent.close()
        self.ng.close()

    # Commands

    async def answer(self, call: str, *, command: str) -> None:
        await self._once(call, command, self._answer)

    async def play(self, call: str, prompts: Sequence[Path], *, loop: bool = False, command: str) -> None:
        await self._once(call, command, lambda line: self._play(line, prompts, loop=loop))

    async def stop(self, call: str, *, command: str) -> None:
        await self._once(call, command, self.quiet)

    async def connect(self, call: str, seat: str, *, command: str) -> None:
        await self._once(call, command, lambda line: self._connect(line, seat))

    async def disconnect(self, call: str, *, command: str) -> None:
        await self._once(call, command, self.unseat)

    async def hold(self, call: str, music: Path | None, *, command: str) -> None:
        await self._once(call, command, lambda line: self._hold(line, music))

    async def consult(self, call: str, number: str, *, seat: str, command: str) -> None:
        await self._once(call, command, lambda line: parties.consult(self, line, number, seat))

    async def drop(self, call: str, *, command: str) -> None:
        await self._once(call, command, lambda line: parties.drop(self, line))

    async def transfer(self, call: str, number: str = "", *, command: str) -> None:
        await self._once(call, command, lambda line: parties.transfer(self, line, number))

    async def monitor(self, call: str, supervisor: str, mode: Monitor | None, *, command: str) -> None:
        await self._once(call, command, lambda line: monitors.change(self, line, supervisor, mode))

    async def originate(self, call: str, number: str, *, command: str) -> None:
        if call not in self.lines:
            leg = self.agent.dial(number, caller=self.wiring.number, proxy=self.wiring.trunk)
            self.lines[call] = Line(call, leg)
        await self._once(call, command, self._originate)

    async def record(self, call: str, *, on: bool, command: str) -> None:
        await self._once(call, command, lambda line: self._record(line, on=on))

    async def hangup(self, call: str, *, cause: str = "", command: str) -> None:
        if call in self.lines:
            await self._once(call, command, lambda line: self._hangup(line, cause))

    # What there is

    def state(self, call: str) -> State:
        return self._line(call).state()

    async def adopt(self, call: str, state: State) -> bool:
        line = Line.restore(state)
        if not line.leg.rings and call not in await self.media.calls():
            return False
        self.lines[call] = line
        self.agent.adopt(line.leg)
        if line.party:
            self.agent.adopt(line.party.leg)
        return True

    async def snapshot(self) -> dict[str, Standing]:
        known = await self.media.calls()
        return {
            call: Standing(call, (line.seat,) if line.seat else (), line.state())
            for call, line in self.lines.items()
            if call in known
        }

    # Work

    async def _once(self, call: str, command: str, work: Callable[[Line], Coroutine[Any, Any, None]]) -> None:
        line = self._line(call)
        await asyncio.shield(line.once(command, work(line)))

    def _line(self, call: str) -> Line:
        try:
            return self.lines[call]
        except KeyError:
            raise CallGone(call) from None

    async def _answer(self, line: Line) -> None:
        sdp = await self.media.receive(line.id, line.leg.remote_sdp)
        self.agent.answer(line.leg, sdp)

    async def _play(self, line: Line, prompts: Sequence[Path], *, loop: bool) -> None:
        await self.quiet(line)
        line.sounding = True
        if loop:
            await self.media.play(line.id, prompts[0], loop=True)
        else:
            line.playing = asyncio.ensure_future(self._one_after_another(line, prompts))

    async def _one_after_another(self, line: Line, prompts: Sequence[Path]) -> None:
        for prompt in prompts:
            await asyncio.sleep(await self.media.play(line.id, prompt))
        line.sounding = False
        self.tell(line, Kind.PLAYED)

    async def quiet(self, line: Line) -> None:
        if line.playing:
            line.playing.cancel()
            line.playing = None
        if line.sounding:
            line.sounding = False
            await self.media.stop(line.id)

    async def _connect(self, line: Line, seat: str) -> None:
        line.seat = seat
        line.connecting = asyncio.ensure_future(self._bring_up(line, seat))
        self.keep(line.connecting)

    async def _bring_up(self, line: Line, seat: str) -> None:
        try:
            await self.seat(line, seat, channel="call", call=line.id)
        except FAILURES as error:
            logger.info("seat not connected", extra={"call": line.id, "error": str(error)})
            line.seat = ""
            self.tell(line, Kind.SEAT_DOWN, seat=seat, cause=str(error))
        else:
            self.tell(line, Kind.SEAT_UP, seat=seat)

    async def seat(self, line: Line, seat: str, *, channel: str, call: str) -> None:
        """Put a browser behind a line; the caller's side may get another port, of which they have to hear."""
        offer = await self.media.offer_browser(line.id, line.leg.remote_sdp)
        answer = await self.seats.offer(seat, call=call, channel=channel, sdp=offer)
        await self.quiet(line)
        await self.settle(line, answer)

    async def settle(self, line: Line, answer: str) -> None:
        settled = await self.media.settle(line.id, answer)
        if not same_port(settled, line.leg.local_sdp):
            await self.agent.invite(line.leg, settled)

    async def unseat(self, line: Line) -> None:
        if line.connecting:
            line.connecting.cancel()
            line.connecting = None
        seat, line.seat = line.seat, ""
        if seat:
            await self.seats.close(seat, call=line.id, channel="call")

    async def _hold(self, line: Line, music: Path | None) -> None:
        await self.media.hold(line.id, on=music is not None)
        if music:
            await self._play(line, [music], loop=True)
        else:
            await self.quiet(line)

    async def _originate(self, line: Line) -> None:
        self.keep(asyncio.ensure_future(self._ring_out(line)))

    async def _ring_out(self, line: Line) -> None:
        try:
            await parties.ring(self, line)
        except FAILURES as error:
            self.forget(line)
            await self.media.close(line.id)
            self.tell(line, Kind.HANGUP, by="party", cause=str(error))
        else:
            self.tell(line, Kind.PARTY_UP)

    async def _record(self, line: Line, *, on: bool) -> None:
        await self.media.record(line.id, on=on)
        line.recording = on

    async def _hangup(self, line: Line, cause: str) -> None:
        leg = line.leg
        if leg.answered:
            self.keep(asyncio.ensure_future(self.agent.bye(leg)))
        elif leg.invite:
            self.agent.refuse(leg, 480, "Temporarily Unavailable")
        await self.clear(line)
        self.tell(line, Kind.HANGUP, by="house", cause=cause)

    async def clear(self, line: Line) -> None:
        """Free everything the call held here; its line is gone for good."""
        self.forget(line)
        if line.playing:
            line.playing.cancel()
        await self.unseat(line)
        with contextlib.suppress(*FAILURES):
            await parties.drop(self, line)
            await monitors.end(self, line)
            await self.media.close(line.id)

    def forget(self, line: Line) -> None:
        self.lines.pop(line.id, None)

    # What is heard

    def _invited(self, leg: Leg) -> None:
        line = Line(str(uuid7()), leg)
        self.lines[line.id] = line
        self.tell(line, Kind.OFFERED, caller=leg.caller, line=leg.called)

    def _leg_ended(self, leg: Leg, by: str) -> None:
        for line in list(self.lines.values()):
            if line.leg is leg:
                self.keep(asyncio.ensure_future(self._gone(line, by)))
            elif line.party and line.party.leg is leg:
                self.keep(asyncio.ensure_future(parties.gone(self, line)))

    async def _gone(self, line: Line, by: str) -> None:
        await self.clear(line)
        self.tell(line, Kind.HANGUP, by=by)

    def _leg_digit(self, leg: Leg, digit: str) -> None:
        for line in self.lines.values():
            if line.leg is leg:
                self.tell(line, Kind.DIGIT, digit=digit)

    def _media_digit(self, call: str, digit: str) -> None:
        if line := self.lines.get(call):
            self.tell(line, Kind.DIGIT, digit=digit)

    def tell(self, line: Line, kind: Kind, /, **data: object) -> None:
        line.last_event += 1
        self.deliver(Event(line.id, line.last_event, kind, data))

    def keep(self, task: asyncio.Future[None]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
