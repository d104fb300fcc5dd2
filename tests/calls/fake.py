"""An exchange that only remembers what it was told; for what callers go through, without a sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongdun.base.ids import uuid7
from hongdun.calls.gateway.protocol import CallGone, Event, Kind, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hongdun.calls.gateway.protocol import Monitor, State, TelephonyGateway


@dataclass
class FakeExchange:
    calls: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    done: set[tuple[str, str]] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    deliver: Callable[[Event], None] = lambda _: None

    async def open(self, deliver: Callable[[Event], None]) -> None:
        self.deliver = deliver

    async def close(self) -> None:
        """Calls go on."""

    def ring(self, *, caller: str = "13800138000", line: str = "12315") -> str:
        call = str(uuid7())
        self.calls[call] = []
        self.tell(call, Kind.OFFERED, caller=caller, line=line)
        return call

    def tell(self, call: str, kind: Kind, **data: object) -> None:
        self.numbers[call] = self.numbers.get(call, 0) + 1
        self.deliver(Event(call, self.numbers[call], kind, data))

    def did(self, call: str) -> list[str]:
        return [name for name, _ in self.calls[call]]

    def _do(self, call: str, command: str, name: str, what: object = None) -> bool:
        if call not in self.calls:
            raise CallGone(call)
        if (call, command) in self.done:
            return False
        self.done.add((call, command))
        self.calls[call].append((name, what))
        return True

    async def answer(self, call: str, *, command: str) -> None:
        self._do(call, command, "answer")

    async def play(self, call: str, prompts: Sequence[Path], *, loop: bool = False, command: str) -> None:
        if self._do(call, command, "play", [prompt.stem for prompt in prompts]) and not loop:
            self.tell(call, Kind.PLAYED)

    async def stop(self, call: str, *, command: str) -> None:
        self._do(call, command, "stop")

    async def connect(self, call: str, seat: str, *, command: str) -> None:
        if self._do(call, command, "connect", seat):
            self.tell(call, Kind.SEAT_UP, seat=seat)

    async def disconnect(self, call: str, *, command: str) -> None:
        self._do(call, command, "disconnect")

    async def hold(self, call: str, music: Path | None, *, command: str) -> None:
        self._do(call, command, "hold", music is not None)

    async def consult(self, call: str, number: str, *, seat: str, command: str) -> None:
        if self._do(call, command, "consult", (number, seat)):
            self.tell(call, Kind.PARTY_UP)

    async def drop(self, call: str, *, command: str) -> None:
        self._do(call, command, "drop")

    async def transfer(self, call: str, number: str = "", *, command: str) -> None:
        self._do(call, command, "transfer", number)

    async def monitor(self, call: str, supervisor: str, mode: Monitor | None, *, command: str) -> None:
        self._do(call, command, "monitor", (supervisor, mode))

    async def originate(self, call: str, number: str, *, command: str) -> None:
        self.calls.setdefault(call, [])
        if self._do(call, command, "originate", number):
            self.tell(call, Kind.PARTY_UP)

    async def record(self, call: str, *, on: bool, command: str) -> None:
        self._do(call, command, "record", on)

    async def hangup(self, call: str, *, cause: str = "", command: str) -> None:
        if call in self.calls:
            self._do(call, command, "hangup", cause)

    def state(self, call: str) -> State:
        return {"last": self.numbers.get(call, 0), "call": call}

    async def adopt(self, call: str, state: State) -> bool:
        assert state["call"] == call
        return call in self.calls

    async def snapshot(self) -> dict[str, Standing]:
        return {call: Standing(call, (), self.state(call)) for call in self.calls}


def keeps_the_contract(fake: FakeExchange) -> TelephonyGateway:
    """For the type checker."""
    return fake
