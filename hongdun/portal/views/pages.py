from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.http import urlencode

from hongdun.base.authorise import action, requires
from hongdun.base.parts import Pager
from hongdun.documents import codes
from hongdun.documents.errors import BadToken
from hongdun.lib import uscc as codes_of_entities
from hongdun.portal import queries
from hongdun.portal.views.entity import what_is_wrong
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.register.models import Licence

HOME = action("portal.home", "首页", "*")
LOOK_UP = action("register.look_up", "查企业", "*")
VERIFY = action("register.verify", "验证执照", "*")


@requires(HOME)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html")


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


@requires(VERIFY)
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What a phone opens from the code on a licence."""
    try:
        claims = codes.verify_token(token)
    except BadToken as error:
        verdict = queries.Verdict(good=False, title="不能确认这张执照", text=str(error))
        return render(request, "portal/verify.html", {"verdict": verdict}, status=400)
    licence = register.licence_state(claims.serial)
    return _verdict(request, licence, claims)


@requires(VERIFY)
def verify_by_serial(request: HttpRequest) -> HttpResponse:
    serial = "".join(request.GET.get("serial", "").split()).upper()[:40]
    if not serial:
        return render(request, "portal/verify_by_serial.html")
    return _verdict(request, register.licence_state(serial))


def _verdict(
    request: HttpRequest, licence: Licence | None, claims: codes.Claims | None = None
) -> HttpResponse:
    context = {"verdict": queries.verdict(licence, claims), "licence": licence, "claims": claims}
    return render(request, "portal/verify.html", context)
