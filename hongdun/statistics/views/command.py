"""The command page of a region, city, county or station, and dispatching from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.org import queries as org
from hongdun.statistics.queries import boundaries, command, desk
from hongdun.statistics.views.desk import KEEP
from hongdun.statistics.views.month import SEE as MONTH

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SEE = action("statistics.command", "看指挥台", "officer")
SEND = action("statistics.dispatch", "在指挥台分送", "clerk")


@requires(SEE)
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The page; `wall` in the address makes it dark and large, for the wall of a command room."""
    response = render(request, "statistics/command.html", _context(request))
    response.is_island = True  # type: ignore[attr-defined]  # the map's hints style single elements
    return response


@requires(SEE)
@never_cache
@require_GET
def fresh(request: HttpRequest) -> HttpResponse:
    """What changes, alone; the page puts it in its place every few seconds."""
    return render(request, "statistics/command_live.html", _context(request))


@requires(SEE)
@require_GET
def outlines(request: HttpRequest) -> JsonResponse:
    shapes = boundaries.features(command.places(actor_of(request))[1:])
    return JsonResponse({"type": "FeatureCollection", "features": shapes})


def _context(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    places, events = command.places(actor), desk.events(actor)
    to_send = command.to_send(actor, events)
    return {
        "organ": org.organ(actor.organ) if actor.organ else None,
        "now": clock.now(),
        "may_keep": KEEP.allows(actor),
        "may_month": MONTH.allows(actor),
        "wall": "wall" in request.GET,
        "places": places,
        "total": {
            name: sum(getattr(each, name) for each in places)
            for name in ("open", "overdue", "received", "duty")
        },
        "map": boundaries.drawn(places[1:]),
        "counts": json.dumps(
            [{"name": each.name, "value": each.open, "overdue": each.overdue} for each in places[1:]],
            ensure_ascii=False,
        ),
        "events": events,
        "to_send": to_send,
        "to_send_count": command.count_to_send(actor) if to_send else 0,
        "live": command.live(actor, events, besides=to_send),
        "targets": desk.below(actor),
        "ticker": command.ticker(actor),
        "alarms": command.alarms(actor),
        "duty": desk.on_duty(actor),
        "inbox": desk.inbox(actor),
    }


@requires(SEND)
@require_POST
def send(request: HttpRequest, number: str) -> HttpResponse:
    """One gesture: to the organ that the page proposed; who has the power is checked by the step itself."""
    actor = actor_of(request)
    to = request.POST.get("to", "")
    decision = cases.Decision("send", opinion="指挥台分送", data={"route_to": to if to.isdecimal() else ""})
    try:
        cases.finish_step(number, command.SENT, decision, actor=actor)
    except cases.Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{number} 已分送。")
    return redirect("statistics:command")
