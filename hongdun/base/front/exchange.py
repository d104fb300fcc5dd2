"""What passes between a visitor, what answers ahead of the web service, and the web service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from time import time
from typing import Any, NamedTuple, Protocol

Headers = list[tuple[str, str]]
Keep = Callable[[str, Headers, bytes], None]
OWN = b"x-hongdun-"  # headers between front and web service: nobody else may send or see them
SAFE = ("GET", "HEAD")
HTTP_1_1 = "1.1"
BODY_STATED = (b"content-length", b"transfer-encoding")
BODILESS = ("204", "304")
# Of one connection, not of the message (RFC 9110 § 7.6.1); the front answers Expect itself and has the body's length from the
# parser.
HOPS = frozenset(
    (
        b"connection", b"keep-alive", b"proxy-connection", b"te", b"upgrade", b"expect", b"transfer-encoding",
    )
)  # fmt: skip
_last_date = (0, b"")


class Answer(NamedTuple):
    status: str
    headers: Headers
    body: bytes


class Ahead(Protocol):
    """Answers some requests without the web service."""

    def takes(self, target: bytes) -> bool:
        """Whether it may know an answer to this GET or HEAD; the others cost nothing."""

    async def answer(self, environ: Mapping[str, Any]) -> Answer | Keep | None:
        """The answer; None where the web service must give it; Keep to hear what the web service answered."""


class Nothing:
    """Leaves everything to the web service."""

    def takes(self, _: bytes) -> bool:
        return False

    async def answer(self, _: Mapping[str, Any]) -> None:
        return None


@dataclass(slots=True)
class Request:
    """Names of headers are in small letters. `is_old` is HTTP/1.0."""

    method: str
    target: bytes
    headers: list[tuple[bytes, bytes]]
    is_old: bool = False
    keep_alive: bool = True
    is_complete: bool = False
    body: list[bytes] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        return any(name in BODY_STATED for name, _ in self.headers)

    @property
    def is_chunked(self) -> bool:
        return any(name == b"transfer-encoding" for name, _ in self.headers)

    @property
    def expects(self) -> bool:
        return any(name == b"expect" for name, _ in self.headers)

    def environ(self, peer: str) -> dict[str, Any]:
        """As WSGI has it, as far as an answer ahead of the web service may look."""
        path, _, query = self.target.decode("latin-1").partition("?")
        found = {
            "HTTP_" + name.decode().upper().replace("-", "_"): value.decode("latin-1")
            for name, value in self.headers
        }
        return found | {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REMOTE_ADDR": peer,
        }

    def head(self, token: bytes, peer: str) -> bytes:
        """As the web service gets it: with the visitor's address, and a token that only the front knows."""
        lines = [b"%b %b HTTP/1.1" % (self.method.encode(), self.target)]
        lines += [b"%b: %b" % (name, value) for name, value in self.headers if name not in HOPS]
        if self.is_chunked:
            lines.append(b"transfer-encoding: chunked")
        lines.append(b"x-hongdun-peer: %b %b" % (token, peer.encode()))
        return b"\r\n".join([*lines, b"", b""])


def written(answer: Answer, request: Request) -> bytes:
    """The answer as it goes over the wire."""
    bodiless = request.method == "HEAD" or answer.status[:3] in BODILESS
    lines = [f"HTTP/1.1 {answer.status}\r\n"]
    lines += [
        f"{name}: {value}\r\n"
        for name, value in answer.headers
        if name != "Content-Length" or answer.status[:3] not in BODILESS
    ]
    if not request.keep_alive:
        lines.append("Connection: close\r\n")
    return b"".join(("".join(lines).encode("latin-1"), _date(), b"" if bodiless else answer.body))


def _date() -> bytes:
    """The last header, written out once a second."""
    global _last_date  # noqa: PLW0603 - a memory of one
    second = int(time())
    if _last_date[0] != second:
        _last_date = (second, f"Date: {formatdate(second, usegmt=True)}\r\n\r\n".encode())
    return _last_date[1]
