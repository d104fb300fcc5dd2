"""SIP over TLS (RFC 3261 §18, §26): the carrier connects to us, and we to it when there is something to say.

A connection ends with this process, a call doesn't: what is to be said to somebody whose connection is gone goes to the
carrier's own address over a new one, and what comes over a new one is known by its Call-ID as ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiosipua.headers import parse_via, stringify_via
from aiosipua.message import SipMessage, SipRequest

from hongdun.calls.gateway.leg import Transport

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from aiosipua.message import SipResponse

logger = logging.getLogger(__name__)
Address = tuple[str, int]
LENGTH = re.compile(rb"^(?:content-length|l)[ \t]*:[ \t]*(\d{1,7})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
LONGEST_HEAD, LONGEST_BODY = 64 * 1024, 1024 * 1024
BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)


@dataclass(frozen=True)
class Tls:
    """Our certificate and its key; `authority` where the carrier's certificate must be of it, on calls both ways."""

    certificate: str
    key: str
    authority: str = ""

    def ours(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        if self.authority:
            context.load_verify_locations(self.authority)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def theirs(self) -> ssl.SSLContext:
        """The carrier has to be who its address says; we show our own certificate if it asks."""
        context = ssl.create_default_context(cafile=self.authority or None)
        context.load_cert_chain(self.certificate, self.key)
        return context


class Streams(Transport):
    reliable = True
    token = "TLS"  # noqa: S105 - of the Via
    parameter = ";transport=tls"

    def __init__(self, address: Address, *, trunk: Address, tls: Tls) -> None:
        super().__init__(local_addr=address)
        self.trunk, self.tls = trunk, tls
        self.writers: dict[Address, asyncio.StreamWriter] = {}
        self.connecting = asyncio.Lock()
        self.tasks: set[asyncio.Task[None]] = set()
        self.server: asyncio.Server | None = None

    async def start(self) -> None:
        host, port = self.local_addr
        self.server = await asyncio.start_server(
            self._serve, host, port, ssl=self.tls.ours(), limit=LONGEST_HEAD
        )

    async def stop(self) -> None:
        if self.server:
            self.server.close()
        for task in list(self.tasks):
            task.cancel()
        for writer in list(self.writers.values()):
            writer.close()

    def send(self, message: SipRequest | SipResponse, addr: Address) -> None:
        writer = self.writers.get(addr)
        if writer and not writer.is_closing():
            writer.write(bytes(message))
        else:
            self._spawn(self._send_anew(bytes(message)))

    async def _send_anew(self, data: bytes) -> None:
        """To the carrier's address; what can't be said there is given up by the transaction."""
        try:
            async with self.connecting:
                writer = self.writers.get(self.trunk)
                if writer is None or writer.is_closing():
                    writer = await self._connect()
            writer.write(data)
        except (OSError, ssl.SSLError) as error:
            logger.warning("no connection to the carrier", extra={"error": str(error)})

    async def _connect(self) -> asyncio.StreamWriter:
        host, port = self.trunk
        reader, writer = await asyncio.open_connection(host, port, ssl=self.tls.theirs(), limit=LONGEST_HEAD)
        self._spawn(self._read(reader, writer, self.trunk))
        self.writers[self.trunk] = writer
        return writer

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        await self._read(reader, writer, (str(peer[0]), int(peer[1])))

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: Address) -> None:
        self.writers[peer] = writer
        try:
            while True:
                self._hear(await message_of(reader, writer), (str(peer[0]), peer[1]))
        except BROKEN:
            pass  # the other side has gone, or doesn't speak SIP
        finally:
            if self.writers.get(peer) is writer:
                del self.writers[peer]
            writer.close()

    def _hear(self, data: bytes, peer: Address) -> None:
        message = SipMessage.parse(data)
        if isinstance(message, SipRequest):
            _stamp(message, peer)
        if self.on_message:
            self.on_message(message, peer)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


async def message_of(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """The next message by its Content-Length; an empty one asks whether we are there (RFC 5626 §4.4.1)."""
    while not (head := (await reader.readuntil(b"\r\n\r\n")).lstrip(b"\r\n")):
        writer.write(b"\r\n")
    found = LENGTH.search(head)
    length = int(found[1]) if found else 0
    if length > LONGEST_BODY:
        raise ValueError(f"a body of {length} bytes")
    return head + await reader.readexactly(length)


def _stamp(request: SipRequest, peer: Address) -> None:
    """The answer goes back by the connection that asked (§18.2.2), whatever the request says of itself."""
    vias = request.headers.get("via")
    with contextlib.suppress(IndexError):
        via = parse_via(vias[0])
        via.params |= {"received": peer[0], "rport": str(peer[1])}
        request.headers.remove("Via")
        for each in (stringify_via(via), *vias[1:]):
            request.headers.append("Via", each)
