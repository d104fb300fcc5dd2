"""Answers for the public, and the same beside an operator's call: a page, or the list alone while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.library import queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

READ = action("library.answers", "看解答", PUBLIC)


@requires(READ)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()
    found = queries.find(wanted) if wanted else []
    context = {"wanted": wanted, "found": found, "subjects": {} if found else queries.by_subject()}
    return render(request, "library/answers.html", context)


@requires(READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The list alone."""
    found = queries.find(request.GET.get("q", ""), most=4)
    return render(request, "library/found.html", {"found": found})
