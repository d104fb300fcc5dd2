"""Notices of capital decrease for creditors: all, or those of one company."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base import clock
from hongdun.base.authorise import requires
from hongdun.base.parts import Pager
from hongdun.lib import uscc
from hongdun.registration.models import DecreaseNotice
from hongdun.registration.views.notices import READ

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SIZE = 20


@requires(READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Newest first; `before` is the last one of the page before, `uscc` narrows to one company."""
    found = DecreaseNotice.objects.select_related("entity").order_by("-published", "-id")
    code = uscc.normalise(request.GET.get("uscc", ""))[:18]
    if code:
        found = found.filter(entity__uscc=code)
    if last := _known(request.GET.get("before", "")):
        found = found.filter(published__lte=last.published).exclude(published=last.published, id__gte=last.id)
    rows = list(found[: SIZE + 1])
    more = f"?before={rows[SIZE - 1].pk}&uscc={code}" if len(rows) > SIZE else ""
    back = f"?uscc={code}" if request.GET.get("before") else ""
    context = {"notices": rows[:SIZE], "page": Pager(back, more), "today": clock.today(), "code": code}
    return render(request, "registration/decrease.html", context)


def _known(notice_id: str) -> DecreaseNotice | None:
    try:
        return DecreaseNotice.objects.filter(pk=UUID(notice_id)).first()
    except ValueError:
        return None
