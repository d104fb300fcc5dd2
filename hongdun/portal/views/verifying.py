"""What a phone opens from the code on a paper, and what a number typed by hand leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hongdun.base.authorise import action, requires
from hongdun.documents import codes, numbers
from hongdun.documents.errors import BadToken
from hongdun.portal import queries
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.register.models import Licence

VERIFY = action("register.verify", "验证执照和摘录", "*")
LONGEST = 80


@requires(VERIFY)
def verify(request: HttpRequest, token: str) -> HttpResponse:
    if numbers.is_number(token):
        return _extract(request, token)
    try:
        claims = codes.verify_token(token)
    except BadToken as error:
        return _not_confirmed(request, "不能确认这张执照", error)
    licence = register.licence_state(claims.serial)
    return _licence(request, licence, claims)


@requires(VERIFY)
def verify_by_serial(request: HttpRequest) -> HttpResponse:
    serial = "".join(request.GET.get("serial", "").split()).upper()[:LONGEST]
    if not serial or not serial.isprintable():
        return render(request, "portal/verify_by_serial.html")
    if numbers.is_number(serial):
        return _extract(request, serial)
    return _licence(request, register.licence_state(serial))


def _licence(
    request: HttpRequest, licence: Licence | None, claims: codes.Claims | None = None
) -> HttpResponse:
    context = {"verdict": queries.verdict(licence, claims), "licence": licence, "claims": claims}
    return render(request, "portal/verify.html", context)


def _extract(request: HttpRequest, number: str) -> HttpResponse:
    try:
        extract = numbers.read(number)
    except BadToken as error:
        return _not_confirmed(request, "不能确认这份摘录", error)
    found = queries.checked(extract)
    if found is None:
        lost = BadToken("编号是真的，但登记簿没有当时的记载。请向登记机关核实。")
        return _not_confirmed(request, "不能确认这份摘录", lost)
    return render(request, "portal/verify_extract.html", {"found": found})


def _not_confirmed(request: HttpRequest, title: str, error: BadToken) -> HttpResponse:
    verdict = queries.Verdict(good=False, title=title, text=str(error))
    return render(request, "portal/verify.html", {"verdict": verdict}, status=400)
