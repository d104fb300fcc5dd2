from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongdun.calls.gateway.leg import Leg
from hongdun.calls.gateway.media import port_of

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from hongdun.calls.gateway.protocol import Monitor, State

# Events told just before the loss of memory may not have been noted: their numbers aren't given again.
GAP = 1000


@dataclass(eq=False)
class Line:
    """Somebody at the other end of the trunk, and who hears them here."""

    id: str
    leg: Leg
    seat: str = ""
    party: Line | None = None
    transferred: bool = False  # the party hears the caller, no operator any more
    monitors: dict[str, Monitor] = field(default_factory=dict)
    last_event: int = 0
    sounding: bool = False
    recording: bool = False
    playing: asyncio.Task[None] | None = None
    connecting: asyncio.Task[None] | None = None
    done: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def once(self, command: str, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """The command's own task: the same command a second time waits for the first."""
        if command in self.done:
            work.close()
        else:
            self.done[command] = asyncio.ensure_future(work)
        return self.done[command]

    def state(self) -> State:
        return {
            "id": self.id,
            "leg": self.leg.state(),
            "seat": self.seat,
            "party": self.party.state() if self.party else None,
            "transferred": self.transferred,
            "last": self.last_event,
            "recording": self.recording,
            "port": port_of(self.leg.local_sdp),
        }

    @classmethod
    def restore(cls, state: State) -> Line:
        leg, party, last = state["leg"], state["party"], state["last"]
        assert isinstance(leg, dict)
        assert isinstance(last, int)
        return cls(
            str(state["id"]),
            Leg.restore(leg),
            seat=str(state["seat"]),
            party=cls.restore(party) if isinstance(party, dict) else None,
            transferred=bool(state["transferred"]),
            last_event=last + GAP,
            sounding=True,
            recording=bool(state["recording"]),
        )
