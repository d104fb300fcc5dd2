"""One day of the office: what each officer and each window got done, and how long it had waited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import queries as cases
from hongdun.desk import figures
from hongdun.org import queries as org
from hongdun.registration import times

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DAY = action("desk.day", "查看一天的办件统计", "officer")


@requires(DAY)
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Heads see everybody at the bureau, others themselves."""
    actor, on = actor_of(request), _day(request.GET.get("day", ""))
    organ = actor.organ or 0
    everybody = "head" in actor.roles
    people = [key for key, _ in org.colleagues(organ)] if everybody else [actor.person]
    done = figures.done(people, on)
    rows = [(r, cases.role_label(r.role), times.duration(r.median), times.duration(r.ninth)) for r in done]
    context = {
        "day": on, "before": on - timedelta(1), "after": on + timedelta(1) if on < clock.today() else None,
        "rows": rows, "total": sum(row.total for row in done), "windows": figures.windows(organ, on),
        "everybody": everybody, "organ": org.named(organ).short if organ else "",
    }  # fmt: skip
    return render(request, "desk/day.html", context)


def _day(text: str) -> date:
    """The day asked for, at most today."""
    try:
        return min(date.fromisoformat(text), clock.today())
    except ValueError:
        return clock.today()
