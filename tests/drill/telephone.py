"""A telephone of the drill's own: it rings 12315, hears what comes, and knows how long it heard nothing."""

from __future__ import annotations

import itertools
import re
import socket
import struct
import threading
import time

ROUNDS = itertools.count(1)
FRAME_SECONDS = 0.02
SDP = (
    "v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 101\r\n"
    "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n"
)


class Telephone:
    """One caller; `number` is what the exchange sees."""

    def __init__(self, exchange: tuple[str, int], number: str) -> None:
        self.exchange, self.number = exchange, number
        self.sip, self.sound = _socket(exchange[0]), _socket(exchange[0])
        self.key = f"drill-{next(ROUNDS)}-{number}"
        self.to, self.to_port = "", 0
        self.sequence = 1
        self.heard: list[float] = []
        self.is_on = True
        for work in (self._listen, self._speak, self._answer):
            threading.Thread(target=work, daemon=True).start()

    def dial(self) -> None:
        self._send("INVITE", "12315", SDP.format(host=self.exchange[0], port=self.sound.getsockname()[1]))

    def press(self, digit: str) -> None:
        self._send("INFO", "12315", f"Signal={digit}\r\nDuration=160\r\n", kind="application/dtmf-relay")

    def hang_up(self) -> None:
        self._send("BYE", "12315")
        self.is_on = False

    @property
    def is_answered(self) -> bool:
        return self.to_port > 0

    def silence(self, since: float, until: float) -> float:
        """The longest time in between without a packet."""
        times = [since, *(each for each in self.heard if since < each < until), until]
        return max(after - before for before, after in itertools.pairwise(times))

    def _send(self, method: str, user: str, body: str = "", *, kind: str = "application/sdp") -> None:
        self.sequence += method != "ACK"
        host, port = self.exchange[0], self.sip.getsockname()[1]
        lines = [
            f"{method} sip:{user}@{host}:{self.exchange[1]} SIP/2.0",
            f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK-{self.key}-{self.sequence}-{method};rport",
            f"From: <sip:{self.number}@{host}:{port}>;tag={self.key}", f"To: {self.to or f'<sip:12315@{host}>'}",
            f"Call-ID: {self.key}", f"CSeq: {self.sequence} {method}", f"Contact: <sip:{self.number}@{host}:{port}>",
            "Max-Forwards: 70", *([f"Content-Type: {kind}"] if body else []), f"Content-Length: {len(body)}", "", body,
        ]  # fmt: skip
        self.sip.sendto("\r\n".join(lines).encode(), self.exchange)

    def _answer(self) -> None:
        """The exchange's answers; anything it asks of us is granted."""
        while self.is_on:
            try:
                text = self.sip.recv(65_535).decode(errors="replace")
            except OSError:
                continue
            if text.startswith("SIP/2.0 200") and "INVITE" in _field(text, "CSeq"):
                self.to, self.to_port = _field(text, "To"), int(re.findall(r"m=audio (\d+)", text)[0])
                self._send("ACK", "12315")

    def _listen(self) -> None:
        while self.is_on:
            try:
                self.sound.recv(2048)
            except OSError:
                continue
            self.heard.append(time.time())

    def _speak(self) -> None:
        """Silence in A-law, so that the media service knows where we are."""
        for number in itertools.count():
            if not self.is_on:
                return
            if self.is_answered:
                head = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * 160, 20_261_124)
                self.sound.sendto(head + b"\xd5" * 160, (self.exchange[0], self.to_port))
            time.sleep(FRAME_SECONDS)


def _socket(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((host, 0))
    made.settimeout(0.5)
    return made


def _field(text: str, name: str) -> str:
    found = re.search(rf"^{name}: ?(.*?)\r?$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""
