"""Who sits at this browser: the signed-in officer or applicant, till idle or eight hours (等保 8.1.4.1)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from time import time
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from django.conf import settings
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

Kind = Literal["officer", "applicant"]
DOORS: dict[str, str] = {"officer": "/desk/login/", "applicant": "/account/login/"}
SEAT, ENDED = "seat", "ended"
TOUCH_EVERY = 60  # seconds: saves one write on nearly every request
NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class Seat:
    """`stamp` is the person's own counter: raised, it ends the person's seats everywhere."""

    kind: Kind
    person: str
    stamp: int
    since: int
    seen: int
    post: str = ""
    name: str = ""

    @property
    def person_id(self) -> UUID:
        return UUID(self.person)

    @property
    def idle_seconds(self) -> int:
        return settings.OFFICER_IDLE_SECONDS if self.kind == "officer" else settings.APPLICANT_IDLE_SECONDS

    def over(self, now: int) -> str:
        """Why the seat has ended, or nothing."""
        if now - self.seen > self.idle_seconds:
            return f"您已超过 {self.idle_seconds // 60} 分钟没有操作"
        if now - self.since > settings.SEAT_SECONDS:
            return f"您登录已满 {settings.SEAT_SECONDS // 3600} 小时"
        return ""


def take(request: HttpRequest, seat: Seat) -> None:
    """Sit down under a new session id; nothing of the stranger's session goes along.

    The form token stays when the same person comes back, so that a page left open can still be sent.
    """
    ended = request.session.get(ENDED, {})
    request.session.flush()
    request.session[SEAT] = asdict(seat)
    if ended.get("person") != seat.person:
        rotate_token(request)


def new(kind: Kind, person: UUID, *, stamp: int, post: UUID | None = None, name: str = "") -> Seat:
    now = int(time())
    return Seat(kind, str(person), stamp, since=now, seen=now, post=str(post or ""), name=name)


def change_post(request: HttpRequest, seat: Seat, post: UUID) -> None:
    request.session[SEAT] = asdict(replace(seat, post=str(post)))
    request.session.cycle_key()


def leave(request: HttpRequest) -> None:
    request.session.flush()


def of(request: HttpRequest, kind: Kind) -> Seat | None:
    """The seat held by someone of this kind; an overdue one is ended here."""
    kept = request.session.get(SEAT)
    if not kept or kept["kind"] != kind:
        return None
    seat, now = Seat(**kept), int(time())
    why = seat.over(now)
    if why:
        end(request, seat, why)
        return None
    if now - seat.seen > TOUCH_EVERY:
        request.session[SEAT] = asdict(replace(seat, seen=now))
    return seat


def end(request: HttpRequest, seat: Seat, why: str) -> None:
    request.session.pop(SEAT, None)
    request.session[ENDED] = {"why": why, "person": seat.person, "kind": seat.kind}


def why_ended(request: HttpRequest) -> str:
    return str(request.session.get(ENDED, {}).get("why", ""))


def typed_text_page(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    """A form that came after the seat had ended: all that was typed, to be sent again after log-in."""
    ended = request.session.get(ENDED, {})
    if request.method != "POST" or ended.get("kind") != kind:
        return None
    context = {"why": ended["why"], "door": DOORS[kind], "typed": list(_typed(request))}
    return render(request, "ended.html", context, status=401)


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in NOT_KEPT and "password" not in name:
            yield from ((name, str(value)) for value in values)


def safe_next(request: HttpRequest, home: str) -> str:
    """Where to go after log-in: the page that was asked for, if it is our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=settings.PRODUCTION
    )
    return wanted if own else home
