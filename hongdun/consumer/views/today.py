"""The station officer's day: what is assigned to oneself with its countdown first, then what waits for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_GET

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases.queries import shown_task
from hongdun.consumer.queries import mine

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.cases.models import Task

TODAY = action("consumer.today", "查看今日投诉举报", "station", "head", "clerk", "examiner", "approver")


@requires(TODAY)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "assigned": _rows(mine.assigned(actor)),
        "waiting": _rows(mine.waiting(actor)),
        "sessions": mine.sessions(actor),
        "urges": mine.urges(actor),
        "today": clock.today(),
    }
    return render(request, "consumer/today.html", context)


def _rows(tasks: list[Task]) -> list[dict[str, Any]]:
    day = clock.today()
    return [{"task": task, "case": task.case, "shown": shown_task(task, day)} for task in tasks]
