"""Licences that are void, as the public reads it: declared by their holders, announced by the authorities (条例 art. 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base.authorise import requires
from hongdun.base.paging import page_of
from hongdun.lib import uscc
from hongdun.registration.licence.models import VoidNotice
from hongdun.registration.views.notices import READ

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Newest first; `uscc` narrows to one entity."""
    found = VoidNotice.objects.select_related("entity")
    code = uscc.normalise(request.GET.get("uscc", ""))[:18]
    if code:
        found = found.filter(entity__uscc=code)
    rows, page = page_of(request, found, "published", newest_first=True)
    return render(request, "registration/voids.html", {"notices": rows, "page": page, "code": code})
