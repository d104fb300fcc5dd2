"""Warnings to consumers, with a feed; articles of laws, found by their words and shown as in force on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from hongdun.base import clock
from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.lib import articles
from hongdun.library.models import Issued, Kind
from hongdun.library.queries import desk, statutes
from hongdun.library.views.desk import key_of
from hongdun.org import queries as org

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

WARNINGS = action("library.warnings", "看消费警示", PUBLIC)
LAWS = action("library.laws", "查法条", PUBLIC)


@requires(WARNINGS)
@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[: desk.LONGEST]
    page = desk.warnings(clock.today(), before=key_of(request.GET.get("before", "")), wanted=wanted)
    return render(request, "library/warnings.html", {"page": page, "wanted": wanted})


@requires(WARNINGS)
@require_safe
def warning(request: HttpRequest, key: UUID) -> HttpResponse:
    """Also one that is over or was withdrawn: the page says so."""
    found = get_object_or_404(Issued, pk=key, kind=Kind.WARNING)
    today = clock.today()
    context = {
        "warning": found, "organ": org.organ(found.organ), "versions": desk.versions(found),
        "is_over": bool(found.valid_to and found.valid_to < today),
    }  # fmt: skip
    return render(request, "library/warning.html", context)


@requires(WARNINGS)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Atom, for readers of news and other sites."""
    out = Atom1Feed(
        "消费警示", request.build_absolute_uri(reverse("library:warnings")), "市场监督管理部门发布的消费警示",
        language="zh-CN", feed_url=request.build_absolute_uri(),
    )  # fmt: skip
    for each in desk.warnings(clock.today()).rows:
        address = request.build_absolute_uri(reverse("library:warning", args=[each.pk]))
        out.add_item(each.title, address, each.text, pubdate=each.issued, updateddate=each.issued)
    return HttpResponse(out.writeString("utf-8"), content_type=out.content_type)


@requires(LAWS)
@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    wanted, day = request.GET.get("q", "").strip(), _day(request)
    context = {
        "wanted": wanted,
        "day": day,
        "is_loaded": statutes.loaded(),
        "hits": statutes.find(wanted, on=day) if wanted else [],
    }
    return render(request, "library/laws.html", context)


@requires(LAWS)
@require_safe
def article(request: HttpRequest, law: str, number: int) -> HttpResponse:
    day = _day(request)
    found = statutes.article(law, number, on=day)
    versions = statutes.versions(law, number)
    if not versions:
        raise Http404(f"没有装入{articles.cite(law, str(number))}，请核对法规名称和条。")
    return render(
        request, "library/article.html",
        {"article": found, "day": day, "versions": versions, "cited": articles.cite(law, str(number))},
    )  # fmt: skip


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()
