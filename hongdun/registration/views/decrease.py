"""Notices for creditors, of capital decrease and of liquidation: all, or those of one enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base import clock
from hongdun.base.authorise import requires
from hongdun.base.parts import Pager
from hongdun.lib import uscc
from hongdun.registration.models import DecreaseNotice, LiquidationNotice
from hongdun.registration.views.notices import READ

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SIZE = 20


@requires(READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/decrease.html", _page(request, DecreaseNotice))


@requires(READ)
@require_safe
def liquidations(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/liquidation.html", _page(request, LiquidationNotice))


def _page(request: HttpRequest, model: type[DecreaseNotice | LiquidationNotice]) -> dict[str, Any]:
    """Newest first; `before` is the last one of the page before, `uscc` narrows to one enterprise."""
    found = model.objects.select_related("entity").order_by("-published", "-id")
    code = uscc.normalise(request.GET.get("uscc", ""))[:18]
    if code:
        found = found.filter(entity__uscc=code)
    if last := _known(model, request.GET.get("before", "")):
        found = found.filter(published__lte=last.published).exclude(published=last.published, id__gte=last.id)
    rows = list(found[: SIZE + 1])
    more = f"?before={rows[SIZE - 1].pk}&uscc={code}" if len(rows) > SIZE else ""
    back = f"?uscc={code}" if request.GET.get("before") else ""
    return {"notices": rows[:SIZE], "page": Pager(back, more), "today": clock.today(), "code": code}


def _known(model: type[DecreaseNotice | LiquidationNotice], notice_id: str) -> Any:
    try:
        return model.objects.filter(pk=UUID(notice_id)).first()
    except ValueError:
        return None
