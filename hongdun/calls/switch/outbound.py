"""Calls that we make: an operator rings a citizen back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.calls import actions
from hongdun.calls.gateway.protocol import Event, Kind
from hongdun.calls.models import CallbackRequest, SeatState, Stage
from hongdun.calls.switch.live import LiveCall

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.calls.models import Call
    from hongdun.calls.switch.board import Switchboard

RING_OUT_SECONDS = 60.0


async def dial(board: Switchboard, seat: str, *, number: str = "", request: UUID | None = None) -> LiveCall:
    """Write the call down, take the operator off the queue, and ring."""
    call = await board.journal.write(partial(_begin, board, seat, number, request))
    live = board.calls[str(call.id)] = LiveCall(call)
    await board.floor.change(seat, SeatState.RINGING, call=call.id)
    await board.gateway.originate(live.id, call.caller, command=live.command())
    board.show(live)
    board.lead(live)
    return live


def _begin(board: Switchboard, seat: str, number: str, request: UUID | None) -> Call:
    operator = board.floor.operators[seat]
    asked = CallbackRequest.objects.select_for_update().get(id=request, done=None) if request else None
    if asked:
        number = asked.number
        asked.attempts += 1
        asked.save(update_fields=["attempts"])
    return actions.receive(
        uuid7(), organ=asked.organ if asked else operator.organ, line="", caller=number, outbound=True,
        operator=operator, serving=operator.organ, callback_of=asked, stage=Stage.DIALLING,
    )  # fmt: skip


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
