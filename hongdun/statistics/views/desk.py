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
        return _does(request, lambda: deeds.take_off_duty(UUID(taken), actor=actor), "已取消。")
    return _filled(
        request, form, lambda: deeds.put_on_duty(actor=actor, **form.cleaned_data), said="已安排。",
        template="statistics/roster.html", more={"roster": desk.roster(actor)},
    )  # fmt: skip


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    below = desk.below(actor)
    form = Telling(request.POST or None, below=below)
    return _filled(
        request, form, lambda: deeds.tell(actor=actor, **form.cleaned_data), said="指令已发出，签收情况见下表。",
        template="statistics/tell.html", more={"sent": desk.sent(actor), "below": below},
    )  # fmt: skip


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
        return _does(request, lambda: deeds.end_event(UUID(ended), actor=actor), "已结束。")
    return _filled(
        request, form, lambda: deeds.begin_event(actor=actor, **form.cleaned_data),
        said="保障已启动，指挥台上相关的投诉举报排在最前。", template="statistics/events.html",
        more={"events": desk.coming(actor)},
    )  # fmt: skip


def _filled(
    request: HttpRequest,
    form: GovForm,
    deed: Callable[[], Any],
    *,
    said: str,
    template: str,
    more: dict[str, Any],
) -> HttpResponse:
    """The page with its form; filled in rightly the deed is done, and the page comes anew."""
    if form.is_bound and form.is_valid() and _tried(form, deed):
        messages.success(request, said)
        return redirect(request.path)
    status = 422 if form.errors else 200
    return render(request, template, {"form": form} | more, status=status)


def _tried(form: GovForm, deed: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            deed()
    except Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
        return False
    return True


def _does(request: HttpRequest, deed: Callable[[], Any], said: str) -> HttpResponse:
    try:
        with transaction.atomic():
            deed()
    except (Refused, ValueError) as refused:
        messages.error(request, str(refused) if isinstance(refused, Refused) else "没有这一项，请刷新页面。")
    else:
        messages.success(request, said)
    return redirect(request.path)
