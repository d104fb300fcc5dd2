"""What callers go through, on an exchange without sound: every stage, and the record that it leaves."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError

from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.calls import actions, tickets
from hongdun.calls.gateway.protocol import Kind
from hongdun.calls.models import Call, CallbackRequest, Operator, Outcome, SeatState
from hongdun.calls.switch import journal as journals
from hongdun.calls.switch.board import Switchboard
from hongdun.calls.switch.desk import Desk
from hongdun.calls.switch.floor import Floor
from hongdun.calls.switch.journal import Journal
from tests.calls.builders import NUMBER, a_call, always_open, an_operator, never_open
from tests.calls.fake import FakeExchange
from tests.org.builders import NANNING, an_actor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Silent:
    """Browsers that are there and say nothing."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def tell(self, seat: str, message: dict[str, Any]) -> None:
        self.told.append(message)

    def connected(self, seat: str) -> bool:
        return True


class House:
    def __init__(self, operators: list[Operator]) -> None:
        self.fake, self.journal, self.browsers = FakeExchange(), Journal(), Silent()
        self.floor = Floor(self.journal, self.browsers)
        self.board = Switchboard(self.fake, self.journal, self.floor, folder=Path("/prompts"), most=50)
        self.desk = Desk(self.board)
        self.operators = operators

    async def open(self) -> None:
        self.journal.open()
        self.floor.open(self.operators)
        await self.board.open()

    async def close(self) -> None:
        self.floor.close()
        await self.board.close()
        await self.journal.close()

    async def until(self, true: Callable[[], bool]) -> None:
        for _ in range(500):
            if true():
                return
            await asyncio.sleep(0.01)
        raise AssertionError({call: self.fake.calls[call] for call in self.fake.calls})

    async def ended(self, call: str) -> None:
        await self.until(lambda: call not in self.board.calls and "hangup" in self.fake.did(call))


def lead(play: Callable[[House], Awaitable[str]], *, operators: tuple[Operator, ...] = ()) -> Call:
    """Open the house, let the play go on in it, and return the call that it was about."""

    async def run() -> str:
        house = House(list(operators))
        await house.open()
        try:
            return await play(house)
        finally:
            await house.close()

    call = asyncio.run(run())
    with system_scope("测试"):
        return Call.objects.select_related("queue", "operator").get(id=call)


def test_a_voice_left_out_of_hours() -> None:
    never_open()

    async def play(house: House) -> str:
        call = house.fake.ring()
        await house.until(lambda: ("play", ["closed"]) in house.fake.calls[call])
        house.fake.tell(call, Kind.DIGIT, digit="1")
        await house.until(lambda: ("record", True) in house.fake.calls[call])
        house.fake.tell(call, Kind.DIGIT, digit="#")
        await house.ended(call)
        return call

    assert lead(play).outcome == Outcome.VOICEMAIL


def test_call_me_back_from_the_queue() -> None:
    always_open()

    async def play(house: House) -> str:
        call = house.fake.ring()
        await house.until(lambda: ("play", ["welcome", "menu"]) in house.fake.calls[call])
        house.fake.tell(call, Kind.DIGIT, digit="3")
        await house.until(lambda: call in house.floor.waiting)
        house.fake.tell(call, Kind.DIGIT, digit="1")
        await house.ended(call)
        return call

    call = lead(play)
    assert call.queue
    assert (call.outcome, call.queue.skill) == (Outcome.CALLBACK, "consultation")
    with system_scope("测试"):
        assert CallbackRequest.objects.get().number == NUMBER


def test_to_an_operator_and_a_rating() -> None:
    always_open()
    operator = an_operator(an_actor("clerk", organ=NANNING))
    seat = str(operator.id)

    async def play(house: House) -> str:
        await house.desk.ordered(seat, {"type": "state", "state": "ready"})
        call = house.fake.ring()
        await house.until(lambda: "play" in house.fake.did(call))
        house.fake.tell(call, Kind.DIGIT, digit="9")
        await house.until(lambda: operator.state == SeatState.TALKING)
        await house.until(lambda: house.board.calls[call].call.stage == "talking")
        await house.desk.ordered(seat, {"type": "hold", "on": True})
        await house.desk.ordered(seat, {"type": "hangup"})
        await house.until(lambda: ("play", ["rate"]) in house.fake.calls[call])
        house.fake.tell(call, Kind.DIGIT, digit="4")
        await house.ended(call)
        return call

    call = lead(play, operators=(operator,))
    assert (call.outcome, call.rating, call.priority, call.serving) == (Outcome.ANSWERED, 4, 0, NANNING)
    assert operator.state == SeatState.WRAP_UP


