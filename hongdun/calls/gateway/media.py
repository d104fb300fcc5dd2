"""Sound through rtpengine: a caller on one side, and on the other the house, a browser or a third party.

The two sides are tagged CALLER and HOUSE for the whole of a call; what stands behind HOUSE changes by offering anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongdun.calls.gateway.ng import MediaRefused, Rtpengine

if TYPE_CHECKING:
    from pathlib import Path

    from hongdun.lib.bencode import Value

CALLER, HOUSE = "caller", "house"
EVER = 1_000_000
PORT = re.compile(r"^m=audio (\d+)", re.MULTILINE)
# A side that is always there and never says anything; port 9 is discard (RFC 863).
NOBODY = (
    "v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 101\r\n"
    "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
)
TELEPHONE: dict[str, Value] = {"transport_protocol": "RTP/AVP", "ICE": "remove", "rtcp_mux": ["demux"]}
BROWSER: dict[str, Value] = {
    "transport_protocol": "UDP/TLS/RTP/SAVPF",
    "ICE": "force",
    "rtcp_mux": ["offer", "require"],
    # "reset": another browser may stand there than before, as when a page was opened anew in mid-call.
    "flags": ["generate-mid", "trust-address", "detect-DTMF", "reset"],
    "SDES": ["off"],
}


class Media:
    def __init__(self, rtpengine: Rtpengine, *, address: str) -> None:
        self.ng = rtpengine
        self.nobody = NOBODY.format(address=address)

    async def receive(self, call: str, sdp: str) -> str:
        """Take a caller in; returns the sound that is offered to them."""
        await self.ng.ask(
            "offer", call_id=call, from_tag=CALLER, sdp=sdp, flags=["detect-DTMF"], replace=["origin"], **TELEPHONE
        )  # fmt: skip
        return await self.settle(call, self.nobody)

    async def reach(self, call: str) -> str:
        """Prepare to ring somebody; returns what to offer them, `reached` takes their answer."""
        offered = await self.ng.ask(
            "offer", call_id=call, from_tag=HOUSE, sdp=self.nobody, replace=["origin"], **TELEPHONE
        )  # fmt: skip
        return str(offered["sdp"])

    async def reached(self, call: str, sdp: str) -> None:
        await self.ng.ask(
            "answer", call_id=call, from_tag=HOUSE, to_tag=CALLER, sdp=sdp, flags=["detect-DTMF"], **TELEPHONE
        )  # fmt: skip

    async def offer_browser(self, call: str, sdp: str) -> str:
        offered = await self.ng.ask(
            "offer", call_id=call, from_tag=CALLER, to_tag=HOUSE, sdp=sdp, replace=["origin"], **BROWSER
        )  # fmt: skip
        # rtpengine 10.5 fails as DTLS server against Chromium ("unexpected message"): it has to begin.
        return str(offered["sdp"]).replace("a=setup:actpass", "a=setup:active")

    async def offer_telephone(self, call: str, sdp: str) -> str:
        offered = await self.ng.ask(
            "offer", call_id=call, from_tag=CALLER, to_tag=HOUSE, sdp=sdp, replace=["origin"], **TELEPHONE
        )  # fmt: skip
        return str(offered["sdp"])

    async def settle(self, call: str, sdp: str) -> str:
        """What stands behind HOUSE has answered; returns the sound the caller must know of."""
        answered = await self.ng.ask(
            "answer", call_id=call, from_tag=CALLER, to_tag=HOUSE, sdp=sdp, flags=["detect-DTMF"], **TELEPHONE
        )  # fmt: skip
        return str(answered["sdp"])

    async def listen(self, call: str, tag: str, *, ear: str) -> str:
        """A browser that hears one side only; returns what to offer it."""
        offered = await self.ng.ask(
            "subscribe request", call_id=call, from_tag=tag, to_tag=ear,
            **BROWSER | {"flags": ["generate-mid", "trust-address"]},
        )  # fmt: skip
        return str(offered["sdp"]).replace("a=setup:actpass", "a=setup:active")

    async def listening(self, call: str, sdp: str, *, ear: str) -> None:
        await self.ng.ask("subscribe answer", call_id=call, to_tag=ear, sdp=sdp)

    async def stop_listening(self, call: str, *, ear: str) -> None:
        await self.ng.ask("unsubscribe", call_id=call, to_tag=ear)

    async def play(self, call: str, file: Path, *, loop: bool = False) -> float:
        """Play to the caller; returns how many seconds it will take."""
        more: dict[str, Value] = {"repeat_times": EVER} if loop else {}
        answer = await self.ng.ask("play media", call_id=call, from_tag=CALLER, file=str(file), **more)
        return int(str(answer.get("duration", 0))) / 1000

    async def stop(self, call: str) -> None:
        await self.ng.ask("stop media", call_id=call, from_tag=CALLER)

    async def hold(self, call: str, *, on: bool) -> None:
        """Neither side hears the other; what is played to the caller is heard."""
        command = "block media" if on else "unblock media"
        for tag in (CALLER, HOUSE):
            await self.ng.ask(command, call_id=call, from_tag=tag)

    async def record(self, call: str, *, on: bool) -> None:
        await self.ng.ask("start recording" if on else "stop recording", call_id=call)

    async def close(self, call: str) -> None:
        try:
            await self.ng.ask("delete", call_id=call)
        except MediaRefused as error:
            if "Unknown call" not in str(error):
                raise

    async def calls(self) -> set[str]:
        answer = await self.ng.ask("list", limit=str(EVER))
        known = answer["calls"]
        assert isinstance(known, list)
        return {str(call) for call in known}


def port_of(sdp: str) -> int | None:
    found = PORT.search(sdp)
    return int(found[1]) if found else None


def same_port(one: str, other: str) -> bool:
    return port_of(one) == port_of(other)
