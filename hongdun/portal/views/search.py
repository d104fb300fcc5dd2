"""查企业: what was typed or scanned leads to a record, to a licence's verification, or to a list of results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from hongdun.base.authorise import action, requires
from hongdun.base.parts import Pager
from hongdun.portal import forms, queries
from hongdun.portal.views.entity import what_is_wrong
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.portal.forms import SearchForm
    from hongdun.register.queries import Found

LOOK_UP = action("register.look_up", "查企业", "*")
LONGEST = 100
# What a phone reads off a licence, or a reader pastes: the address behind its code, or its printed number.
SCANNED = re.compile(r"(?:^|/verify/)(?P<token>[A-Za-z0-9_-]{100,600})$", re.ASCII)
LINKED = re.compile(r"^https?://[^\s/]+/entity/(?P<code>[0-9A-Za-z]{18})/?(?:[?#].*)?$", re.ASCII)
SERIAL = re.compile(r"^[0-9A-Z]{18}-[0-9]{3,}$", re.ASCII)


@requires(LOOK_UP)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    typed = " ".join(request.GET.get("q", "").split())
    elsewhere = _scanned(typed)
    if elsewhere:
        return redirect(elsewhere)
    query, form = typed[:LONGEST], forms.SearchForm(request.GET)
    try:
        found = _find(request, query, form)
    except register.BadCursor:
        return redirect(_address(query, form))
    except register.TooSlow:
        return _page(request, query, form, None, too_slow=True)
    if found and found.where == "code" and found.total == 1:
        return redirect(found.hits[0].entity)
    return _page(request, query, form, found)


def _scanned(typed: str) -> str:
    """Where a licence's code, its number or the address of a record leads; empty for words."""
    if token := SCANNED.search(typed):
        return reverse("portal:verify", args=[token["token"]])
    if link := LINKED.match(typed):
        return reverse("portal:entity", args=[link["code"].upper()])
    if SERIAL.match(typed.upper()):
        return f"{reverse('portal:verify_by_serial')}?{urlencode({'serial': typed.upper()})}"
    return ""


def _find(request: HttpRequest, query: str, form: SearchForm) -> Found | None:
    """None where nothing was asked."""
    narrow = form.narrow()
    if not query and narrow.is_empty:
        return None
    where = form.cleaned_data.get("where", "")
    return register.find(query, narrow=narrow, where=where, after=request.GET.get("after", ""))


def _page(
    request: HttpRequest, query: str, form: SearchForm, found: Found | None, *, too_slow: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "query": query,
        "form": form,
        "filtered": bool(form.chosen),
        "too_slow": too_slow,
        "found": found,
    }
    if found and found.total:
        context |= {"results": queries.results(found), "page": _pager(query, form, found)}
    elif found:
        context["wrong"] = what_is_wrong(query)
    if request.GET.get("after"):
        context["first_page"] = _address(query, form)
    return render(request, "portal/search.html", context, status=503 if too_slow else 200)


def _pager(query: str, form: SearchForm, found: Found) -> Pager:
    previous = "" if found.before is None else _address(query, form, found.before)
    following = _address(query, form, found.after) if found.after else ""
    return Pager(previous, following, found.total, capped=found.more)


def _address(query: str, form: SearchForm, after: str = "") -> str:
    asked = {"q": query} | form.chosen | ({"after": after} if after else {})
    return f"{reverse('portal:search')}?{urlencode(asked)}"
