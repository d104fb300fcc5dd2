"""Where an answer of the web service ends, and what of its head goes on to the visitor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httptools

from hongdun.base.front.exchange import BODILESS, OWN

if TYPE_CHECKING:
    from hongdun.base.front.exchange import Headers, Request

END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked\r\n", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close\r\n", re.IGNORECASE)


class Framing:
    """Of one answer, from its whole head on. `left` is None where the body has no stated length."""

    def __init__(self, head: bytes, request: Request) -> None:
        self.head, self.request = head, request
        self.is_complete, self.left = False, self._length()
        self.is_last = CLOSES.search(head) is not None or (self.left is None and not CHUNKED.search(head))
        self._pieces: list[bytes] = []
        self._parser = None
        if self.left is None and not self.is_last:
            self._parser = httptools.HttpResponseParser(self)
            self._parser.feed_data(head)
        self.is_complete = self.left == 0

    @property
    def status(self) -> str:
        return self.head[9 : self.head.index(b"\r\n")].decode("latin-1")

    @property
    def headers(self) -> Headers:
        lines = self.head.decode("latin-1").split("\r\n")[1:-2]
        return [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]

    @property
    def _is_unpacked(self) -> bool:
        """HTTP/1.0 knows no chunks: the body ends with the connection."""
        return self._parser is not None and self.request.is_old

    def head_onwards(self) -> bytes:
        lines = self.head.split(b"\r\n")[:-2]
        dropped = (OWN, b"transfer-encoding:") if self._is_unpacked else (OWN,)
        kept = [line for line in lines if not line.lower().startswith(dropped)]
        if not self.request.keep_alive and not self.is_last:
            kept.append(b"connection: close")
        return b"\r\n".join([*kept, b"", b""])

    def onwards(self, data: bytes) -> bytes:
        """What of these bytes goes on; sets `is_complete` at the end."""
        if self._parser is None:
            if self.left is not None:
                self.left -= len(data)
                self.is_complete = self.left <= 0
            return data
        self._parser.feed_data(data)
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces) if self._is_unpacked else data

    def on_body(self, piece: bytes) -> None:
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        self.is_complete = True

    def _length(self) -> int | None:
        if self.request.method == "HEAD" or self.head[9:12].decode() in BODILESS:
            return 0
        stated = LENGTH.search(self.head)
        return int(stated[1]) if stated else None
