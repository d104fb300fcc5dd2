"""The procedure as a picture, with the steps that are done and the one where the case stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from hongdun.base import clock
from hongdun.base.authorise import requires
from hongdun.base.templatetags.hd import short_moment
from hongdun.cases import queries
from hongdun.cases.procedure import REGISTERED
from hongdun.cases.views.common import VIEW, not_found, visible
from hongdun.lib import bpmn

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.cases.models import Case, Task
    from hongdun.cases.procedure import Outcome, Procedure


@dataclass(frozen=True, slots=True)
class Stage:
    """One step in the list beside the picture; `state` is done, now or later."""

    label: str
    state: str
    note: str = ""


@requires(VIEW)
@require_GET
def diagram(request: HttpRequest, number: str) -> HttpResponse:
    found = visible(number)
    if found is None:
        return not_found(request, number)
    text = drawing(found.procedure_code, found.procedure_version, found.mode)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@lru_cache(maxsize=64)
def drawing(code: str, version: int, mode: str) -> str:
    """BPMN XML of the steps that this mode has."""
    procedure = REGISTERED[code, version]
    present = [s for s in procedure.steps.values() if mode in s.modes]
    activities = [bpmn.Activity(s.code, s.label, bool(s.awaits), bool(s.automatic)) for s in present]
    ways = [
        bpmn.Way(s.code, outcome.label, _entered(procedure, outcome, mode))
        for s in present
        for outcome in s.outcomes.values()
    ]
    return bpmn.xml(code, start=procedure.entered(procedure.start, mode), activities=activities, ways=ways)


def _entered(procedure: Procedure, outcome: Outcome, mode: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e for target in outcome.targets for e in procedure.entered(target, mode)))


def diagram_context(found: Case, line: list[Task]) -> dict[str, Any]:
    """What components/bpmn.html needs: the address of the picture, its marks, the list of steps."""
    opened = {t.step: _note(t) for t in line if t.done is None}
    done = {t.step: t for t in line if t.done and t.outcome != "stopped" and t.step not in opened}
    steps = [s for s in found.procedure.steps.values() if found.mode in s.modes]
    stages = [
        Stage(s.label, "now", opened[s.code]) if s.code in opened
        else Stage(s.label, "done", f"{done[s.code].done_name} {short_moment(done[s.code].done)}") if s.code in done
        else Stage(s.label, "later")
        for s in steps
    ]  # fmt: skip
    return {
        "bpmn_url": reverse("cases:diagram", args=[found.number]),
        "marks": json.dumps({"done": ["start", *done], "now": opened}, ensure_ascii=False),
        "stages": stages,
    }


def _note(task: Task) -> str:
    shown = queries.shown_task(task, clock.today())
    if shown.days_left is None:
        return "等待申请人" if task.role == "applicant" else ""
    if shown.days_left < 0:
        return f"逾期 {-shown.days_left} {shown.unit}"
    return "今日到期" if shown.days_left == 0 else f"剩 {shown.days_left} {shown.unit}"
