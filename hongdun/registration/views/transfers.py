"""Blanks on their way between offices: sent from here, confirmed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base import clock
from hongdun.base.authorise import actor_of, requires
from hongdun.base.paging import page_of
from hongdun.cases import actions as cases
from hongdun.org.models import Level, Organ
from hongdun.registration.licence import moving
from hongdun.registration.licence.deskforms import Send
from hongdun.registration.views.licences import HAND_OUT, keeper_links

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor

DEEDS = {
    "receive": (moving.receive, "已入库 {} 张。"),
    "take_back": (moving.take_back, "已撤回 {} 张，回到库存。"),
}


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Send(request.POST or None, targets=_offices(actor))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                sent = moving.send(**form.cleaned_data, actor=actor)
        except cases.Refused as refused:
            form.add_error(getattr(refused, "field", None), str(refused))
        else:
            messages.success(request, f"已调出 {sent.count} 张，等对方确认收到。")
            return redirect("blank_transfers")
    return _page(request, form, status=422 if form.errors else 200)


@requires(HAND_OUT)
@require_POST
def transfer(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Confirmed by the office it went to, or taken back by the one it came from."""
    actor = actor_of(request)
    act, words = DEEDS["take_back" if "take_back" in request.POST else "receive"]
    try:
        with transaction.atomic():
            done = act(transfer_id, actor=actor)
    except cases.Refused as refused:
        return _page(request, Send(targets=_offices(actor)), problem=str(refused), status=409)
    messages.success(request, words.format(done.count))
    return redirect("blank_transfers")


def _page(request: HttpRequest, form: Send, *, problem: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    rows, page = page_of(request, moving.seen_by(actor), "sent", newest_first=True)
    names = dict(
        Organ.objects.filter(code__in={c for r in rows for c in (r.organ, r.target)}).values_list(
            "code", "short"
        )
    )
    context: dict[str, Any] = {
        "rows": [(row, names.get(row.organ, ""), names.get(row.target, "")) for row in rows], "page": page,
        "form": form, "problem": problem, "here": actor.organ, "tabs": keeper_links("blank_transfers"),
    }  # fmt: skip
    return render(request, "registration/blank_transfers.html", context, status=status)


def _offices(actor: Actor) -> list[tuple[int, str]]:
    """Whoever keeps blanks: bureaus, and the stations of one's own county."""
    here = actor.organ or 0
    standing = Organ.objects.on(clock.today()).exclude(code=here).order_by("code")
    bureaus = standing.filter(level__in=[Level.REGION, Level.CITY, Level.COUNTY])
    county = here // 1000 * 1000
    stations = standing.filter(code__range=(county + 1, county + 999))
    return list((bureaus | stations).values_list("code", "name"))
