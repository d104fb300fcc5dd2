"""WSGI ahead of Django. Whatever is unusual about a request falls through, and Django answers it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import Error

from hongdun.base.middleware import request_number
from hongdun.portal import actions
from hongdun.portal.lane import answers, pages, record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIApplication

    from hongdun.base.limits import Standing
    from hongdun.portal.lane.answers import Answer, Headers

    ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

ROUTE = re.compile(r"/(?:api/v1/entities/(?P<record>[0-9A-Z]{18})|entity/(?P<page>[0-9A-Z]{18})/)\Z")
OK = "200 OK"


class Lane:
    def __init__(self, django: WSGIApplication) -> None:
        self.django = django
        self.pages = pages.Pages()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        route = ROUTE.match(environ["PATH_INFO"])
        answer = self._answer(environ, route) if route and answers.is_ordinary(environ) else None
        if answer is None:
            return self.django(environ, start_response)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _answer(self, environ: dict[str, Any], route: re.Match[str]) -> Answer | None:
        try:
            return (
                self._record(environ, route["record"])
                if route["record"]
                else self._page(environ, route["page"])
            )
        except actions.BadKey:
            return None
        except Error:
            return answers.unavailable(environ) if route["record"] else None

    def _record(self, environ: dict[str, Any], code: str) -> Answer | None:
        standing = actions.count(environ, actions.caller_of(environ))
        if standing and standing.refused:
            return None
        body = record.now(code)
        return answers.of_record(environ, body, standing) if body else None

    def _page(self, environ: dict[str, Any], code: str) -> Answer | None:
        standing = actions.count(environ, actions.stranger(environ))
        if standing and standing.refused:
            return None
        stamp = pages.stamp(code)
        if stamp is None:
            return None
        page = self.pages.get(code, stamp)
        if page is None:
            return self._render(environ, code, stamp)
        headers = pages.renewed(page.headers, _of_this_request(environ, standing))
        return answers.Answer(OK, headers, page.body)

    def _render(self, environ: dict[str, Any], code: str, stamp: str) -> Answer:
        """Django's answer, kept where anybody may get it. The stamp was read before: a change since then shows next."""
        status, headers = "", []

        def start(given: str, named: Headers, _: ExcInfo | None = None) -> Any:
            nonlocal status, headers
            status, headers = given, named

        answered = self.django(environ, start)
        body = b"".join(answered)
        if hasattr(answered, "close"):
            answered.close()
        if (
            status == OK
            and environ["REQUEST_METHOD"] == "GET"
            and not any(n == "Set-Cookie" for n, _ in headers)
        ):
            self.pages.keep(code, pages.Page(stamp, headers, body))
        return answers.Answer(status, headers, body)


def _of_this_request(environ: dict[str, Any], standing: Standing | None) -> dict[str, str]:
    return dict(standing.headers() if standing else ()) | {"X-Request-Id": request_number(environ)}
