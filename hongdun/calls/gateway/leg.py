"""Our side of a dialog on the trunk, and the socket that it speaks through."""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TypedDict

from aiosipua.dialog import Dialog, DialogState
from aiosipua.message import SipMessage, SipRequest
from aiosipua.transport import SipTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiosipua.message import SipResponse

    from hongdun.calls.gateway.protocol import State

USER = re.compile(r"sips?:([^@;>]*)@|tel:([^;>]+)")


class Via(TypedDict):
    via_host: str
    via_port: int
    via_transport: str


@dataclass(eq=False)
class Leg:
    """One dialog: with whom, where, and what sound was last agreed."""

    dialog: Dialog
    peer: tuple[str, int]
    remote_sdp: str = ""
    local_sdp: str = ""
    invite: SipRequest | None = None
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def key(self) -> str:
        return self.dialog.call_id

    @property
    def answered(self) -> bool:
        return self.dialog.state == DialogState.CONFIRMED

    @property
    def rings(self) -> bool:
        """Somebody waits for us to answer; their exchange doesn't ask again once it has heard of us."""
        return self.invite is not None and not self.answered

    @property
    def caller(self) -> str:
        return user_of(self.dialog.remote_uri)

    @property
    def called(self) -> str:
        return user_of(self.dialog.local_uri)

    def state(self) -> State:
        dialog = asdict(self.dialog) | {"state": self.dialog.state.value}
        invite = bytes(self.invite).decode() if self.invite and self.rings else ""
        return {
            "dialog": dialog, "peer": list(self.peer), "remote": self.remote_sdp, "local": self.local_sdp, "invite": invite,
        }  # fmt: skip

    @classmethod
    def restore(cls, state: State) -> Leg:
        dialog, peer = state["dialog"], state["peer"]
        assert isinstance(dialog, dict)
        assert isinstance(peer, list)
        known = Dialog(**dialog | {"state": DialogState(dialog["state"])})
        # Requests sent just before the loss may not have been noted: a number too high is allowed, one too low not.
        known.local_cseq += 10
        asked = SipMessage.parse(str(state["invite"]).encode()) if state.get("invite") else None
        invite = asked if isinstance(asked, SipRequest) else None
        return cls(known, (str(peer[0]), int(peer[1])), str(state["remote"]), str(state["local"]), invite)


@dataclass
class Hooks:
    """Who hears what the trunk says. `invited` decides; the others tell."""

    invited: Callable[[Leg], None]
    ended: Callable[[Leg, str], None]
    digit: Callable[[Leg, str], None]


class Transport(SipTransport):
    """What a message says of the way it goes."""

    token = "UDP"  # noqa: S105 - of the Via
    parameter = ""  # of the Contact

    @property
    def via(self) -> Via:
        host, port = self.local_addr
        return {"via_host": host, "via_port": port, "via_transport": self.token}


class Datagrams(Transport, asyncio.DatagramProtocol):
    """The library's own UDP transport checks for a class that Python 3.11's sockets don't derive from."""

    socket: asyncio.DatagramTransport

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.socket, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=self.local_addr)

    def send(self, message: SipRequest | SipResponse, addr: tuple[str, int]) -> None:
        self.socket.sendto(bytes(message), addr)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._dispatch(data, (addr[0], addr[1]))

    async def stop(self) -> None:
        self.socket.close()


def user_of(uri: str) -> str:
    found = USER.search(uri)
    return (found[1] or found[2] or "") if found else ""
