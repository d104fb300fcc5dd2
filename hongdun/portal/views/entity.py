"""The public page of an entity, and the pages of what is too long for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from hongdun.base import sections
from hongdun.base.authorise import action, requires
from hongdun.base.parts import Pager
from hongdun.documents.licence import qr_svg
from hongdun.lib import uscc as codes
from hongdun.portal import forms, queries
from hongdun.portal.queries import branches
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from hongdun.portal.queries import Reading

LOOK_UP = action("register.look_up", "查企业", "*")
CHANGES_ON_A_PAGE = 50
A_DAY = 86_400


@require_safe
@requires(LOOK_UP)
def entity(request: HttpRequest, uscc: str) -> HttpResponse:
    reading = queries.read(code_of(uscc))
    if reading is None:
        raise not_there(uscc)
    if reading.entity.uscc != uscc:
        return redirect(reading.entity)
    context = _page(reading)
    asked = request.GET.get("as_of") or request.GET.get("known_on")
    context |= _as_of(reading, request.GET) if asked else {"form": blank_form()}
    return render(request, "portal/entity.html", context)


def code_of(uscc: str) -> str:
    """The code of an address in its standard spelling; raises Http404 for what can't be one."""
    code = codes.normalise(uscc)
    if not codes.is_possible(code):
        raise not_there(uscc)
    return code


def not_there(uscc: str) -> Http404:
    return Http404(
        f"{what_is_wrong(uscc) or f'没有统一社会信用代码为 {uscc} 的市场主体，请核对代码或者按名称查找'}。"
    )


def what_is_wrong(query: str) -> str:
    """Which character of a code is wrong; nothing for what is no code."""
    code = codes.normalise(query)
    if len(code) != codes.LENGTH or not register.looks_like_code(code):
        return ""
    return next((problem.message for problem in codes.problems(code)), "")


def _page(reading: Reading) -> dict[str, Any]:
    found = reading.entity
    here = found.get_absolute_url()
    return {
        "layout": "public.html",
        "reading": reading,
        "entity": found,
        "state": reading.state,
        "colour": queries.colour(found.status),
        "sections": sections.shown(queries.SECTIONS, reading, found),
        "happenings": queries.happenings(reading),
        "here": here,
        "address": f"{settings.BASE_URL}{here}",
    }


@cache
def blank_form() -> SafeString:
    """The same on every page, and a tenth of the work of one."""
    return forms.moment_form(QueryDict()).render()


def _as_of(reading: Reading, query: QueryDict) -> dict[str, Any]:
    form = forms.moment_form(query)
    if not form.is_valid():
        return {"form": form.render(), "noindex": True}
    moment = forms.moment(form)
    then = register.as_of(reading.entity.uscc, moment.on, moment.known)
    without = queries.unknown(reading.state, loaded=reading.loaded)
    asked = {name: str(day) for name, day in form.cleaned_data.items() if day}
    return {
        "form": form.render(),
        "noindex": True,
        "moment": moment,
        "then": then,
        "compared": queries.compared(then.particulars, reading.state, without=without) if then else [],
        "asked": f"?{urlencode(asked)}",
    }


@require_safe
@requires(LOOK_UP)
def changes(request: HttpRequest, uscc: str) -> HttpResponse:
    """Every change of an entity with a long history, newest first."""
    number = _page_number(request)
    last = number * CHANGES_ON_A_PAGE
    reading = queries.read(code_of(uscc), first=last - CHANGES_ON_A_PAGE + 1, last=last)
    if reading is None or (number > 1 and reading.filed <= last - CHANGES_ON_A_PAGE):
        raise not_there(uscc)
    context = {
        "entity": reading.entity,
        "changes": queries.changes(reading.filings),
        "page": _pager(number, reading.filed > last, reading.filed - 1),
    }
    return render(request, "portal/changes.html", context)


@require_safe
@requires(LOOK_UP)
def branches_of(request: HttpRequest, uscc: str) -> HttpResponse:
    number = _page_number(request)
    found = register.current(code_of(uscc))
    if found is None:
        raise not_there(uscc)
    total = branches.count(found.name)
    context = {
        "entity": found,
        "branches": branches.page(found.name, number),
        "page": _pager(
            number,
            number * branches.SIZE < total,
            min(total, branches.MOST),
            capped=total > branches.MOST,
        ),
    }
    return render(request, "portal/branches.html", context)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 4 else 1  # noqa: PLR2004


def _pager(number: int, more: bool, total: int, *, capped: bool = False) -> Pager:  # noqa: FBT001
    return Pager(
        f"?page={number - 1}" if number > 1 else "",
        f"?page={number + 1}" if more else "",
        total,
        capped=capped,
    )


@require_safe
@requires(LOOK_UP)
def qr(request: HttpRequest, uscc: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The address of an entity's page as a QR code, to be scanned off a screen or a print."""
    code = code_of(uscc)
    if not code.isascii() or not code.isalnum():
        raise not_there(uscc)
    response = HttpResponse(qr_svg(f"{settings.BASE_URL}/entity/{code}/"), content_type="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
