"""When more is asked than can be answered: the public waits outside, the officers' desks stay open.

A public request beyond those that are being answered waits a moment if there is room to wait, else it is refused
at once; the threads kept in reserve do the refusing and serve the officers. Who has signed in is in the middle of a form: he
waits longer, and there is always some room for him to wait. Who is who is known by the session cookies that have proved to be
one's: a made-up cookie or a call at the officers' door counts as public.
"""

from __future__ import annotations

from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from threading import Condition
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hongdun.base import answers
from hongdun.base.middleware import CSP, request_number
from hongdun.base.middleware import HEADERS as SECURITY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication

# Set in the environ by who has found an officer, or an applicant, behind the session.
OFFICER, APPLICANT = "hongdun.officer", "hongdun.applicant"
MOST_KNOWN = 2000
PATIENCE = 0.02
APPLICANTS_PATIENCE, APPLICANTS_ROOM = 2.0, 2  # room to wait beside that of everybody
WATCH = ("/livez", "/readyz")
PAGE = (
    '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>访问的人太多，请稍候</title>'
    "<h1>访问的人太多，请稍候</h1><p>请几秒后刷新页面。已经保存的内容都在。</p></html>"
).encode()
PROBLEM = answers.problem_bytes(answers.BUSY, "请按 Retry-After 所示的秒数后重试")


class Gate:
    """`most`: public requests that one process answers at a time, half of them while an officer is being served."""

    def __init__(self, application: WSGIApplication, *, most: int, queue: int) -> None:
        self.application, self.most, self.queue = application, most, queue
        self.public, self.waiting, self.officers = 0, 0, 0
        self._known: OrderedDict[str, str] = OrderedDict()
        self._room = Condition()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] in WATCH:
            return self.application(environ, start_response)
        session = _session(environ.get("HTTP_COOKIE", ""))
        known = self._known.get(session, "")
        if known == OFFICER:
            return self._as_officer(environ, start_response)
        if not self._enter(signed_in=known == APPLICANT):
            return _refuse(environ, start_response)
        try:
            answer = self.application(environ, start_response)
        finally:
            self._leave()
        if session and (found := next((who for who in (OFFICER, APPLICANT) if environ.get(who)), "")):
            self._remember(session, found)
        return answer

    def _as_officer(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        with self._room:
            self.officers += 1
        try:
            return self.application(environ, start_response)
        finally:
            with self._room:
                self.officers -= 1
                self._room.notify(self.most)

    def _enter(self, *, signed_in: bool) -> bool:
        with self._room:
            if not self._has_room():
                if self.waiting >= self.queue + (APPLICANTS_ROOM if signed_in else 0):
                    return False
                self.waiting += 1
                came = self._room.wait_for(self._has_room, APPLICANTS_PATIENCE if signed_in else PATIENCE)
                self.waiting -= 1
                if not came:
                    return False
            self.public += 1
            return True

    def _has_room(self) -> bool:
        return self.public < (max(1, self.most // 2) if self.officers else self.most)

    def _leave(self) -> None:
        with self._room:
            self.public -= 1
            self._room.notify()

    def _remember(self, session: str, who: str) -> None:
        with self._room:
            self._known[session] = who
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)


def _refuse(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    for_program = environ["PATH_INFO"].startswith("/api/")
    body = PROBLEM if for_program else PAGE
    headers = [
        *(answers.CORS.items() if for_program else ()),
        ("Content-Type", answers.PROBLEM_JSON if for_program else "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", "2"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", CSP),
        *SECURITY.items(),
        ("X-Request-Id", request_number(environ)),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]


def _session(cookies: str) -> str:
    if settings.SESSION_COOKIE_NAME not in cookies:
        return ""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""
