"""The queue at the counter: take a number, call the next, the screen for those who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.org.models import Organ
from hongdun.registration import waiting
from hongdun.registration.actions import tickets
from hongdun.registration.models import Ticket

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

RUN = action("registration.run_queue", "窗口叫号", "station", "clerk", "counter")
WATCH = action("registration.watch_queue", "看叫号屏", "*")
WINDOW = "counter_window"  # kept in the session: an officer sits at one window the whole day
LONGEST_NAME = 20


@requires(RUN)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    organ = actor_of(request).organ or 0
    context = {
        "queue": waiting.queue(organ),
        "organ": organ,
        "window": request.session.get(WINDOW, "1 号窗口"),
    }
    return render(request, "registration/queue_desk.html", context)


@requires(RUN)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    return redirect("ticket", tickets.take(organ=actor_of(request).organ or 0).id)


@requires(RUN)
@require_safe
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """A slip to be printed and handed over."""
    found = Ticket.objects.filter(pk=ticket_id, organ=actor_of(request).organ or 0).first()
    if found is None:
        raise Http404("没有找到这个号，请重新取号。")
    ahead = waiting.ahead_of(found)
    queue = waiting.queue(found.organ)
    return render(request, "registration/ticket.html", {"ticket": found, "ahead": ahead, "queue": queue})


@requires(RUN)
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    window = " ".join(request.POST.get("window", "").split())[:LONGEST_NAME]
    if not window:
        messages.error(request, "请填写窗口名称，例如：1 号窗口。")
        return redirect("queue")
    request.session[WINDOW] = window
    organ = actor.organ or 0
    again = "again" in request.POST
    called = (
        tickets.call_again(organ=organ, window=window)
        if again
        else tickets.call_next(organ=organ, window=window, actor=actor)
    )
    if called is None:
        messages.info(request, "本窗口今天还没有叫过号。" if again else "现在没有人等候。")
    else:
        messages.success(request, f"请 {called} 号到{window}。")
    return redirect("queue")


@requires(WATCH)
@require_safe
def screen(request: HttpRequest, organ: int) -> HttpResponse:
    """For a screen on the wall; `part` is fetched again every few seconds by the page itself."""
    found = Organ.objects.filter(code=organ).first()
    if found is None:
        raise Http404("没有这个机关，请核对网址。")
    template = "registration/queue_part.html" if "part" in request.GET else "registration/queue_screen.html"
    response = render(request, template, {"organ": found, "queue": waiting.queue(organ)})
    response.headers["Cache-Control"] = "no-store"
    return response
