"""What the front answers by itself. Whatever is unusual about a request is left to Django."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import Error

from hongdun.base import limits
from hongdun.base.front.exchange import Answer
from hongdun.base.middleware import request_number
from hongdun.portal import actions
from hongdun.portal.lane import answers, pages, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.front.exchange import Headers, Keep
    from hongdun.base.limits import Standing
    from hongdun.portal.actions import Caller
    from hongdun.portal.lane.source import Source

    Environ = Mapping[str, Any]

ROUTE = re.compile(rb"/(?:api/v1/entities/([0-9A-Z]{18})|entity/([0-9A-Z]{18})/)\Z")
API = "/api/v1/entities/"
OK = "200 OK"
PASSING = ("date", "server")  # of an answer that is kept


class Lane:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.pages = pages.Pages()

    def takes(self, target: bytes) -> bool:
        return ROUTE.match(target) is not None

    async def answer(self, environ: Environ) -> Answer | Keep | None:
        if not answers.is_ordinary(environ):
            return None
        path: str = environ["PATH_INFO"]
        try:
            if path.startswith(API):
                return await self._record(environ, path[len(API) :])
            return await self._page(environ, path.split("/")[2])
        except actions.BadKey:
            return None
        except Error:
            return answers.unavailable(environ) if path.startswith(API) else None

    async def _record(self, environ: Environ, code: str) -> Answer | None:
        caller = await self._caller(environ)
        row = await self.source.row_of(record.NOW, code)
        if row is None:
            return None
        standing = await self._count(caller)
        if standing and standing.refused:
            return None
        return answers.of_record(environ, record.body(row), standing)

    async def _caller(self, environ: Environ) -> Caller:
        if known := actions.known_caller(environ):
            return known
        return await self.source.aside(actions.caller_of, environ)

    async def _count(self, caller: Caller) -> Standing | None:
        """Only what is answered here: Django counts what it answers."""
        if caller.quota.unlimited:
            return None
        at, taken = limits.taking(caller.bucket, caller.quota)
        return limits.standing(caller.quota, at, await self.source.row(limits.TAKE, *taken))

    async def _page(self, environ: Environ, code: str) -> Answer | Keep | None:
        stamp = await pages.stamp(self.source, code)
        if stamp is None:
            return None
        page = self.pages.get(code, stamp)
        if page is None:
            return partial(self._keep, code, stamp) if environ["REQUEST_METHOD"] == "GET" else None
        standing = await self._count(actions.stranger(environ))
        if standing and standing.refused:
            return None
        headers = pages.renewed(page.headers, _of_this_request(environ, standing))
        return Answer(OK, headers, page.body)

    def _keep(self, code: str, stamp: str, status: str, headers: Headers, body: bytes) -> None:
        """Django's answer, where anybody may get it. The stamp was read before: a change since then shows next."""
        names = {name.lower() for name, _ in headers}
        if status == OK and "set-cookie" not in names:
            lasting = [(name, value) for name, value in headers if name.lower() not in PASSING]
            self.pages.keep(code, pages.Page(stamp, lasting, body))


def _of_this_request(environ: Environ, standing: Standing | None) -> dict[str, str]:
    fresh = [*(standing.headers() if standing else ()), ("X-Request-Id", request_number(environ))]
    return {name.lower(): value for name, value in fresh}
