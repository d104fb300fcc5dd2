"""Which filings the rules decide, by which conditions, since when; and what other conditions would have decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.registration import queries as filings
from hongdun.registration.screening import actions, queries
from hongdun.registration.screening.forms import LayDown, SwitchForm, Trial
from hongdun.registration.screening.registry import FILINGS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LOOK = action("screening.look", "看自动审核的规则和结果", "examiner", "approver", "head", "admin", "auditor")
LAY_DOWN = action("screening.lay_down", "设定自动审核", "admin")


@requires(LOOK)
def overview(request: HttpRequest) -> HttpResponse:
    rows = [
        (code, filings.label(code), queries.switches_seen_by(actor_of(request), code)[:1]) for code in FILINGS
    ]
    return render(request, "registration/automatic.html", {"rows": rows})


@requires(LOOK)
def rules(request: HttpRequest, procedure: str) -> HttpResponse:
    """The conditions of one filing; with changed ones in the address, what they would have decided."""
    _known(procedure)
    form = _trial(request, procedure)
    return render(request, "registration/automatic_rules.html", _context(request, procedure, trial=form))


@requires(LAY_DOWN)
@require_POST
def lay_conditions(request: HttpRequest, procedure: str) -> HttpResponse:
    """Lay down what was tried, from a day on."""
    _known(procedure)
    trial, form = _trial(request, procedure), LayDown(request.POST)
    if form.is_valid() and trial and trial.is_valid() and trial.differing:
        try:
            with transaction.atomic():
                actions.lay_conditions(trial.differing, **form.cleaned_data, actor=actor_of(request))
        except cases.Refused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            messages.success(request, "已制定，自施行日期起收到的件适用。")
            return redirect("automatic_rules", procedure)
    context = _context(request, procedure, trial=trial) | {"lay_down": form}
    return render(request, "registration/automatic_rules.html", context, status=422)


@requires(LAY_DOWN)
@require_POST
def lay_switch(request: HttpRequest, procedure: str) -> HttpResponse:
    _known(procedure)
    form = SwitchForm(request.POST, bureaus=org.bureaus_of(actor_of(request)))
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.lay_switch(procedure=procedure, **form.cleaned_data, actor=actor_of(request))
        except cases.Refused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            messages.success(request, "已设定，自施行日期起收到的件适用。")
            return redirect("automatic_rules", procedure)
    context = _context(request, procedure, trial=None) | {"switch": form}
    return render(request, "registration/automatic_rules.html", context, status=422)


def _known(procedure: str) -> None:
    if procedure not in FILINGS:
        raise Http404("这类登记没有自动审核的规则，请从“自动审核”页选择。")


def _trial(request: HttpRequest, procedure: str) -> Trial | None:
    if not request.GET:
        return None
    return Trial(request.GET, conditions=queries.conditions(procedure, on=clock.today()))


def _context(request: HttpRequest, procedure: str, *, trial: Trial | None) -> dict[str, Any]:
    actor = actor_of(request)
    conditions = queries.conditions(procedure, on=clock.today())
    tried = trial is not None and trial.is_valid()
    admin = "admin" in actor.roles
    return {
        "label": filings.label(procedure), "procedure": procedure, "conditions": conditions,
        "switches": [(row, org.organ(row.organ).short) for row in queries.switches_seen_by(actor, procedure)[:20]],
        "failing": queries.failing(procedure, actor=actor)[:10], "trial": trial or Trial(conditions=conditions),
        "result": queries.simulate(procedure, trial.wanted(), actor=actor) if trial and tried else None,
        "differing": trial.differing if trial and tried else [],
        "switch": SwitchForm(bureaus=org.bureaus_of(actor)) if admin else None,
        "lay_down": LayDown() if admin and actor.organ == organs.REGION_BUREAU else None,
        "last_seed": queries.published_seed(clock.today().replace(day=1) - timedelta(days=1)), "most": queries.MOST_TRIED,
    }  # fmt: skip
