"""Ringing back: from the list of who asked for it, and from a case; the softphone's own window dials."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from hongdun.audit import actions as audit
from hongdun.base.authorise import actor_of, requires
from hongdun.base.parts import Pager
from hongdun.calls import actions, queries, tickets
from hongdun.calls.forms import GiveUpForm
from hongdun.calls.views.seat import SEAT
from hongdun.lib import masking
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.calls.models import CallbackRequest

PAGE = 50


@require_safe
@requires(SEAT)
def callbacks(request: HttpRequest) -> HttpResponse:
    return _page(request, GiveUpForm())


@require_POST
@requires(SEAT)
def ring_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found = _asked(request, request_id)
    return _to_softphone(tickets.Errand(_officer(request), request=found.id))


@require_POST
@requires(SEAT)
def give_up(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found, form = _asked(request, request_id), GiveUpForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    actions.give_up(found, reason=form.cleaned_data["reason"], actor=actor_of(request))
    messages.success(request, "已从回电列表中移去，理由记入审计。")
    return redirect("calls:callbacks")


@require_POST
@requires(SEAT)
def ring_party(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Whoever handles a case may ring its people; that their number is used is logged like reading it."""
    involved = parties.involved_in(case_id).filter(person=person_id).first()
    if involved is None or not involved.person.phone:
        raise Http404("案件里没有这个人的电话，或者您无权查看。请从案件页面重新打开。")
    audit.read_personal(
        actor=actor_of(request), subject=person_id, fields=["phone"], reason="办案回电", case_id=case_id
    )
    return _to_softphone(tickets.Errand(_officer(request), case=case_id, person=person_id))


def _officer(request: HttpRequest) -> UUID:
    officer = actor_of(request).person
    assert officer is not None
    return officer


def _to_softphone(errand: tickets.Errand) -> HttpResponse:
    return redirect(f"/desk/calls/softphone/?{urlencode({'errand': tickets.send(errand)})}")


def _page(request: HttpRequest, form: GiveUpForm, *, status: int = 200) -> HttpResponse:
    found = queries.callbacks(actor_of(request))
    if after := _key(request.GET.get("after", "")):
        found = found.filter(id__gt=after)
    rows = list(found[: PAGE + 1])
    following = f"?after={rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    shown = [{"asked": row, "number": masking.phone(row.number)} for row in rows[:PAGE]]
    context = {"rows": shown, "page": Pager(next_url=following), "form": form}
    return render(request, "calls/callbacks.html", context, status=status)


def _asked(request: HttpRequest, request_id: UUID) -> CallbackRequest:
    found = queries.callbacks(actor_of(request)).filter(id=request_id).first()
    if found is None:
        raise Http404("这个请求已经回过电，或者不在您的范围内。请刷新回电列表。")
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
