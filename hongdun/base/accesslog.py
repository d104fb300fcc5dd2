"""One line for each request, in the form of the other logs: a logger would cost a third of a look-up."""

from __future__ import annotations

import atexit
import os
from collections import deque
from datetime import datetime
from json.encoder import encode_basestring
from threading import Event, Thread
from time import perf_counter, sleep, time
from typing import TYPE_CHECKING, Any

from hongdun.base.logging import SHANGHAI, scrub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication

    Headers = list[tuple[str, str]]

STANDARD_OUTPUT = 1
LONGEST_PATH = 500
LINE = (
    '{"time": "%s.%03d+08:00", "level": "info", "logger": "access", "request": "%s", "method": %s, "path": %s,'
    ' "status": %s, "ms": %.1f}\n'
)
WITHIN = 0.05


class Together:
    """Lines of many requests written by one call, each within WITHIN seconds: a call of its own lets go of Python's
    lock, and whoever asks next waits for it. A process that is killed outright loses that last moment.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._lines: deque[bytes] = deque()
        self._due = Event()
        self._started = False

    def __call__(self, line: bytes) -> None:
        self._lines.append(line)
        if not self._due.is_set():
            self._due.set()
            self._start()

    def flush(self) -> None:
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        if lines:
            self._write(b"".join(lines))

    def _start(self) -> None:
        """Threads that meet here start two; both do the same work, neither does it twice."""
        if not self._started:
            self._started = True
            atexit.register(self.flush)
            Thread(target=self._run, name="access log", daemon=True).start()

    def _run(self) -> None:
        while self._due.wait():
            sleep(WITHIN)
            self._due.clear()
            self.flush()


def to_output(lines: bytes) -> None:
    os.write(STANDARD_OUTPUT, lines)


class Logged:
    """Time is that until the answer is ready to be sent. Paths hold codes and case numbers; queries are left out."""

    def __init__(self, application: WSGIApplication, write: Callable[[bytes], object] | None = None) -> None:
        self.application, self.write = application, write or Together(to_output)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        begun = perf_counter()
        method, path = (
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
        )  # Django puts another form of the path there
        status, headers = "500", []

        def start(given: str, named: Headers, *rest: Any) -> Any:
            nonlocal status, headers
            status, headers = given, named
            return start_response(given, named, *rest)

        try:
            return self.application(environ, start)
        finally:
            milliseconds = (perf_counter() - begun) * 1000
            self.write(line(method, path, status[:3], number(headers), milliseconds))


def number(headers: Headers) -> str:
    """The request's, which stands last if nothing came after it."""
    return next((value for name, value in reversed(headers) if name == "X-Request-Id"), "")


def line(method: str, path: str, status: str, number: str, milliseconds: float) -> bytes:
    at = time()
    path = path[:LONGEST_PATH]
    if not path.isascii():
        path = path.encode("latin-1").decode(errors="replace")
    method, path = encode_basestring(method[:20]), scrub(encode_basestring(path))
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
