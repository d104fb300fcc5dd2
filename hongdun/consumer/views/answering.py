"""A merchant's own account: the complaints on which it is asked, each by the page that the link opens too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.consumer.actions import merchants as links
from hongdun.consumer.queries import merchants, standing
from hongdun.consumer.views.published import page_number, pager

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ANSWER_AS = action("consumer.answer_as", "经营者查看和答复投诉", "applicant")
SIZE = 20


@requires(ANSWER_AS)
@require_safe
def chosen(request: HttpRequest) -> HttpResponse:
    person = actor_of(request).person
    entities = merchants.represented(person) if person else []
    return render(request, "consumer/answering.html", {"entities": entities})


@requires(ANSWER_AS)
@require_safe
def complaints(request: HttpRequest, uscc: str) -> HttpResponse:
    person = actor_of(request).person
    entity = next((e for e in merchants.represented(person) if e.uscc == uscc), None) if person else None
    if entity is None:
        raise Http404("您的账号不能代表这个经营者答复投诉，请到登记机关或者市场监管所核对身份。")
    number = page_number(request)
    rows = merchants.asked_of(entity, first=(number - 1) * SIZE, most=SIZE + 1)
    context = {
        "entity": entity, "standing": standing.of(entity.pk), "page": pager(number, more=len(rows) > SIZE),
        "rows": [(row, links.address(row.case)) for row in rows[:SIZE]],
    }  # fmt: skip
    return render(request, "consumer/answering_of.html", context)
