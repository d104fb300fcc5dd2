"""Classes from the words, with how sure that is; posted, for an address would end up in logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_POST

from hongdun.base import clock
from hongdun.base.authorise import requires
from hongdun.consumer.queries import brands
from hongdun.consumer.queries.suggesting import UNSURE
from hongdun.consumer.views.intake import REGISTER
from hongdun.lib.complaints import classify, prefill

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LONGEST = 3000


@requires(REGISTER)
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("text", "")[:LONGEST]
    found = classify(text)
    axes = (
        ("商品服务", "object_class", found.objects),
        ("问题", "problem_class", found.problems),
        ("销售方式", "sales_mode", found.modes),
    )
    rows = [
        (label, name, guess, round(guess.confidence * 100))
        for label, name, guesses in axes
        for guess in guesses[:2]
        if guess.confidence >= UNSURE
    ]
    named = brands.suggested(text, request.POST.get("business", "")[:200])
    context = {
        "rows": rows,
        "brands": named,
        "elsewhere": found.elsewhere,
        "claim": prefill(text, clock.today()).claim,
    }
    return render(request, "consumer/suggestions.html", context)
