from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base.authorise import requires
from hongdun.calls.softphone import with_softphone
from hongdun.calls.views.seat import SEAT

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@requires(SEAT)
@with_softphone
def softphone(request: HttpRequest) -> HttpResponse:
    return render(request, "calls/seat.html")
