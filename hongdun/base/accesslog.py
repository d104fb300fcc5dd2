"""One line for each request, in the form of the other logs, written at once: a logger would cost a third of a look-up."""

from __future__ import annotations

import os
from datetime import datetime
from json.encoder import encode_basestring
from time import perf_counter, time
from typing import TYPE_CHECKING, Any

from hongdun.base.logging import SHANGHAI, scrub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication

STANDARD_OUTPUT = 1
LONGEST_PATH = 500
LINE = (
    '{"time": "%s.%03d+08:00", "level": "info", "logger": "access", "request": "%s", "method": %s, "path": %s,'
    ' "status": %s, "ms": %.1f}\n'
)


def write(line: bytes) -> None:
    os.write(STANDARD_OUTPUT, line)


class Logged:
    """Time is that until the answer is ready to be sent. Paths hold codes and case numbers; queries are left out."""

    def __init__(self, application: WSGIApplication, write: Callable[[bytes], object] = write) -> None:
        self.application, self.write = application, write

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        begun, path = (
            perf_counter(),
            environ["PATH_INFO"],
        )  # Django puts another form of the path in its place
        status, headers = "500", []

        def start(given: str, named: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal status, headers
            status, headers = given[:3], named
            return start_response(given, named, *rest)

        try:
            return self.application(environ, start)
        finally:
            number = next((value for name, value in reversed(headers) if name == "X-Request-Id"), "")
            self.write(
                _line(environ["REQUEST_METHOD"], path, status, number, (perf_counter() - begun) * 1000)
            )


def _line(method: str, path: str, status: str, number: str, milliseconds: float) -> bytes:
    at = time()
    path = path[:LONGEST_PATH].encode("latin-1").decode(errors="replace")
    method = encode_basestring(method[:20])
    path = scrub(encode_basestring(path))
    return (LINE % (_second(int(at)), at % 1 * 1000, number, method, path, status, milliseconds)).encode()


_last_second = (0, "")


def _second(second: int) -> str:
    """Written out once a second; two threads that meet here write the same."""
    global _last_second  # noqa: PLW0603 - a memory of one
    known, text = _last_second
    if known != second:
        text = datetime.fromtimestamp(second, SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")
        _last_second = (second, text)
    return text
