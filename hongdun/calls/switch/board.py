"""The switchboard: leads every call through its stages, and takes up after a restart what was going on."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base.clock import now
from hongdun.calls import actions, queries
from hongdun.calls.gateway.ng import MediaRefused, MediaSilent
from hongdun.calls.gateway.protocol import CallGone, Event, Kind
from hongdun.calls.gateway.sip import Unreachable
from hongdun.calls.models import Outcome, Stage
from hongdun.calls.switch import prompts
from hongdun.calls.switch.live import HungUp, LiveCall
from hongdun.calls.switch.stages import STAGES

if TYPE_CHECKING:
    from pathlib import Path

    from hongdun.calls.gateway.protocol import TelephonyGateway
    from hongdun.calls.models import Call
    from hongdun.calls.switch.floor import Floor
    from hongdun.calls.switch.journal import Journal

logger = logging.getLogger(__name__)
FAILURES = (MediaRefused, MediaSilent, Unreachable, CallGone)
RECONCILE_SECONDS = 10.0
TOGETHER = (
    20  # calls taken up at once: what the media service answers to all of them must fit a socket's buffer
)


class Switchboard:
    def __init__(
        self, gateway: TelephonyGateway, journal: Journal, floor: Floor, *, folder: Path, most: int
    ) -> None:
        self.gateway = gateway
        self.journal = journal
        self.floor = floor
        self.folder = folder
        self.most = most
        self.calls: dict[str, LiveCall] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        await self.gateway.open(self.hear)
        live = await self.journal.write(queries.live)
        for first in range(0, len(live), TOGETHER):
            await asyncio.gather(*map(self._adopt, live[first : first + TOGETHER]))
        self._keep(self._reconcile())

    async def close(self) -> None:
        """Calls go on without us; the next process takes them up."""
        for task in list(self.tasks):
            task.cancel()
        await self.gateway.close()

    def hear(self, event: Event) -> None:
        if event.kind == Kind.OFFERED:
            self._keep(self._receive(event))
        elif live := self.calls.get(event.call):
            live.receive(event)

    async def _receive(self, event: Event) -> None:
        line, caller = str(event.data.get("line", "")), str(event.data.get("caller", ""))
        receive = partial(
            _received, UUID(event.call), line, caller, actions.sealed_state(self.gateway.state(event.call))
        )
        live = self.calls[event.call] = LiveCall(await self.journal.write(receive), seen=event.number)
        if len(self.calls) > self.most:
            await self._end(live, by="house", outcome=Outcome.REFUSED)
        else:
            self.lead(live)

    async def _adopt(self, call: Call) -> None:
        """Take up a call of the process before this one; one that has ended meanwhile gets its record closed."""
        live = self.calls[str(call.id)] = LiveCall(call)
        state = json.loads(call.exchange or "{}")
        if not state or not await self.gateway.adopt(live.id, state):
            await self._end(live, by="lost", outcome="" if call.answered else Outcome.LOST)
            return
        live.seen = int(state["last"])
        await self.keep(live, "adopted")
        self.lead(live)

    def lead(self, live: LiveCall) -> None:
        live.task = self._keep(self._lead(live))

    async def _lead(self, live: LiveCall) -> None:
        by, origin = "house", None
        try:
            while (stage := live.call.stage) != Stage.ENDED:
                following = await STAGES[stage](self, live)
                if following == Stage.ENDED:
                    break
                await self.move(live, following)
        except HungUp as error:
            by, origin = error.by, error.origin
        except FAILURES as error:
            logger.warning("call failed", extra={"call": live.id, "error": str(error)})
            by = "failure"
        await self._end(live, by=by, origin=origin)

    async def _end(self, live: LiveCall, *, by: str, outcome: str = "", origin: str | None = None) -> None:
        await self.gateway.hangup(live.id, command="end")
        await self.journal.write(partial(actions.end, live.call, by=by, outcome=outcome, origin=origin))
        self.calls.pop(live.id, None)

    async def _reconcile(self) -> None:
        """A call that the exchange no longer has must not stand for ever in the books."""
        before: set[str] = set()
        while True:
            await asyncio.sleep(RECONCILE_SECONDS)
            try:
                there = await self.gateway.snapshot()
            except FAILURES:
                continue
            taken = {id_ for id_, live in self.calls.items() if live.call.stage != Stage.OFFERED}
            missing = taken - set(there)
            for gone in missing & before:
                self.calls[gone].inbox.put_nowait(Event(gone, 0, Kind.HANGUP, {"by": "lost"}))
            before = missing

    # What stages do

    async def keep(self, live: LiveCall, kind: str, *, data: Any = None, **changes: Any) -> None:
        """Write down what happened, together with what the exchange needs to take the call up again."""
        state = actions.sealed_state(self.gateway.state(live.id))
        await self.journal.write(partial(actions.note, live.call, kind, data=data, exchange=state, **changes))

    async def move(self, live: LiveCall, stage: Stage) -> None:
        state = actions.sealed_state(self.gateway.state(live.id))
        await self.journal.write(partial(actions.change, live.call, stage=stage, exchange=state))

    async def record(self, live: LiveCall, kind: str, **changes: Any) -> None:
        """Begin to record, and write down by which port the caller's voice is told from the operator's."""
        await self.gateway.record(live.id, on=True, command=live.command())
        await self.keep(live, kind, data={"port": self.gateway.state(live.id).get("port")}, **changes)

    async def release(self, live: LiveCall) -> None:
        await self.keep(live, "released", released=now())

    async def say(self, live: LiveCall, *codes: str) -> None:
        await self.gateway.play(live.id, [self.prompt(live, code) for code in codes], command=live.command())

    async def say_all(self, live: LiveCall, *codes: str) -> None:
        """Say it to its end."""
        await self.say(live, *codes)
        while True:
            heard = await live.hear()
            if isinstance(heard, Event) and heard.kind == Kind.PLAYED:
                return

    async def music(self, live: LiveCall) -> None:
        await self.gateway.play(
            live.id, [self.prompt(live, prompts.MUSIC)], loop=True, command=live.command()
        )

    def prompt(self, live: LiveCall, code: str) -> Path:
        return prompts.file_for(self.folder, code, live.call.organ)

    def show(self, live: LiveCall) -> None:
        """Tell the operator's browser how their call stands."""
        self.floor.browsers.tell(str(live.call.operator_id), shown(live))

    def _keep(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("call process failed", exc_info=error)


def shown(live: LiveCall) -> dict[str, Any]:
    return {
        "type": "call",
        "call": live.id,
        "caller": live.call.caller,
        "skill": live.call.queue.get_skill_display() if live.call.queue else "",
        "priority": live.call.get_priority_display(),
        "held": live.held,
        "merged": live.merged,
        "party": live.party,
        "outbound": live.call.outbound,
        "case": str(live.call.case_id or ""),
    }


def _received(call_id: UUID, line: str, caller: str, state: str) -> Call:
    organ = queries.line_organ(line)
    return actions.receive(call_id, organ=organ, line=line, caller=caller, exchange=state)
