"""The stock of blank licences of one office: counted over any days, received, looked up, spoilt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import actor_of, requires
from hongdun.base.parts import Pager
from hongdun.cases import actions as cases
from hongdun.org import queries as org
from hongdun.registration.licence import blanks
from hongdun.registration.licence.deskforms import Period, Receive, Spoil, month_so_far
from hongdun.registration.licence.models import Blank
from hongdun.registration.views.licences import HAND_OUT, keeper_links

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

SIZE = 50


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: HttpRequest) -> HttpResponse:
    form = Receive(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = blanks.receive(**form.cleaned_data, actor=actor_of(request))
        except cases.Refused as refused:
            form.add_error(getattr(refused, "field", None), str(refused))
        else:
            messages.success(request, f"已入库 {count} 张。")
            return redirect("blanks")
    context = _counted(request) | {"form": form}
    return render(request, "registration/blanks.html", context, status=422 if form.errors else 200)


def _counted(request: HttpRequest) -> dict[str, Any]:
    organ = actor_of(request).organ or 0
    asked = month_so_far() | {name: value for name, value in request.GET.items() if value}
    period = Period(asked)
    days = month_so_far() | ({k: v for k, v in period.cleaned_data.items() if v} if period.is_valid() else {})
    found = Blank.objects.filter(organ=organ).select_related("licence__entity").order_by("serial")
    if start := days.get("serial", "").strip().upper():
        found = found.filter(serial__startswith=start)
    rows = list(found.filter(serial__gt=request.GET.get("after", ""))[: SIZE + 1])
    return {
        "counts": blanks.counts(organ, since=days["since"], until=days["until"]), "period": period, "days": days,
        "rows": rows[:SIZE], "page": _pager(request, rows), "organ": org.organ(organ), "tabs": keeper_links("blanks"),
    }  # fmt: skip


def _pager(request: HttpRequest, rows: list[Blank]) -> Pager:
    asked = request.GET.copy()
    asked.pop("after", None)
    first = f"?{asked.urlencode()}" if request.GET.get("after") else ""
    if len(rows) <= SIZE:
        return Pager(first)
    asked["after"] = rows[SIZE - 1].serial
    return Pager(first, f"?{asked.urlencode()}")


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def blank(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """One blank: what is printed on it, or why it was spoilt; to be taken out as spoilt."""
    found = Blank.objects.select_related("licence__entity").filter(pk=blank_id).first()
    if found is None:
        raise Http404("没有这张空白执照，或者它不由您的单位保管。请从“空白执照”查找。")
    form = Spoil(request.POST or None, used=found.licence is not None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            fresh = blanks.spoil(
                found,
                reason=form.reason,
                again=form.cleaned_data.get("again", False),
                actor=actor_of(request),
            )
        except cases.Refused as refused:
            problem = str(refused)
        else:
            messages.success(
                request, f"{found.serial} 已作废" + (f"，请用 {fresh.serial} 重新打印。" if fresh else "。")
            )
            return redirect("blank", (fresh or found).pk)
    context = {"blank": found, "form": form, "problem": problem}
    return render(
        request, "registration/blank.html", context, status=409 if problem else 422 if form.errors else 200
    )
