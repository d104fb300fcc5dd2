"""Who may hold no post or file nothing: entered from papers of courts and bureaus, warned of on every decision."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.parts import Pager
from hongdun.law import queries as law
from hongdun.registration.conflicts import actions, queries
from hongdun.registration.conflicts.forms import BarForm, LiftForm
from hongdun.registration.conflicts.models import PersonBar

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BARS = action("registration.bars", "登记和解除任职限制", "approver", "head")


@requires(BARS)
@require_http_methods(["GET", "POST"])
def bars(request: HttpRequest) -> HttpResponse:
    form = BarForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = actions.enter_bar(**form.cleaned_data, actor=actor_of(request))
        messages.success(
            request, f"已登记{row.name}，" + (f"至 {row.until}。" if row.until else "解除以前一直有效。")
        )
        return redirect("bars")
    return _page(request, form)


def _page(request: HttpRequest, form: BarForm, lifting: LiftForm | None = None) -> HttpResponse:
    name = request.GET.get("q", "").strip()[:60]
    found = queries.bars(actor_of(request), name=name, before=_place(request.GET.get("after", "")))
    shown = found[: queries.PAGE]
    more = urlencode({"q": name, "after": str(shown[-1].pk)}) if len(found) > queries.PAGE else ""
    context = {
        "form": form, "lifting": lifting or LiftForm(), "name": name, "pager": Pager(next_url=f"?{more}" if more else ""),
        "rows": [(row, law.ground(row.ground, row.since), row.is_in_force(clock.today())) for row in shown],
    }  # fmt: skip
    code = 422 if form.errors or (lifting and lifting.errors) else 200
    return render(request, "registration/bars.html", context, status=code)


def _place(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@requires(BARS)
@require_POST
def lift(request: HttpRequest, bar_id: UUID) -> HttpResponse:
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _page(request, BarForm(), form)
    try:
        row = actions.lift_bar(bar_id, reason=form.cleaned_data["reason"], actor=actor_of(request))
    except PersonBar.DoesNotExist:
        raise Http404("没有这条任职限制，或者已经解除。") from None
    messages.success(request, f"已解除{row.name}的任职限制。")
    return redirect("bars")
