from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base.authorise import action, requires

if TYPE_CHECKING:
    from django.http import HttpRequest

HOME = action("portal.home", "首页", "*")
A_DAY = 86_400
NOT_FOR_ROBOTS = (
    "/desk/",
    "/cases/",
    "/account/",
    "/my/",
    "/apply/",
    "/search/",
    "/verify/",
    "/api/v1/",
    "/entity/*/extract.pdf",
    "/entity/*?",
)


@requires(HOME)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html")


@require_safe
@requires(HOME)
def robots(_: HttpRequest) -> HttpResponse:
    """Search engines are welcome to the pages of entities, not to what changes at every visit."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
