"""Phrases for a business scope, searched while typing or on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from hongdun.base import clock
from hongdun.base.authorise import action, requires
from hongdun.registration import scopes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SEARCH = action("registration.scopes", "查经营范围表述", "*")
LONGEST = 40


@requires(SEARCH)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST]
    part = "part" in request.GET
    context = {"words": words, "phrases": scopes.find(words, on=clock.today()), "part": part}
    template = "registration/scope_phrases.html" if part else "registration/scope_page.html"
    return render(request, template, context)
