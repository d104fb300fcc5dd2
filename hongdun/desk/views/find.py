"""Finding from the desk: cases by number or name, entities by anything, entities by who stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hongdun.audit import actions as audit
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases.models import Case
from hongdun.desk import forms, queries
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.register.queries import Found

SEE = action("desk.work", "查看待办", "officer")
BY_PERSON = action("desk.by_person", "按人员查市场主体", "officer")
NUMBER_MARK = "〔"  # stands in every document number and in no name
SHOWN = 10


@requires(SEE)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Quick search from the desk: a case number opens the case, other words list cases of one's range, and entities."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()[:100]
    if words and (case := Case.objects.filter(number=words).first()):
        return redirect(case)
    found = queries.find_cases(actor, words) if words else []
    if NUMBER_MARK in words and not found:
        # A number was asked for that isn't there, or lies in another bureau's range: kept, as on the case page.
        audit.record("case.not_found", actor=actor, subject=words[:60])
    context = {
        "query": words,
        "cases": found,
        "most": queries.PAGE,
        "entities": _entities(words) if words and NUMBER_MARK not in words else None,
    }
    return render(request, "desk/find.html", context)


def _entities(words: str) -> Found | None:
    """The first entities of the whole region; nothing where the words are too common to tell in time."""
    try:
        return register.find(words, size=SHOWN)
    except register.TooSlow:
        return None


@requires(BY_PERSON)
@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Entities of one's range in which somebody of this name has a role; asked by POST, for names aren't for addresses.

    Who asked for whom and why is kept (个人信息保护法 art. 51), whatever was found.
    """
    actor = actor_of(request)
    form = forms.PersonForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "most": register.MOST_PEOPLE}
    if form.is_valid():
        try:
            context["found"] = _by_person(actor, form.cleaned_data["name"], form.cleaned_data["reason"])
        except register.TooSlow:
            form.add_error("name", "同名的太多，没有在两秒内查完，请写全姓名")
    return render(request, "desk/people.html", context)


def _by_person(actor: Actor, name: str, reason: str) -> list[register.Holder]:
    found = register.find_by_person(name, within=actor.range)
    audit.read_personal(
        actor=actor, subject=name, fields=["任职"], reason=reason, organ=actor.organ, count=len(found)
    )
    return found
