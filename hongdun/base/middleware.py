"""Request id, security headers, and the transaction that shows each actor only what the post allows."""

from __future__ import annotations

import re
from contextvars import ContextVar
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hongdun.base.scope import acting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    Handler = Callable[[HttpRequest], HttpResponse]

request_id: ContextVar[str] = ContextVar("request_id", default="")
SANE_ID = re.compile(r"[A-Za-z0-9-]{8,64}\Z")
# Numbers that don't repeat, but no secrets: the system's own chance would cost each request a call of the kernel.
_numbers = Random()  # noqa: S311 - names, not secrets

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ISLAND_CSP = CSP.replace("style-src 'self'", "style-src 'self'; style-src-attr 'unsafe-inline'")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self)",
}


def request_number(environ: Mapping[str, Any]) -> str:
    """The number that a proxy gave, or a new one."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    return given if given and SANE_ID.match(given) else f"{_numbers.getrandbits(48):012x}"


class RequestId:
    """Give each request a number that the log, the audit row and the error page share."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = request_number(request.META)
        token = request_id.set(number)
        request.hd_id = number  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response.headers["X-Request-Id"] = number
        return response


class SecurityHeaders:
    """Content security without nonces: no inline code anywhere; island pages may style single elements."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        island = getattr(response, "is_island", False)
        response.headers.setdefault("Content-Security-Policy", ISLAND_CSP if island else CSP)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Scope:
    """Run the request of a known actor in one transaction under that actor's range.

    Requests without an actor open none: they see the legally public (Open) tables only.
    A failed request leaves nothing behind.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = getattr(request, "actor", None)
        if actor is None:
            return self.get_response(request)
        with acting(actor):
            response = self.get_response(request)
            if getattr(request, "hd_failed", False) or response.status_code >= 500:  # noqa: PLR2004
                transaction.set_rollback(True)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:  # noqa: ARG002 - Django's call
        request.hd_failed = True  # type: ignore[attr-defined]