def test_who_hangs_up_while_waiting_is_counted() -> None:
    always_open()

    async def play(house: House) -> str:
        call = house.fake.ring()
        await house.until(lambda: "play" in house.fake.did(call))
        house.fake.tell(call, Kind.DIGIT, digit="1")
        await house.until(lambda: call in house.floor.waiting)
        house.fake.tell(call, Kind.HANGUP, by="caller")
        await house.ended(call)
        assert call not in house.floor.waiting
        return call

    call = lead(play)
    assert (call.outcome, call.ended_by) == (Outcome.ABANDONED, "caller")


def test_an_operator_rings_a_citizen_back() -> None:
    operator = an_operator(an_actor("clerk", organ=NANNING))
    seat = str(operator.id)

    async def play(house: House) -> str:
        await house.desk.ordered(seat, {"type": "state", "state": "ready"})
        await house.desk.ordered(seat, {"type": "dial", "number": "0771-5551234"})
        [call] = house.fake.calls
        await house.until(lambda: house.board.calls[call].call.stage == "talking")
        await house.desk.ordered(seat, {"type": "hangup"})
        await house.ended(call)
        return call

    call = lead(play, operators=(operator,))
    assert (call.outbound, call.caller, call.outcome) == (True, "07715551234", Outcome.ANSWERED)


def test_who_asked_is_rung_back_once() -> None:
    operator = an_operator(an_actor("clerk", organ=NANNING))
    seat = str(operator.id)
    with system_scope("测试"):
        asked = actions.request_callback(a_call())
    errand = tickets.send(tickets.Errand(operator.person, request=asked.id))

    async def play(house: House) -> str:
        house.desk.tickets[seat] = tickets.Ticket(operator.person, NANNING, "韦一", supervisor=False)
        await house.desk.ordered(seat, {"type": "state", "state": "ready"})
        await house.desk.ordered(seat, {"type": "dial", "errand": errand})
        [call] = house.fake.calls
        await house.until(lambda: house.board.calls[call].call.stage == "talking")
        await house.desk.ordered(seat, {"type": "hangup"})
        await house.ended(call)
        with pytest.raises(ValueError, match="已经回过电"):
            await house.desk.ordered(seat, {"type": "dial", "errand": errand})
        return call

    call = lead(play, operators=(operator,))
    assert (call.outbound, call.caller, call.callback_of_id) == (True, NUMBER, asked.id)
    with system_scope("测试"):
        request = CallbackRequest.objects.get()
    assert request.done
    assert request.attempts == 1


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"type": "hangup"}, "没有通话"),
        ({"type": "state", "state": "paused", "reason": ""}, "原因"),
        ({"type": "state", "state": "talking"}, "没有这种"),
        ({"type": "dial", "number": "x"}, "先签入|电话号码"),
    ],
)
def test_what_an_operator_may_not_do(order: dict[str, str], words: str) -> None:
    operator = an_operator(an_actor("clerk", organ=NANNING))

    async def play() -> None:
        house = House([operator])
        await house.open()
        with pytest.raises(ValueError, match=words):
            await house.desk.ordered(str(operator.id), order)
        await house.close()

    asyncio.run(play())


def test_a_call_that_was_ringing_is_answered_by_the_next_process() -> None:
    always_open()
    known = uuid7()
    a_call(key=known, exchange=actions.sealed_state({"last": 1, "call": str(known)}))

    async def play() -> None:
        house = House([])
        house.fake.calls[str(known)] = []
        await house.open()
        try:
            await house.until(lambda: {"answer", "play"} <= set(house.fake.did(str(known))))
        finally:
            await house.close()

    asyncio.run(play())
    with system_scope("测试"):
        assert Call.objects.get().stage == "menu"


def test_what_was_not_committed_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_call()
    monkeypatch.setattr(journals, "AGAIN_SECONDS", 0.01)
    failed: list[bool] = []

    def end_and_fail_once(call: Call) -> None:
        actions.end(call, by="caller")
        if not failed:
            failed.append(True)
            raise OperationalError("gone")

    async def play() -> None:
        journal = Journal()
        journal.open()
        await journal.write(partial(end_and_fail_once, call))
        await journal.close()

    asyncio.run(play())
    with system_scope("测试"):
        found = Call.objects.get()
        assert found.ended
        assert list(found.events.values_list("number", "kind")) == [(1, "arrived"), (2, "ended")]


def test_the_same_command_is_done_once() -> None:
    async def play() -> None:
        fake = FakeExchange()
        call = fake.ring()
        await fake.answer(call, command="1")
        await fake.answer(call, command="1")
        assert fake.did(call) == ["answer"]

    asyncio.run(play())
