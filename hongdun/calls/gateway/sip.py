"""A user agent for the trunk: dialogs that can be written down and taken up again, on aiosipua's messages.

The library parses, builds and carries messages; transactions are ours, because a dialog must outlive this process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from typing import TYPE_CHECKING, Any

from aiosipua.dialog import Dialog, create_dialog_from_request, dialog_matches
from aiosipua.message import SipRequest, SipResponse
from aiosipua.utils import format_addr, generate_call_id, generate_tag

from hongdun.calls.gateway.digest import Doorkeeper, Login
from hongdun.calls.gateway.leg import Hooks, Leg, Transport
from hongdun.calls.gateway.waits import GIVE_UP, bare, transaction, via_of, waits

if TYPE_CHECKING:
    from collections.abc import Coroutine

logger = logging.getLogger(__name__)

INVITE_SECONDS = 60.0
ACCEPTED = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE"


class Unreachable(RuntimeError):
    """The other side didn't answer a request, or refused it; `status` is its code, 0 where none came."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status} {words}" if status else words)
        self.status = status


class UserAgent:
    def __init__(self, transport: Transport, hooks: Hooks, *, trusted: frozenset[str], login: Login) -> None:
        self.door = Doorkeeper(login)
        self.transport = transport
        self.address = transport.local_addr
        self.hooks = hooks
        self.trusted = trusted
        self.legs: dict[str, Leg] = {}
        self.replies: dict[tuple[str, str], SipResponse] = {}
        self.pending: dict[str, asyncio.Queue[SipResponse]] = {}
        self.acks: dict[tuple[str, int], SipRequest] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        self.transport.on_message = self._heard
        await self.transport.start()

    async def close(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        await self.transport.stop()

    # What we do

    def answer(self, leg: Leg, sdp: str) -> None:
        """Accept the call; said again until the other side has heard it."""
        assert leg.invite is not None
        leg.local_sdp = sdp
        leg.dialog.confirm()
        response = self._response(leg.invite, 200, "OK", leg=leg, body=sdp)
        self._reply(leg.invite, response)
        self._spawn(self._until_acknowledged(leg, response))

    def refuse(self, leg: Leg, status: int, words: str) -> None:
        assert leg.invite
        self._reply(leg.invite, self._response(leg.invite, status, words, leg=leg))
        self.forget(leg)

    def forget(self, leg: Leg) -> None:
        self.legs.pop(leg.key, None)
        leg.dialog.terminate()

    async def invite(self, leg: Leg, sdp: str) -> str:
        """Offer new sound in a dialog, or begin one; returns the other side's. Raises Unreachable."""
        response = await self._request(leg, "INVITE", sdp)
        leg.local_sdp, leg.remote_sdp = sdp, response.text
        return leg.remote_sdp

    async def bye(self, leg: Leg) -> None:
        if not leg.answered:
            return
        self.legs.pop(leg.key, None)
        with contextlib.suppress(Unreachable):
            await self._request(leg, "BYE")

    def dial(self, number: str, *, caller: str, proxy: tuple[str, int]) -> Leg:
        """A dialog that is to begin with `invite`."""
        target = f"sip:{number}@{format_addr(*proxy)}"
        dialog = Dialog(
            call_id=generate_call_id(self.address[0]),
            local_tag=generate_tag(),
            local_uri=f"sip:{caller}@{format_addr(*self.address)}",
            remote_uri=target,
            remote_target=target,
        )
        leg = self.legs[dialog.call_id] = Leg(dialog, proxy)
        return leg

    def adopt(self, leg: Leg) -> None:
        if leg.answered:
            leg.acknowledged.set()
        self.legs[leg.key] = leg

    # What we hear

    def _heard(self, message: SipRequest | SipResponse, address: tuple[str, int]) -> None:
        if isinstance(message, SipResponse):
            self._answered(message)
        elif address[0] not in self.trusted:
            logger.warning("sip request from a stranger", extra={"address": address[0]})
        elif message.method == "ACK":
            if leg := self.legs.get(message.call_id or ""):
                leg.acknowledged.set()
        elif known := self.replies.get(transaction(message)):
            self.transport.send_reply(known)
        else:
            self._asked(message, address)

    def _asked(self, request: SipRequest, address: tuple[str, int]) -> None:
        leg = self.legs.get(request.call_id or "")
        if request.method == "OPTIONS":
            self._reply(request, self._response(request, 200, "OK"))
        elif request.method == "INVITE" and leg is None:
            self._invited(request, address)
        elif leg is None or not (request.method == "CANCEL" or dialog_matches(leg.dialog, request)):
            self._reply(request, self._response(request, 481, "Call/Transaction Does Not Exist"))
        else:
            self._asked_inside(request, leg)

    def _asked_inside(self, request: SipRequest, leg: Leg) -> None:
        match request.method:
            case "BYE" | "CANCEL":
                self._reply(request, self._response(request, 200, "OK", leg=leg))
                if request.method == "CANCEL" and not leg.answered and leg.invite:
                    self.refuse(leg, 487, "Request Terminated")
                self.forget(leg)
                self.hooks.ended(leg, "caller")
            case "INVITE" if leg.rings:
                self._reply(request, self._response(request, 100, "Trying"))
            case "INVITE" | "UPDATE":
                # A refresh of the session: what was agreed stays as it is.
                body = leg.local_sdp if request.body or request.method == "INVITE" else ""
                self._reply(request, self._response(request, 200, "OK", leg=leg, body=body))
            case "INFO":
                self._reply(request, self._response(request, 200, "OK", leg=leg))
                if pressed := re.search(r"Signal=\s*([0-9*#])", request.text):
                    self.hooks.digit(leg, pressed[1])
            case _:
                self._reply(request, self._response(request, 405, "Method Not Allowed", leg=leg))

    def _invited(self, request: SipRequest, address: tuple[str, int]) -> None:
        if not self.door.admits(request):
            asked = self._response(request, 401, "Unauthorized")
            asked.headers.set_single("WWW-Authenticate", self.door.challenge())
            return self._reply(request, asked)
        leg = Leg(create_dialog_from_request(request), address, request.text, invite=request)
        self.legs[leg.key] = leg  # not yet 100: until it is written down, they had better ask again
        return self.hooks.invited(leg)

    def _answered(self, response: SipResponse) -> None:
        sequence = response.cseq
        if sequence and (ack := self.acks.get((response.call_id or "", sequence.seq))):
            self.transport.send(ack, self._peer_of(response))
        elif response.via and (queue := self.pending.get(response.via[0].branch or "")):
            queue.put_nowait(response)

    def _peer_of(self, response: SipResponse) -> tuple[str, int]:
        leg = self.legs.get(response.call_id or "")
        return leg.peer if leg else self.address

    # Transactions

    def _response(
        self, request: SipRequest, status: int, words: str, *, leg: Leg | None = None, body: str = ""
    ) -> SipResponse:
        dialog = leg.dialog if leg else Dialog(call_id=request.call_id or "")
        response = dialog.create_response(request, status, words, contact=self._contact)
        for route in request.headers.get("record-route"):
            response.headers.append("Record-Route", route)
        response.headers.set_single("Allow", ACCEPTED)
        if body:
            response.headers.set_single("Content-Type", "application/sdp")
            response.text = body
        return response

    def _reply(self, request: SipRequest, response: SipResponse) -> None:
        key = transaction(request)
        if key not in self.replies:
            asyncio.get_running_loop().call_later(INVITE_SECONDS, self.replies.pop, key, None)
        self.replies[key] = response
        self.transport.send_reply(response)

    async def _until_acknowledged(self, leg: Leg, response: SipResponse) -> None:
        """RFC 3261 §13.3.1.4."""
        for wait in waits():
            try:
                await asyncio.wait_for(leg.acknowledged.wait(), wait)
            except TimeoutError:
                self.transport.send_reply(response)
            else:
                return
        self._spawn(self.bye(leg))
        self.hooks.ended(leg, "no ack")

    async def _request(self, leg: Leg, method: str, body: str = "") -> SipResponse:
        request = leg.dialog.create_request(method, **self.transport.via)
        request.headers.set_single("Contact", self._contact)
        if body:
            request.headers.set_single("Content-Type", "application/sdp")
            request.text = body
        response = await self._settled(request, leg)
        if self.door.sign(request, response):
            leg.dialog.local_cseq += 1
            request.headers.set_single("CSeq", f"{leg.dialog.local_cseq} {method}")
            request.headers.set_single("Via", via_of(self.address, self.transport.token))
            response = await self._settled(request, leg)
        if response.status_code >= 300:  # noqa: PLR2004 - RFC 3261 §7.2
            raise Unreachable(response.status_code, response.reason_phrase)
        return response

    async def _settled(self, request: SipRequest, leg: Leg) -> SipResponse:
        """One transaction to its end; given up, the other side is told."""
        branch = request.via[0].branch or ""
        answers = self.pending[branch] = asyncio.Queue()
        try:
            response = await self._final(request, leg, answers)
        except asyncio.CancelledError:
            if request.method == "INVITE":
                self._cancel(request, leg)
            raise
        finally:
            del self.pending[branch]
        if request.method == "INVITE":
            self._settle(request, response, leg)
        return response

    async def _final(self, request: SipRequest, leg: Leg, answers: asyncio.Queue[SipResponse]) -> SipResponse:
        for wait in waits(reliable=self.transport.reliable):
            self.transport.send(request, leg.peer)
            try:
                response = await asyncio.wait_for(answers.get(), wait)
                while response.status_code < 200:  # noqa: PLR2004 - provisional
                    response = await asyncio.wait_for(answers.get(), INVITE_SECONDS)
            except TimeoutError:
                continue
            return response
        raise Unreachable(0, "对方没有应答")

    def _settle(self, request: SipRequest, response: SipResponse, leg: Leg) -> None:
        """Acknowledge the answer to an INVITE, now and whenever it is said again; a 2xx begins the dialog."""
        if response.status_code < 300 and not leg.answered:  # noqa: PLR2004
            leg.dialog.remote_tag = (response.to_addr.tag if response.to_addr else "") or ""
            leg.dialog.route_set = list(reversed(response.headers.get("record-route")))
            if response.contact:
                leg.dialog.remote_target = bare(response.headers.get("contact")[0])
            leg.dialog.confirm()
            leg.acknowledged.set()
        ack = self._ack(request, response, leg)
        sequence = request.cseq.seq if request.cseq else 0
        self.acks[(leg.key, sequence)] = ack
        asyncio.get_running_loop().call_later(GIVE_UP, self.acks.pop, (leg.key, sequence), None)
        self.transport.send(ack, leg.peer)

    def _ack(self, request: SipRequest, response: SipResponse, leg: Leg) -> SipRequest:
        sequence = request.cseq.seq if request.cseq else 0
        before = leg.dialog.local_cseq
        ack = leg.dialog.create_request("ACK", **self.transport.via)
        leg.dialog.local_cseq = before
        ack.headers.set_single("CSeq", f"{sequence} ACK")
        if response.status_code >= 300:  # noqa: PLR2004 - a refusal is acknowledged in the same transaction
            ack.headers.set_single("Via", request.headers.get("via")[0])
            ack.headers.set_single("To", response.headers.get("to")[0])
        return ack

    def _cancel(self, request: SipRequest, leg: Leg) -> None:
        cancel = SipRequest(method="CANCEL", uri=request.uri)
        for name in ("Via", "From", "To", "Call-ID", "Max-Forwards"):
            cancel.headers.set_single(name, request.headers.get(name.lower())[0])
        cancel.headers.set_single("CSeq", f"{request.cseq.seq if request.cseq else 1} CANCEL")
        self.transport.send(cancel, leg.peer)

    @property
    def _contact(self) -> str:
        return f"<sip:12315@{format_addr(*self.address)}{self.transport.parameter}>"

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
