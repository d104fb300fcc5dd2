"""Requests below Django's test client: what the server hands to the application, and what it gets back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication


class Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")


def ask(application: WSGIApplication, path: str, method: str = "GET", **environ: Any) -> Answer:
    got: list[Any] = []
    request = RequestFactory().generic(method, path, **({"HTTP_X_REQUEST_ID": "same-in-both"} | environ))
    with _connection_stays_open():
        answered = application(request.environ, lambda status, headers, *_: got.extend((status, headers)))
        body = b"".join(answered)
        if hasattr(answered, "close"):
            answered.close()
    return Answer(got[0], got[1], body)


@contextmanager
def _connection_stays_open() -> Iterator[None]:
    """A test runs in one transaction, which Django would take for a connection left in disorder."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
