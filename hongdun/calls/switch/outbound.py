"""Calls that we make: an operator rings a citizen back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.calls import actions
from hongdun.calls.gateway.protocol import Event, Kind
from hongdun.calls.models import CallbackRequest, SeatState, Stage
from hongdun.calls.switch.live import LiveCall
from hongdun.parties.models import Person

if TYPE_CHECKING:
    from hongdun.calls.models import Call, Operator
    from hongdun.calls.switch.board import Switchboard
    from hongdun.calls.tickets import Errand

RING_OUT_SECONDS = 60.0


async def dial(board: Switchboard, seat: str, *, number: str = "", errand: Errand | None = None) -> LiveCall:
    """Write the call down, take the operator off the queue, and ring."""
    operator = board.floor.operators[seat]
    begin = partial(_errand, operator, errand) if errand else partial(_begin, operator, number)
    call = await board.journal.write(begin)
    live = board.calls[str(call.id)] = LiveCall(call)
    await board.floor.change(seat, SeatState.RINGING, call=call.id)
    await board.gateway.originate(live.id, call.caller, command=live.command())
    board.show(live)
    board.lead(live)
    return live


def _begin(operator: Operator, number: str, **more: Any) -> Call:
    given = {"organ": operator.organ} | more
    return actions.receive(
        uuid7(), line="", caller=number, outbound=True, operator=operator, serving=operator.organ,
        stage=Stage.DIALLING, **given,
    )  # fmt: skip


def _errand(operator: Operator, errand: Errand) -> Call:
    if errand.person:
        number = Person.objects.get(id=errand.person).phone
        return _begin(operator, number, case_id=errand.case)
    waiting = CallbackRequest.objects.select_for_update().filter(done=None)
    asked = waiting.filter(id=errand.request).first() if errand.request else None
    if asked is None:
        raise ValueError("这个请求已经回过电，请刷新回电列表")
    asked.attempts += 1
    asked.save(update_fields=["attempts"])
    return _begin(operator, asked.number, organ=asked.organ, callback_of=asked)


async def dialling(board: Switchboard, live: LiveCall) -> Stage:
    """Ring until they answer, then put the operator through; a request that was answered is done."""
    seat = str(live.call.operator_id)
    try:
        while True:
            heard = await live.hear(RING_OUT_SECONDS)
            if isinstance(heard, Event) and heard.kind == Kind.PARTY_UP:
                await board.gateway.connect(live.id, seat, command=live.command())
            elif isinstance(heard, Event) and heard.kind == Kind.SEAT_UP:
                break
            elif not isinstance(heard, Event) and heard.do == "hangup":
                return await _free(board, seat)
    except TimeoutError:
        return await _free(board, seat)
    except BaseException:
        await board.floor.change(seat, SeatState.WRAP_UP)
        raise
    await board.floor.change(seat, SeatState.TALKING, call=live.call.id)
    await board.record(live, "answered", answered=now())
    await board.journal.write(partial(_done, live))
    return Stage.TALKING


async def _free(board: Switchboard, seat: str) -> Stage:
    await board.floor.change(seat, SeatState.WRAP_UP)
    return Stage.ENDED


def _done(live: LiveCall) -> None:
    if live.call.callback_of_id:
        CallbackRequest.objects.filter(id=live.call.callback_of_id, done=None).update(done=now())
