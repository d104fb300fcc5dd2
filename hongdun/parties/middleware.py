"""Who of the applicants makes this request: one query on the account, nothing personal is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import seat as seats
from hongdun.base.actor import Actor
from hongdun.base.overload import APPLICANT
from hongdun.parties import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class ApplicantMiddleware:
    """Set `request.actor` where no officer has been found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = seats.of(request, "applicant")
        if seat and not queries.account_stands(seat.person_id, stamp=seat.stamp):
            seats.end(request, seat, "您的账号已在别处退出或停用")
            seat = None
        request.META[APPLICANT] = seat is not None
        if seat:
            request.seat = seat  # type: ignore[attr-defined]  # what middleware adds to a request
            request.actor = Actor(name=seat.name, kind="applicant", person=seat.person_id)  # type: ignore[attr-defined]
        return self.get_response(request)
