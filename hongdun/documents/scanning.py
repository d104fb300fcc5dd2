"""Asking a virus scanner about a file from outside: clamd's INSTREAM, over a unix socket or TCP (clamd(8)).

`HONGDUN_SCANNER`: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; empty, nobody is asked.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from hashlib import sha256

from django.conf import settings

from hongdun.base.clock import now
from hongdun.documents import places

logger = logging.getLogger(__name__)
PIECE = 64 * 1024
PATIENCE_SECONDS = 20


class ScannerSilent(OSError):
    """The scanner can't be reached, or its answer isn't one."""


def wanted() -> bool:
    return bool(settings.SCANNER)


def threat_in(data: bytes) -> str:
    """Name of what the scanner found, empty if nothing; raises ScannerSilent."""
    try:
        with _connected() as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                scanner.sendall(len(piece).to_bytes(4, "big") + piece)
            scanner.sendall(bytes(4))
            answer = _answer(scanner)
    except OSError as error:
        raise ScannerSilent(str(error)) from error
    return _read(answer)


def isolate(data: bytes, *, filename: str, threat: str) -> None:
    """Keep the file where nobody opens it, for who looks into it."""
    folder = places.home() / "quarantine"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = sha256(data).hexdigest()
    for name, content in (
        (digest, data),
        (
            f"{digest}.json",
            json.dumps({"filename": filename, "threat": threat, "at": now().isoformat()}).encode(),
        ),
    ):
        with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
    logger.warning("upload isolated", extra={"sha256": digest, "threat": threat})


def _connected() -> socket.socket:
    kind, _, where = settings.SCANNER.partition(":")
    if kind == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(PATIENCE_SECONDS)
        scanner.connect(where)
        return scanner
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)


def _answer(scanner: socket.socket) -> bytes:
    told = b""
    while not told.endswith(b"\0"):
        piece = scanner.recv(4096)
        if not piece:
            break
        told += piece
    return told.rstrip(b"\0")


def _read(answer: bytes) -> str:
    """`stream: OK`, or `stream: Eicar-Test-Signature FOUND`."""
    told = answer.decode(errors="replace").removeprefix("stream: ")
    if told == "OK":
        return ""
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    raise ScannerSilent(f"clamd: {told or 'no answer'}")
