"""The station officer's day: what is assigned to oneself with its countdown first, then what waits for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases.queries import shown_task
from hongdun.consumer.actions import reminding
from hongdun.consumer.forms.reach import Reach as ReachForm
from hongdun.consumer.queries import mine, publicity

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
        "objections": publicity.objections(actor),
        "today": clock.today(),
    }
    return render(request, "consumer/today.html", context)


@requires(TODAY)
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """By which telephone and mailbox, and from when on, this officer is reminded."""
    actor = actor_of(request)
    known = reminding.reach_of(actor)
    first = {"phone": known.phone, "email": known.email, "from_percent": known.from_percent} if known else {}
    form = ReachForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        reminding.keep(actor=actor, **form.cleaned_data)
        messages.success(request, "提醒方式已保存。")
        return redirect("consumer:today")
    return render(request, "consumer/reach.html", {"form": form}, status=422 if form.errors else 200)


def _rows(tasks: list[Task]) -> list[dict[str, Any]]:
    day = clock.today()
    return [{"task": task, "case": task.case, "shown": shown_task(task, day)} for task in tasks]
