from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.parts import Happening, Pager
from hongdun.calls import actions, queries
from hongdun.calls.forms import CallFilter, ListenForm
from hongdun.calls.models import Recording
from hongdun.calls.softphone import with_softphone
from hongdun.calls.views.laying_down import LAY_DOWN
from hongdun.calls.views.seat import READ, SEAT
from hongdun.calls.words import told
from hongdun.lib import masking
from hongdun.org.models import Role

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.base.actor import Actor
    from hongdun.calls.models import Call

HANDLE = (Role.EXAMINER, Role.APPROVER, Role.STATION)  # the calls of their cases only
OPEN = action("calls.open", "查看通话", Role.CLERK, Role.HEAD, Role.AUDITOR, *HANDLE)
LISTEN = action("calls.listen", "收听录音", Role.CLERK, Role.HEAD, Role.AUDITOR, *HANDLE)
WALL = action("calls.wall", "查看话务墙", Role.HEAD)
HEARING = "calls.recording"
HEARING_SECONDS = 900


@require_safe
@requires(SEAT)
@with_softphone
def softphone(request: HttpRequest) -> HttpResponse:
    return render(request, "calls/seat.html", {"errand": request.GET.get("errand", "")[:400]})


@require_safe
@requires(READ)
def calls(request: HttpRequest) -> HttpResponse:
    actor, form = actor_of(request), CallFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.listed(actor, outcome=chosen.get("outcome", ""), number=chosen.get("number", ""))
    page = queries.page_of(found, _key(request.GET.get("before", "")))
    kept = {name: request.GET[name] for name in ("outcome", "number") if request.GET.get(name)}
    following = f"?{urlencode(kept | {'before': page.earlier})}" if page.earlier else ""
    context = {
        "rows": page.rows,
        "filters": form,
        "filtered": kept,
        "page": Pager(next_url=following),
        "may_answer": SEAT.allows(actor),
        "may_watch": WALL.allows(actor),
        "may_lay_down": LAY_DOWN.allows(actor),
    }
    return render(request, "calls/list.html", context)


@require_safe
@requires(OPEN)
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    return _page(request, _call(call_id, actor_of(request)), ListenForm())


@require_POST
@requires(LISTEN)
def listen(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The reason first; then the page comes again with a player, good for a quarter of an hour."""
    actor, recording = actor_of(request), _recording(recording_id)
    found = _call(recording.call_id, actor)
    form = ListenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    actions.listen(recording, reason=form.cleaned_data["reason"], actor=actor)
    granted = signing.dumps([str(recording.id), str(actor.person)], salt=HEARING)
    return _page(request, found, ListenForm(), playing=recording.id, granted=granted)


@require_safe
@never_cache
@requires(LISTEN)
def sound(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    try:
        granted = signing.loads(request.GET.get("pass", ""), salt=HEARING, max_age=HEARING_SECONDS)
    except signing.BadSignature:
        granted = []
    if granted != [str(recording_id), str(actor_of(request).person)]:
        raise Http404("收听须先填写理由，请从通话页面重新打开。")
    try:
        return HttpResponse(actions.sound_of(_recording(recording_id)), content_type="audio/wav")
    except actions.RecordingGone as error:
        return HttpResponse(str(error), status=410, content_type="text/plain; charset=utf-8")


@require_safe
@requires(WALL)
@with_softphone
def wall(request: HttpRequest) -> HttpResponse:
    return render(request, "calls/wall.html", _wall(actor_of(request)))


@require_safe
@never_cache
@requires(WALL)
def wall_figures(request: HttpRequest) -> HttpResponse:
    """The figures alone, which the page fetches every few seconds."""
    return render(request, "calls/figures.html", _wall(actor_of(request)))


def _wall(actor: Actor) -> dict[str, object]:
    modes = (("listen", "监听"), ("whisper", "耳语"), ("barge", "插话"), ("", "结束"))
    return {**queries.wall(actor), "modes": modes}


def _page(
    request: HttpRequest,
    found: Call,
    form: ListenForm,
    *,
    status: int = 200,
    playing: UUID | None = None,
    granted: str = "",
) -> HttpResponse:
    history = [
        Happening(
            when=event.at,
            title=told(event.kind, event.data),
            text=f"第 {(event.at - found.arrived).total_seconds():.0f} 秒",
        )
        for event in found.events.order_by("number")
    ]
    others = queries.of_number(found.caller, actor=actor_of(request))
    context = {
        "call": found,
        "number": masking.phone(found.caller) if found.caller else "",
        "history": history,
        "recordings": list(found.recordings.all()),
        "form": form,
        "playing": playing,
        "granted": granted,
        "earlier": [each for each in others if each.id != found.id],
    }
    return render(request, "calls/call.html", context, status=status)


def _call(call_id: UUID, actor: Actor) -> Call:
    found = queries.opened(call_id, actor=actor, in_range=READ.allows(actor))
    if found is None:
        raise Http404("没有这个通话，或者您无权查看。请从通话列表重新打开。")
    return found


def _recording(recording_id: UUID) -> Recording:
    found = Recording.objects.filter(id=recording_id).first()
    if found is None:
        raise Http404("没有这段录音，或者您无权收听。请从通话页面重新打开。")
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
