from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from hongdun.base.authorise import action, requires
from hongdun.base.parts import Pager
from hongdun.lib import uscc as codes_of_entities
from hongdun.portal.views.entity import what_is_wrong
from hongdun.register import queries as register

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
LOOK_UP = action("register.look_up", "查企业", "*")


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


@requires(LOOK_UP)
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:100]
    number = request.GET.get("page", "1")
    hits = register.find(query, page=int(number) if number.isdecimal() and len(number) < 5 else 1)  # noqa: PLR2004
    if hits.total == 1 and hits.entities[0].uscc == codes_of_entities.normalise(query):
        return redirect(hits.entities[0])
    context = {
        "query": query,
        "hits": hits,
        "short": len(query) < register.SHORTEST,
        "wrong": what_is_wrong(query) if not hits.total else "",
        "page": _pager(query, hits) if hits.total else None,
    }
    return render(request, "portal/search.html", context)


def _pager(query: str, hits: register.Hits) -> Pager:
    def at(page: int) -> str:
        return f"?{urlencode({'q': query, 'page': str(page)})}" if 1 <= page <= hits.pages else ""

    return Pager(at(hits.page - 1), at(hits.page + 1), hits.total, capped=hits.more)
