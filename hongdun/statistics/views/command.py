"""The command page of a region, city, county or station, and dispatching from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.org import queries as org
from hongdun.statistics.queries import boundaries, command

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SEE = action("statistics.command", "看指挥台", "officer")
SEND = action("statistics.dispatch", "在指挥台分送", "clerk")


@requires(SEE)
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    places = command.places(actor)
    context = {
        "organ": org.organ(actor.organ) if actor.organ else None,
        "now": clock.now(),
        "places": places,
        "total": {
            name: sum(getattr(each, name) for each in places)
            for name in ("open", "overdue", "received", "duty")
        },
        "map": boundaries.drawn(places[1:]),
        "live": command.live(actor),
        "alarms": command.alarms(actor),
        "duty": command.on_duty(actor),
    }
    return render(request, "statistics/command.html", context)


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
