"""The operators and who waits for them; what they do is written down before anybody is told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from hongdun.base.clock import now
from hongdun.calls import actions
from hongdun.calls.models import Operator, Pause, SeatState
from hongdun.calls.switch.assign import Free, Waiting, assign, in_order

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.calls.switch.journal import Journal
    from hongdun.calls.switch.live import LiveCall

WRAP_UP_SECONDS = 60.0
AWAY_SECONDS = 10.0
LOOK_SECONDS = 1.0


class Browsers(Protocol):
    def tell(self, seat: str, message: dict[str, Any]) -> None: ...
    def connected(self, seat: str) -> bool: ...


@dataclass(eq=False)
class Floor:
    journal: Journal
    browsers: Browsers
    operators: dict[str, Operator] = field(default_factory=dict)
    waiting: dict[str, tuple[Waiting, asyncio.Future[Operator]]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def open(self, operators: list[Operator]) -> None:
        self.operators = {str(operator.id): operator for operator in operators}
        for seat, operator in self.operators.items():
            if operator.state == SeatState.WRAP_UP:
                self._later(WRAP_UP_SECONDS, partial(self._wrapped_up, seat, operator.since))
            elif operator.state != SeatState.AWAY:
                self.left(seat)
        self._keep(asyncio.create_task(self._look()))

    def close(self) -> None:
        for task in list(self.tasks):
            task.cancel()

    # Operators

    async def change(self, seat: str, state: str, *, reason: str = "", call: UUID | None = None) -> None:
        operator = self.operators[seat]
        write = partial(actions.change_seat, operator, state, reason=reason, call=call)
        await self.journal.write(write)
        self.browsers.tell(seat, self.shown(operator))
        if state == SeatState.WRAP_UP:
            self._later(WRAP_UP_SECONDS, partial(self._wrapped_up, seat, operator.since))
        self.dispatch()

    def shown(self, operator: Operator) -> dict[str, Any]:
        return {
            "type": "seat",
            "state": operator.state,
            "reason": operator.reason,
            "since": operator.since.isoformat(),
            "call": str(operator.call_id or ""),
        }

    def left(self, seat: str) -> None:
        """A browser went away; who comes back soon, as when a page is changed, has never been away."""
        self._later(AWAY_SECONDS, partial(self._gone, seat))

    async def _gone(self, seat: str) -> None:
        operator = self.operators[seat]
        busy = operator.state in (SeatState.TALKING, SeatState.RINGING)
        if not self.browsers.connected(seat) and not busy and operator.state != SeatState.AWAY:
            await self.change(seat, SeatState.AWAY)

    async def _wrapped_up(self, seat: str, since: object) -> None:
        operator = self.operators[seat]
        if operator.state == SeatState.WRAP_UP and operator.since == since:
            connected = self.browsers.connected(seat)
            await self.change(seat, SeatState.READY if connected else SeatState.AWAY)

    async def unanswered(self, seat: str) -> None:
        await self.change(seat, SeatState.PAUSED, reason=Pause.UNANSWERED)

    # The queue

    def join(self, live: LiveCall) -> asyncio.Future[Operator]:
        """Wait for an operator; the future is cancelled by leaving."""
        call = live.call
        assert call.queue is not None
        assert call.queued is not None
        place = Waiting(
            live.id, call.organ, call.queue.skill, call.priority, call.queued, call.queue.overflow_after
        )
        future: asyncio.Future[Operator] = asyncio.get_running_loop().create_future()
        self.waiting[live.id] = place, future
        self.dispatch()
        return future

    def leave(self, live: LiveCall) -> None:
        self.waiting.pop(live.id, None)

    def ahead(self, live: LiveCall) -> int:
        """How many of the same queue are before this one."""
        own = self.waiting[live.id][0]
        same = [each for each, _ in self.waiting.values() if each.organ == own.organ]
        return in_order(same).index(own)

    def dispatch(self) -> None:
        free = [
            Free(operator.id, operator.organ, frozenset(operator.skills), operator.idle_since)
            for seat, operator in self.operators.items()
            if operator.state == SeatState.READY and self.browsers.connected(seat)
        ]
        for place, chosen in assign([each for each, _ in self.waiting.values()], free, now()):
            operator = self.operators[str(chosen.operator)]
            operator.state = SeatState.RINGING  # at once: nobody else may choose them; written by who rings
            _, future = self.waiting.pop(place.call)
            future.set_result(operator)

    async def _look(self) -> None:
        """Patience runs out by itself, so somebody has to look."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.dispatch()

    def _later(self, seconds: float, work: Any) -> None:
        async def wait() -> None:
            await asyncio.sleep(seconds)
            await work()

        self._keep(asyncio.create_task(wait()))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
