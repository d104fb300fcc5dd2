"""A call that is going on: its row, and what has been heard of it and not yet been dealt with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongdun.calls.gateway.protocol import Event, Kind

if TYPE_CHECKING:
    from hongdun.calls.models import Call


class HungUp(Exception):
    """The call is over at the other end."""

    def __init__(self, by: str, origin: str) -> None:
        super().__init__(by)
        self.by = by
        self.origin = origin


@dataclass(frozen=True, slots=True)
class Order:
    """What an operator or supervisor wants done with the call."""

    do: str
    seat: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class LiveCall:
    call: Call
    inbox: asyncio.Queue[Event | Order] = field(default_factory=asyncio.Queue)
    seen: int = 0
    held: bool = False
    merged: bool = False
    party: str = ""  # "", "ringing", "talking"
    commands: int = 0
    task: asyncio.Task[None] | None = None

    @property
    def id(self) -> str:
        return str(self.call.id)

    def receive(self, event: Event) -> None:
        """The exchange may say a thing twice; it is heard once."""
        if event.number > self.seen:
            self.seen = event.number
            self.inbox.put_nowait(event)

    async def hear(self, within: float | None = None) -> Event | Order:
        """The next thing that happens; raises HungUp, or TimeoutError after so many seconds."""
        heard = await asyncio.wait_for(self.inbox.get(), within)
        if isinstance(heard, Event) and heard.kind == Kind.HANGUP:
            raise HungUp(str(heard.data.get("by", "")), origin(heard))
        return heard

    async def digit(self, within: float) -> str:
        """The next digit, or "" when none comes in time."""
        loop = asyncio.get_running_loop()
        last = loop.time() + within
        while (left := last - loop.time()) > 0:
            try:
                heard = await self.hear(left)
            except TimeoutError:
                break
            if isinstance(heard, Event) and heard.kind == Kind.DIGIT:
                return str(heard.data["digit"])
        return ""

    def command(self) -> str:
        """A new id for a command to the exchange; each is done once."""
        self.commands += 1
        return f"{self.call.last_event}.{self.commands}"


def origin(event: Event) -> str:
    return f"exchange.{event.number}"
