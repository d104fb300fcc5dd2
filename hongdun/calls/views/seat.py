from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.calls import tickets
from hongdun.calls.models import Pause, SeatState
from hongdun.calls.settings import telephony
from hongdun.org.models import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

READ = action("calls.read", "查看通话记录", Role.CLERK, Role.HEAD, Role.AUDITOR)
SEAT = action("calls.seat", "接听电话", Role.CLERK, Role.HEAD)


@require_safe
@never_cache
@requires(SEAT)
def seat(request: HttpRequest) -> HttpResponse:
    """What a softphone needs to sit down: where, with which pass, and the words for its states."""
    actor = actor_of(request)
    assert actor.person is not None
    assert actor.organ is not None
    ticket = tickets.Ticket(actor.person, actor.organ, actor.name, Role.HEAD in actor.roles)
    return JsonResponse(
        {
            "url": telephony(settings.HONGDUN_PORT).seats_url,
            "ticket": tickets.give(ticket),
            "states": dict(SeatState.choices),
            "reasons": {code: label for code, label in Pause.choices if code != Pause.UNANSWERED},
        }
    )
