"""The mailbox that citizens write to, behind two calls; IMAP by the standard library."""

from __future__ import annotations

import imaplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 30
MOST_BYTES = 10 * 1024 * 1024
MOST_AT_ONCE = 50


class MailboxFailed(Exception):
    """The server refused or is not there; what wasn't fetched is still unread and comes next time."""


class Mailbox(Protocol):
    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of each message that wasn't marked as taken."""

    def taken(self, name: str) -> None:
        """Mark one message as taken; called after it is kept."""


@dataclass
class Imap:
    """`imaps://user:password@host:993/INBOX`, as the setting HONGDUN_12315_IMAP gives it."""

    address: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        try:
            self._line = (
                imaplib.IMAP4_SSL(
                    parts.hostname or "", parts.port or 993, ssl_context=ssl.create_default_context(), timeout=SECONDS
                )
                if parts.scheme == "imaps"
                else imaplib.IMAP4(parts.hostname or "", parts.port or 143, timeout=SECONDS)
            )  # fmt: skip
            self._line.login(unquote(parts.username or ""), unquote(parts.password or ""))
            box = parts.path.strip("/") or "INBOX"
            if self._line.select(box)[0] != "OK":  # a refusal is an answer here, no exception
                raise MailboxFailed(f"信箱 {parts.hostname} 没有文件夹 {box}，请核对 HONGDUN_12315_IMAP")
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxFailed(f"连不上信箱 {parts.hostname}：{error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Servers count connections: leave none behind, also after an error."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._line.logout()

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for name in self._numbers()[:MOST_AT_ONCE]:
            _, (found, *_) = self._call("FETCH", name, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
            if isinstance(found, tuple):
                yield name, found[1]

    def taken(self, name: str) -> None:
        self._call("STORE", name, "+FLAGS.SILENT", r"(\Seen)")

    def _numbers(self) -> list[str]:
        _, (found, *_) = self._call("SEARCH", "UNSEEN")
        return found.decode().split() if isinstance(found, bytes) else []

    def _call(self, *words: str) -> tuple[str, list[object]]:
        try:
            said, data = self._line.uid(*words)
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxFailed(f"信箱没有回答 {words[0]}：{error}") from error
        if said != "OK":
            raise MailboxFailed(f"信箱不接受 {words[0]}")
        return said, list(data)
