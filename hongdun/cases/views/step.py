"""The page of one decision; afterwards the next task of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hongdun.base import clock
from hongdun.base.authorise import actor_of, requires
from hongdun.cases import actions as cases
from hongdun.cases import forms, queries
from hongdun.cases.views.common import DECIDE, not_found, visible
from hongdun.cases.views.record import facts
from hongdun.documents import queries as documents

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.cases.models import Case, Task
    from hongdun.cases.procedure import Step

BUTTONS = {"go": "", "stop": "govuk-button--warning", "plain": "govuk-button--secondary"}


@requires(DECIDE)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: str, code: str) -> HttpResponse:
    case = visible(number)
    if case is None or code not in case.procedure.steps:
        return not_found(request, number)
    instance = request.GET.get("instance", "")
    task = case.tasks.filter(step=code, instance=instance, done__isnull=True).select_related("case").first()
    if request.method == "POST":
        return _decide(request, case, case.procedure.steps[code], task)
    if task is None:
        label = case.procedure.steps[code].label
        messages.info(request, f"“{label}”已经办过或尚未轮到，这里是案件的现状。")
        return redirect(case)
    return _page(request, case, case.procedure.steps[code], task)


def _decide(request: HttpRequest, case: Case, step: Step, task: Task | None) -> HttpResponse:
    own = forms.step_form(step, request.POST)
    form = forms.DecisionForm(request.POST, case=case, step=step, checks=forms.checks_of(own))
    own_is_right = own is None or own.is_valid()
    if not form.is_valid() or not own_is_right:
        return _page(request, case, step, task, form, own, status=422)
    decision = form.decision(request.POST.get("outcome", ""), own.cleaned_data if own else {})
    place = _place(task)
    try:
        with transaction.atomic():
            cases.finish_step(
                case.number,
                step.code,
                decision,
                actor=actor_of(request),
                instance=request.GET.get("instance", ""),
            )
    except cases.Refused as refused:
        return _refused(request, case, step, task, form, own, refused)
    messages.success(request, f"{case.number}：{step.outcomes[decision.outcome].label}，已办好。")
    return redirect(f"/desk/work/next/?{_list_query(request.GET.get('list', ''), place)}")


def _place(task: Task | None) -> str:
    return f"{task.due or ''}_{task.pk}" if task else ""


def _list_query(listed: str, place: str) -> str:
    return "&".join(part for part in (listed, urlencode({"after": place}) if place else "") if part)


def _refused(
    request: HttpRequest,
    case: Case,
    step: Step,
    task: Task | None,
    form: forms.DecisionForm,
    own: django_forms.Form | None,
    refused: cases.Refused,
) -> HttpResponse:
    """Show the reason beside the field that mends it; what was typed stays."""
    field = getattr(refused, "field", None)
    if field == "items" and "items" not in form.fields:
        field = "more_items"
    form.add_error(field if field in form.fields else None, str(refused))
    return _page(request, case, step, task, form, own, status=422 if field else 409)


def _page(
    request: HttpRequest,
    case: Case,
    step: Step,
    task: Task | None,
    form: forms.DecisionForm | None = None,
    own: django_forms.Form | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    own = own or forms.step_form(step)
    form = form or forms.DecisionForm(case=case, step=step, checks=forms.checks_of(own))
    context: dict[str, Any] = {
        "case": case,
        "step": step,
        "task": task,
        "shown": queries.shown_task(task, clock.today()) if task else None,
        "form": form,
        "own": own,
        "facts": facts(case, request),
        "documents": documents.of_case(case.id).order_by("created"),
        "previous": [t for t in queries.timeline(case) if t.done and (t.opinion or t.data.get("items"))],
        "why_not": queries.why_not(actor_of(request), task, case) if task else "",
        "buttons": [(o, BUTTONS[o.tone]) for o in step.outcomes.values()],
    }
    return render(request, "cases/step.html", context, status=status)
