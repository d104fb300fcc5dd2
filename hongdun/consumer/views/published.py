"""The public list of a merchant's published complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base.authorise import action, requires
from hongdun.base.parts import Pager
from hongdun.consumer.queries import standing
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PUBLISHED = action("consumer.published", "查看公示的投诉", "*")
SIZE = 50
MOST_PAGES = 200


@requires(PUBLISHED)
@require_safe
def published(request: HttpRequest, uscc: str) -> HttpResponse:
    entity = register.current(uscc)
    if entity is None:
        raise Http404("没有这个统一社会信用代码的市场主体，请核对代码或者按名称查找。")
    number = page_number(request)
    items = standing.items(entity.pk, first=(number - 1) * SIZE, most=SIZE + 1)
    context = {"entity": entity, "items": items[:SIZE], "page": pager(number, more=len(items) > SIZE)}
    return render(request, "consumer/published.html", context)


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return min(max(1, int(text)), MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004


def pager(number: int, *, more: bool) -> Pager:
    return Pager(
        f"?page={number - 1}" if number > 1 else "",
        f"?page={number + 1}" if more and number < MOST_PAGES else "",
    )
