"""A small 12345 of the tests': it signs as the guide says, with code of its own, and checks what it is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client

NAME = "nanning"
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


def sign(secret: str, number: str, stamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{number}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Hotline:
    """What the other side knows of its orders: by message, each once."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self.attempts = 0
        self.says = 204
        self.url = ""

    def hear(self, headers: Any, body: bytes) -> int:
        self.attempts += 1
        number, stamp = headers["webhook-id"], int(headers["webhook-timestamp"])
        if self.says != 204:
            return self.says
        if abs(time.time() - stamp) > 300 or headers["webhook-signature"] != sign(
            SECRET, number, stamp, body
        ):
            return 401
        self.told.setdefault(number, json.loads(body))
        return 204

    def configure(self, folder: Path, *, secrets: tuple[str, ...] = (SECRET,)) -> str:
        path = folder / "partners.json"
        path.write_text(
            json.dumps(
                {
                    NAME: {"secrets": secrets, "url": self.url},
                    "liuzhou": {"secrets": ["whsec_bGl1"], "url": self.url},
                }
            )
        )
        return str(path)


@contextmanager
def running() -> Iterator[Hotline]:
    hotline = Hotline()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(
                hotline.hear(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            )
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Into no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hotline.url = f"http://127.0.0.1:{server.server_port}/hongdun"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield hotline
    server.shutdown()
    server.server_close()


def send(
    client: Client,
    kind: str,
    data: dict[str, Any],
    *,
    number: str,
    name: str = NAME,
    secret: str = SECRET,
    late: int = 0,
    changed: bytes = b"",
) -> HttpResponse:
    """One message, signed `late` seconds ago; `changed` is what somebody on the way put in its place."""
    body = json.dumps({"type": f"workorder.{kind}", "data": data}).encode()
    stamp = int(time.time()) - late
    answer: Any = client.post(
        f"/exchange/12345/{name}/",
        changed or body,
        content_type="application/json",
        headers={
            "webhook-id": number,
            "webhook-timestamp": str(stamp),
            "webhook-signature": sign(secret, number, stamp, body),
        },
    )
    return answer
