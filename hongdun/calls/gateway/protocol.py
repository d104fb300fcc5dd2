"""What a telephone exchange must be able to do; queue, operators and records are none of its business.

Commands are idempotent by call and command id: the same one twice is done once. Events come at least once, each
with a number that grows within its call; who receives them drops what it has had. `snapshot` says what calls there
really are, for reconciliation after either side was away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

State = dict[str, object]


class Kind(StrEnum):
    OFFERED = "offered"  # somebody rings; data: caller, line
    DIGIT = "digit"  # data: digit
    PLAYED = "played"  # the prompts have been played to their end
    SEAT_UP = "seat_up"  # the operator's browser hears and speaks; data: seat
    SEAT_DOWN = "seat_down"
    PARTY_UP = "party_up"  # a third party, or the one we ring, answered; data: party
    PARTY_DOWN = "party_down"  # data: party, cause
    HANGUP = "hangup"  # data: by, cause


class Monitor(StrEnum):
    LISTEN = "listen"
    WHISPER = "whisper"  # the operator hears the supervisor, the caller doesn't
    BARGE = "barge"  # both hear the supervisor


@dataclass(frozen=True, slots=True)
class Event:
    call: str
    number: int
    kind: Kind
    data: State = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A call as the exchange knows it; `state` is what it wants back after its own loss of memory."""

    call: str
    seats: tuple[str, ...]
    state: State


class CallGone(LookupError):
    """The exchange has no such call any more."""


class TelephonyGateway(Protocol):
    async def open(self, deliver: Callable[[Event], None]) -> None: ...
    async def close(self) -> None: ...

    async def answer(self, call: str, *, command: str) -> None: ...
    async def play(self, call: str, prompts: Sequence[Path], *, loop: bool = False, command: str) -> None: ...
    async def stop(self, call: str, *, command: str) -> None: ...
    async def connect(self, call: str, seat: str, *, command: str) -> None: ...
    async def disconnect(self, call: str, *, command: str) -> None: ...
    async def hold(self, call: str, music: Path | None, *, command: str) -> None: ...
    async def consult(self, call: str, number: str, *, seat: str, command: str) -> None: ...
    async def drop(self, call: str, *, command: str) -> None: ...
    async def transfer(self, call: str, number: str = "", *, command: str) -> None: ...
    async def monitor(self, call: str, supervisor: str, mode: Monitor | None, *, command: str) -> None: ...
    async def originate(self, call: str, number: str, *, command: str) -> None: ...
    async def record(self, call: str, *, on: bool, command: str) -> None: ...
    async def hangup(self, call: str, *, cause: str = "", command: str) -> None: ...

    def state(self, call: str) -> State: ...
    async def adopt(self, call: str, state: State) -> bool: ...
    async def snapshot(self) -> dict[str, Standing]: ...
