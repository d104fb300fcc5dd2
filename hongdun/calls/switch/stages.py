"""What happens to a caller, stage by stage; each returns the next. Entered anew after a restart, it goes on from there."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from hongdun.base.clock import now
from hongdun.calls import actions, queries
from hongdun.calls.gateway.protocol import Event, Kind
from hongdun.calls.models import Outcome, Queue, SeatState, Stage
from hongdun.calls.switch import prompts
from hongdun.calls.switch.orders import obey
from hongdun.calls.switch.outbound import dialling

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hongdun.calls.models import Operator
    from hongdun.calls.switch.board import Switchboard
    from hongdun.calls.switch.live import LiveCall, Order

MENU_SECONDS = 25.0
RING_SECONDS = 20.0
ANNOUNCE_SECONDS = 30.0
RATE_SECONDS = 15.0
VOICEMAIL_SECONDS = 180.0
WORDS_SECONDS = 8.0
CALLBACK_DIGIT = "1"


async def offered(board: Switchboard, live: LiveCall) -> Stage:
    await board.gateway.answer(live.id, command=live.command())
    await board.keep(live, "taken")
    open_now = await board.journal.write(partial(queries.is_open, live.call.organ, now()))
    return Stage.MENU if open_now else Stage.CLOSED


async def menu(board: Switchboard, live: LiveCall) -> Stage:
    await board.say(live, "welcome", "menu")
    digit = await live.digit(MENU_SECONDS)
    await board.journal.write(partial(_queue, live, digit))
    return Stage.QUEUED


def _queue(live: LiveCall, digit: str) -> None:
    call = live.call
    route = queries.route(call.organ, digit)
    queue, _ = Queue.objects.get_or_create(organ=call.organ, skill=route.skill)
    at = now()
    actions.note(
        call, "queued", data={"digit": digit, "skill": route.skill, "priority": route.priority},
        digit=digit, queue=queue, priority=route.priority, queued=at,
    )  # fmt: skip


async def queued(board: Switchboard, live: LiveCall) -> Stage:
    """Music, and now and then a word of how many are before; who doesn't want to wait is called back."""
    found = board.floor.join(live)
    try:
        if not found.done():
            await board.say(live, "wait")
        while not found.done():
            heard = await _either(live, found, ANNOUNCE_SECONDS)
            if isinstance(heard, Event) and heard.kind == Kind.PLAYED:
                await board.music(live)
            elif isinstance(heard, Event) and heard.data.get("digit") == CALLBACK_DIGIT:
                return await callback(board, live)
            elif heard is None and not found.done():
                await board.say(live, prompts.position(board.floor.ahead(live) + 1), "busy")
    finally:
        board.floor.leave(live)
        if not found.done():
            found.cancel()
    return await _take(board, live, found.result())


async def _either(live: LiveCall, found: asyncio.Future[Operator], within: float) -> Event | Order | None:
    """What comes first: something heard, an operator, or the end of patience."""
    hearing = asyncio.ensure_future(live.hear())
    try:
        both: list[asyncio.Future[Any]] = [hearing, found]
        await asyncio.wait(both, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        return hearing.result() if hearing.done() else None
    finally:
        hearing.cancel()


async def _take(board: Switchboard, live: LiveCall, operator: Operator) -> Stage:
    await board.floor.change(str(operator.id), SeatState.RINGING, call=live.call.id)
    write = partial(
        actions.note, live.call, "ringing", data={"operator": str(operator.id)},
        operator=operator, serving=operator.organ,
    )  # fmt: skip
    await board.journal.write(write)
    board.show(live)
    return Stage.RINGING


async def ringing(board: Switchboard, live: LiveCall) -> Stage:
    seat = str(live.call.operator_id)
    await board.gateway.connect(live.id, seat, command=live.command())
    try:
        if await _up(live):
            await board.floor.change(seat, SeatState.TALKING, call=live.call.id)
            await board.record(live, "answered", answered=live.call.answered or now(), released=None)
            return Stage.TALKING
    except TimeoutError:
        pass
    except BaseException:
        await board.floor.change(seat, SeatState.READY)
        raise
    await board.gateway.disconnect(live.id, command=live.command())
    await board.floor.unanswered(seat)
    await board.keep(live, "unanswered", data={"operator": seat}, operator=None, serving=None)
    return Stage.QUEUED


async def _up(live: LiveCall) -> bool:
    loop = asyncio.get_running_loop()
    last = loop.time() + RING_SECONDS
    while True:
        heard = await live.hear(last - loop.time())
        if isinstance(heard, Event) and heard.kind in (Kind.SEAT_UP, Kind.SEAT_DOWN):
            return heard.kind == Kind.SEAT_UP


async def talking(board: Switchboard, live: LiveCall) -> Stage:
    seat = str(live.call.operator_id)
    following: Stage | None = None
    try:
        while following is None:
            following = await obey(board, live, await live.hear())
    finally:
        await board.floor.change(seat, SeatState.WRAP_UP)
    return following


async def transferred(_board: Switchboard, live: LiveCall) -> Stage:
    """Caller and third party are among themselves until one of them hangs up."""
    while True:
        heard = await live.hear()
        if isinstance(heard, Event) and heard.kind == Kind.PARTY_DOWN:
            return Stage.QUEUED


async def survey(board: Switchboard, live: LiveCall) -> Stage:
    await board.say(live, "rate")
    digit = await live.digit(RATE_SECONDS)
    if digit and digit in "12345":
        await board.keep(live, "rated", data={"rating": int(digit)}, rating=int(digit))
        await board.say_all(live, "thanks")
    return Stage.ENDED


async def closed(board: Switchboard, live: LiveCall) -> Stage:
    await board.say(live, "closed")
    match await live.digit(MENU_SECONDS):
        case "1":
            return Stage.VOICEMAIL
        case "2":
            return await callback(board, live)
    await board.say_all(live, "goodbye")
    return Stage.ENDED


async def callback(board: Switchboard, live: LiveCall) -> Stage:
    await board.journal.write(partial(actions.request_callback, live.call))
    live.call.outcome = Outcome.CALLBACK
    await board.say_all(live, "callback")
    return Stage.ENDED


async def voicemail(board: Switchboard, live: LiveCall) -> Stage:
    await board.say_all(live, "voicemail", prompts.BEEP)
    await board.record(live, "voicemail")
    await live.digit(VOICEMAIL_SECONDS)
    await board.gateway.record(live.id, on=False, command=live.command())
    return Stage.ENDED


STAGES: dict[str, Callable[[Switchboard, LiveCall], Awaitable[Stage]]] = {
    Stage.OFFERED: offered,
    Stage.MENU: menu,
    Stage.QUEUED: queued,
    Stage.RINGING: ringing,
    Stage.TALKING: talking,
    Stage.TRANSFERRED: transferred,
    Stage.SURVEY: survey,
    Stage.CLOSED: closed,
    Stage.VOICEMAIL: voicemail,
    Stage.DIALLING: dialling,
}
