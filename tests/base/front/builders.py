"""A front on a socket of its own, before a web service that says what the test wants; all in one loop."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from hongdun.base.front import server
from hongdun.base.front.exchange import Answer
from hongdun.base.front.upstream import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from hongdun.base.front.exchange import Headers, Keep

TOKEN = b"secret"
LONG = 20.0  # no test waits so long unless something is broken


def ok(body: bytes = b"Django", *more: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"content-length: %d" % len(body), *more, b"", body])


class Web:
    """The web service: each request that came, whole; the next answer is what `says` makes of it, None hangs up."""

    def __init__(self, says: Callable[[bytes], bytes | None] = lambda _: ok()) -> None:
        self.says, self.asked, self.connections = says, [], 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while request := await _request(reader):
            self.asked.append(request)
            answer = self.says(request)
            if answer is None:
                break
            writer.write(answer)
            if b"content-length" not in answer and b"chunked" not in answer:
                break
        writer.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"chunked" in head:
            return head + await reader.readuntil(b"0\r\n\r\n")
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        return head + await reader.readexactly(int(length or 0))
    except (asyncio.IncompleteReadError, ConnectionResetError):
        return b""


class Ahead:
    """Knows /known by itself; hears what the web service says of /kept."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Headers, bytes]] = []

    def takes(self, target: bytes) -> bool:
        return target in {b"/known", b"/kept"}

    async def answer(self, environ: Mapping[str, Any]) -> Answer | Keep | None:
        if environ["PATH_INFO"] == "/known":
            return Answer("200 OK", [("Content-Length", "5"), ("X-Peer", environ["REMOTE_ADDR"])], b"known")
        return lambda *answer: self.kept.append(answer)


class Fronted:
    def __init__(self, port: int, front: server.Front, web: Web, lines: list[bytes]) -> None:
        self.port, self.front, self.web, self.lines = port, front, web, lines

    async def say(self, *requests: bytes) -> bytes:
        """All that is answered to these on one connection; the last of them must be the last."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.writelines(requests)
        answer = await asyncio.wait_for(reader.read(), LONG)
        writer.close()
        return answer


@asynccontextmanager
async def fronted(web: Web, ahead: Ahead | None = None) -> AsyncIterator[Fronted]:
    behind = await asyncio.start_server(web, "127.0.0.1", 0)
    lines: list[bytes] = []
    front = server.Front(ahead or Ahead(), Pool("127.0.0.1", _port(behind), TOKEN), lines.append)
    listening = await front.listen("127.0.0.1", 0)
    try:
        yield Fronted(_port(listening), front, web, lines)
    finally:
        await front.leave(listening)
        behind.close()


def _port(listening: asyncio.Server) -> int:
    return int(listening.sockets[0].getsockname()[1])


def get(path: str, *headers: bytes, last: bool = True) -> bytes:
    more = [*headers, *([b"Connection: close"] if last else [])]
    return b"\r\n".join([f"GET {path} HTTP/1.1".encode(), b"Host: here", *more, b"", b""])
