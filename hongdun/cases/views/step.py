"""The page of one decision; afterwards the next task of the list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hongdun.base import clock
from hongdun.base.authorise import actor_of, requires
from hongdun.base.forms import GovForm
from hongdun.cases import actions as cases
from hongdun.cases import forms, queries
from hongdun.cases.opinions import actions as templates
from hongdun.cases.opinions import queries as opinions
from hongdun.cases.views.common import DECIDE, not_found, visible
from hongdun.cases.views.record import facts
from hongdun.documents import queries as documents
from hongdun.law.models import GroundKind
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django import forms as django_forms
    from django.http import HttpRequest, HttpResponse, QueryDict

    from hongdun.cases.models import Case, Task
    from hongdun.cases.procedure import Step

IS_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CHANGED = (
    "您打开这一页之后，案件又有了新的进展（例如申请人已重新提交）：下面是现在的内容，请看过再办。您写的还在。"
)
BUTTONS = {"go": "", "stop": "govuk-button--warning", "plain": "govuk-button--secondary"}


@dataclass(slots=True)
class Desk:
    """What lies before the officer: the step of the case, its open task, and the two forms."""

    case: Case
    step: Step
    task: Task | None
    own: django_forms.Form | None
    form: forms.DecisionForm
    used: list[str]

    @classmethod
    def of(cls, case: Case, code: str, task: Task | None, data: QueryDict | None = None) -> Desk:
        step = case.procedure.steps[code]
        own = forms.step_form(step, data, case=case)
        form = forms.DecisionForm(data, case=case, step=step, checks=forms.checks_of(own))
        return cls(case, step, task, own, form, data.getlist("used") if data else [])

    def shows(self, task: str) -> bool:
        """Whether the page was of this round: a resubmitted application opens a new task of the same step."""
        return self.task is None or task in {"", str(self.task.pk)}

    def is_right(self) -> bool:
        return all([self.form.is_valid(), self.own is None or self.own.is_valid()])


@requires(DECIDE)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: str, code: str) -> HttpResponse:
    case = visible(number)
    if case is None or code not in case.procedure.steps:
        return not_found(request, number)
    instance = request.GET.get("instance", "")
    waiting = (t for t in case.tasks.all() if not t.done and (t.step, t.instance) == (code, instance))
    task = next(waiting, None)
    if request.method == "POST" and "template" in request.POST:
        return _filled(request, case, code, task)
    if request.method == "POST":
        return _decide(request, Desk.of(case, code, task, request.POST))
    if task is None:
        label = case.procedure.steps[code].label
        messages.info(request, f"“{label}”已经办过或尚未轮到，这里是案件的现状。")
        return redirect(case)
    return _page(request, Desk.of(case, code, task))


def _filled(request: HttpRequest, case: Case, code: str, task: Task | None) -> HttpResponse:
    """A template put into what was typed so far, where no script did it; nothing is decided."""
    typed = request.POST.copy()
    chosen = typed.pop("template")[-1]
    step = case.procedure.steps[code]
    for each in opinions.offered(case, step, actor_of(request)):
        if str(each.id) == chosen:
            typed[each.into] = "\n".join(filter(None, [typed.get(each.into, "").strip(), each.text]))
            typed.appendlist("used", chosen)
    desk = Desk.of(case, code, task, typed)
    desk.form.leave_unchecked()
    if isinstance(desk.own, GovForm):
        desk.own.leave_unchecked()
    return _page(request, desk)


def _decide(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not desk.is_right():
        return _page(request, desk, status=422)
    if not desk.shows(request.POST.get("task", "")):
        return _refused(request, desk, cases.NotOpen(CHANGED))
    decision = desk.form.decision(request.POST.get("outcome", ""), desk.own.cleaned_data if desk.own else {})
    instance, place = request.GET.get("instance", ""), _place(desk.task)
    try:
        with transaction.atomic():
            cases.finish_step(
                desk.case.number, desk.step.code, decision, actor=actor_of(request), instance=instance
            )
            if desk.used:
                templates.note_use(
                    map(UUID, filter(_is_uuid, desk.used)), case=desk.case, actor=actor_of(request)
                )
    except cases.Refused as refused:
        return _refused(request, desk, refused)
    messages.success(request, f"{desk.case.number}：{desk.step.outcomes[decision.outcome].label}，已办好。")
    return redirect(f"/desk/work/next/?{_list_query(request.GET.get('list', ''), place)}")


def _is_uuid(text: str) -> bool:
    return bool(IS_UUID.fullmatch(text))


def _warnings(case: Case, task: Task | None) -> list[Any]:
    """Only as long as something is to be decided: at the counter and in the archive the register says it all."""
    if task is None or task.role in {"counter", "archivist"} or case.procedure.warnings is None:
        return []
    return case.procedure.warnings(case)


def _says_something(task: Task) -> bool:
    """What officers wrote; what the system decided by rule stands in the facts."""
    return bool(task.done and task.role != "system" and (task.opinion or task.data.get("items")))


def _place(task: Task | None) -> str:
    return f"{task.due or ''}_{task.pk}" if task else ""


def _list_query(listed: str, place: str) -> str:
    return "&".join(part for part in (listed, urlencode({"after": place}) if place else "") if part)


def _refused(request: HttpRequest, desk: Desk, refused: cases.Refused) -> HttpResponse:
    """Show the reason beside the field that mends it; what was typed stays."""
    field = getattr(refused, "field", None)
    if field == "items" and "items" not in desk.form.fields:
        field = "more_items"
    at_fault = desk.own if desk.own and field in desk.own.fields else desk.form
    at_fault.add_error(field if field in at_fault.fields else None, str(refused))
    return _page(request, desk, status=422 if field else 409)


def _page(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    case, task = desk.case, desk.task
    context: dict[str, Any] = {
        "case": case,
        "step": desk.step,
        "task": task,
        "shown": queries.shown_task(task, clock.today()) if task else None,
        "form": desk.form,
        "own": desk.own,
        "facts": facts(case, request),
        # What a registration says of its people stands in its facts.
        "parties": parties.involved_in(case.id) if case.procedure.routed else (),
        "offered": opinions.offered(case, desk.step, actor_of(request)) if task else [],
        "used": desk.used,
        "warnings": _warnings(case, task),
        "documents": list(documents.of_case(case.id).order_by("created")),
        "previous": [t for t in queries.timeline(case) if _says_something(t)],
        "why_not": queries.why_not(actor_of(request), task, case) if task else "",
        "buttons": [(o, BUTTONS[o.tone]) for o in desk.step.outcomes.values()],
        "against": GroundKind(desk.step.grounds).label,
    }
    return render(request, "cases/step.html", context, status=status)
