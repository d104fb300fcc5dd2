"""The operators' browsers as the exchange sees them: something that is offered sound and answers.

A channel is one peer connection: "call", "party", "listen-caller", "listen-house", "coach".
"""

from __future__ import annotations

from typing import Protocol


class SeatGone(ConnectionError):
    """The browser isn't connected, or went away before it answered."""


class Seats(Protocol):
    async def offer(self, seat: str, *, call: str, channel: str, sdp: str) -> str:
        """Offer sound to a browser; returns its answer when the operator takes the call. Raises SeatGone."""
        ...

    async def ask(self, seat: str, *, call: str, channel: str) -> str:
        """Ask a browser to offer its microphone; returns the offer, which `accept` answers."""
        ...

    async def accept(self, seat: str, *, call: str, channel: str, sdp: str) -> None: ...

    async def close(self, seat: str, *, call: str, channel: str) -> None:
        """Tell the browser that this sound has ended; nothing happens where it is gone."""
        ...
