"""Who of the officers makes this request: one query, so that an ended post is powerless at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hongdun.base import seat as seats
from hongdun.base.overload import OFFICER
from hongdun.org import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ENDED_POST = "您的岗位已经截止，或管理员结束了您的登录"


class OfficerMiddleware:
    """Set `request.actor` (None for strangers), `request.post_held` and `request.seat`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = seats.of(request, "officer")
        post = None
        if seat and seat.post:
            post = queries.post_in_force(UUID(seat.post), officer_id=seat.person_id, stamp=seat.stamp)
            if post is None:
                seats.end(request, seat, ENDED_POST)
                seat = None
        request.seat = seat  # type: ignore[attr-defined]  # what middleware adds to a request
        request.post_held = post  # type: ignore[attr-defined]
        request.actor = queries.actor_for(post) if post else None  # type: ignore[attr-defined]
        request.META[OFFICER] = post is not None
        return self.get_response(request)
