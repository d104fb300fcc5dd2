"""What browsers may do: sit down, say whether they are ready, and give orders for the call they have."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from hongdun.calls import actions, tickets
from hongdun.calls.models import Operator, Pause, SeatState, Stage
from hongdun.calls.switch import outbound
from hongdun.calls.switch.live import Order

if TYPE_CHECKING:
    from hongdun.calls.switch.board import Switchboard
    from hongdun.calls.tickets import Ticket

NUMBER = re.compile(r"\+?[0-9]{3,15}\Z")
OWN = frozenset({"hangup", "hold", "consult", "drop", "merge", "transfer"})


class Desk:
    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.floor = board.floor
        self.tickets: dict[str, Ticket] = {}

    async def admit(self, hello: dict[str, Any]) -> str:
        ticket = tickets.check(str(hello.get("ticket", "")))
        sit = partial(actions.take_seat, person=ticket.person, organ=ticket.organ, name=ticket.name)
        operator: Operator = await self.board.journal.write(sit)
        seat = str(operator.id)
        self.floor.operators.setdefault(seat, operator).skills = operator.skills  # they may have been changed
        self.tickets[seat] = ticket
        return seat

    async def came(self, seat: str, hello: dict[str, Any]) -> None:
        """Show how things stand; a page that was changed in mid-call gets its sound again."""
        operator = self.floor.operators[seat]
        self.floor.browsers.tell(seat, self.floor.shown(operator))
        live = self.board.calls.get(str(operator.call_id or ""))
        if live and live.call.stage == Stage.TALKING:
            self.board.show(live)
            if live.id not in hello.get("calls", []):
                await self.board.gateway.connect(live.id, seat, command=live.command())
        elif operator.state in (SeatState.TALKING, SeatState.RINGING):
            await self.floor.change(seat, SeatState.READY)

    def left(self, seat: str) -> None:
        self.floor.left(seat)

    async def ordered(self, seat: str, message: dict[str, Any]) -> None:
        do = str(message.get("type"))
        if do == "state":
            await self._state(seat, str(message.get("state")), str(message.get("reason", "")))
        elif do in OWN:
            self._own(seat, do, message)
        elif do == "dial":
            await self._dial(seat, message)
        elif do == "monitor":
            self._monitor(seat, message)
        elif do == "ping":
            self.floor.browsers.tell(seat, {"type": "pong"})

    async def _state(self, seat: str, state: str, reason: str) -> None:
        operator = self.floor.operators[seat]
        if operator.state in (SeatState.RINGING, SeatState.TALKING):
            raise ValueError("通话中不能改变状态，请先挂机")
        if state not in (SeatState.READY, SeatState.PAUSED, SeatState.AWAY):
            raise ValueError("没有这种坐席状态")
        if state == SeatState.PAUSED and reason not in Pause.values:
            raise ValueError("请选择示忙的原因")
        await self.floor.change(seat, state, reason=reason if state == SeatState.PAUSED else "")

    async def _dial(self, seat: str, message: dict[str, Any]) -> None:
        if self.floor.operators[seat].state in (SeatState.RINGING, SeatState.TALKING, SeatState.AWAY):
            raise ValueError("请先签入并结束当前通话，再呼出")
        if token := message.get("errand"):
            errand = tickets.errand(str(token), officer=self.tickets[seat].person)
            await outbound.dial(self.board, seat, errand=errand)
        else:
            await outbound.dial(self.board, seat, number=_number(str(message.get("number", ""))))

    def _own(self, seat: str, do: str, message: dict[str, Any]) -> None:
        live = self.board.calls.get(str(self.floor.operators[seat].call_id or ""))
        dialling = live is not None and live.call.stage == Stage.DIALLING and do == "hangup"
        if live is None or not (dialling or live.call.stage == Stage.TALKING):
            raise ValueError("您现在没有通话")
        if do == "consult" or message.get("number"):
            message["number"] = _number(str(message.get("number", "")))
        live.inbox.put_nowait(Order(do, seat, message))

    def _monitor(self, seat: str, message: dict[str, Any]) -> None:
        if not self.tickets[seat].supervisor:
            raise PermissionError("只有负责人可以监听和插话")
        live = self.board.calls.get(str(message.get("call")))
        if live is None or live.call.stage != Stage.TALKING:
            raise ValueError("这个通话已经结束")
        live.inbox.put_nowait(Order("monitor", seat, message | {"by": self.tickets[seat]}))


def _number(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text)
    if not NUMBER.match(digits):
        raise ValueError("请填写要转接的电话号码，例如 0771-5551234")
    return digits
