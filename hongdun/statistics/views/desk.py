"""Beside the command page: the roster, messages to organs below, major events; each on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases.actions import Refused
from hongdun.statistics.actions import desk as deeds
from hongdun.statistics.forms import Event, OnDuty, Telling
from hongdun.statistics.queries import desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.forms import GovForm

KEEP = action("statistics.keep_desk", "安排值班、下发指令、启动重大活动保障", "clerk", "head", "station")
READ = action("statistics.read_message", "签收指令", "officer")


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = OnDuty(
        request.POST if "put" in request.POST else None, officers=desk.candidates(actor),
        initial={"day": clock.today()},
    )  # fmt: skip
    if taken := request.POST.get("take", ""):
        return _does(
            request, lambda: deeds.take_off_duty(UUID(taken), actor=actor), "已取消。", "statistics:roster"
        )
    if (
        form.is_bound
        and form.is_valid()
        and _tried(form, lambda: deeds.put_on_duty(actor=actor, **form.cleaned_data))
    ):
        messages.success(request, "已安排。")
        return redirect("statistics:roster")
    return _page(request, "statistics/roster.html", form, {"roster": desk.roster(actor)})


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Telling(request.POST or None, below=desk.below(actor))
    if (
        form.is_bound
        and form.is_valid()
        and _tried(form, lambda: deeds.tell(actor=actor, **form.cleaned_data))
    ):
        messages.success(request, "指令已发出，签收情况见下表。")
        return redirect("statistics:tell")
    return _page(
        request, "statistics/tell.html", form, {"sent": desk.sent(actor), "below": desk.below(actor)}
    )


@requires(READ)
@require_POST
def read(request: HttpRequest, key: UUID) -> HttpResponse:
    deeds.read(key, actor=actor_of(request))
    return redirect("statistics:command")


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Event(request.POST if "begin" in request.POST else None, initial={"first": clock.today()})
    if ended := request.POST.get("end", ""):
        return _does(
            request, lambda: deeds.end_event(UUID(ended), actor=actor), "已结束。", "statistics:events"
        )
    if (
        form.is_bound
        and form.is_valid()
        and _tried(form, lambda: deeds.begin_event(actor=actor, **form.cleaned_data))
    ):
        messages.success(request, "保障已启动，指挥台上相关的投诉举报排在最前。")
        return redirect("statistics:events")
    return _page(request, "statistics/events.html", form, {"events": desk.coming(actor)})


def _page(request: HttpRequest, template: str, form: GovForm, more: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form} | more, status=422 if form.errors else 200)


def _tried(form: GovForm, deed: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            deed()
    except Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
        return False
    return True


def _does(request: HttpRequest, deed: Callable[[], Any], said: str, where: str) -> HttpResponse:
    try:
        with transaction.atomic():
            deed()
    except (Refused, ValueError) as refused:
        messages.error(request, str(refused) if isinstance(refused, Refused) else "没有这一项，请刷新页面。")
    else:
        messages.success(request, said)
    return redirect(where)
