from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hongdun.base import clock
from hongdun.cases.models import Case, Notice, ProcedureSetting, Task
from hongdun.law import queries as law
from hongdun.lib import organs

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.models import TaskQuerySet
    from hongdun.cases.procedure import Procedure, Step

DEFAULT_MODE = "pair"


def setting(organ: int, procedure: str, key: str, *, on: date, step: str = "") -> Any:
    """What this bureau, or the nearest one above it, has laid down for the day; None if nobody has."""
    rows = ProcedureSetting.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        organ__in=organs.ancestors(organ),
        procedure_code__in=[procedure, ""],
        step__in=[step, ""],
        key=key,
        valid_from__lte=on,
    )
    nearest = max(rows, key=lambda s: (s.organ, s.procedure_code, s.step, s.valid_from), default=None)
    return None if nearest is None else nearest.value


def mode_of(organ: int, procedure: Procedure, *, on: date) -> str:
    """How this bureau divides the work on that day: one examines, one approves unless it decided otherwise."""
    return str(setting(organ, procedure.code, "mode", on=on) or DEFAULT_MODE)


def due_of(case: Case, step: Step, *, on: date) -> tuple[date | None, str, bool]:
    """Last day of a step, the rule that says so, and whether the holiday calendar is still provisional."""
    if step.limit:
        due = law.due(step.limit, on)
        return due.date, step.limit, due.provisional
    if step.clocked and case.clock_due:
        return case.clock_due, case.clock_rule, case.clock_provisional
    return None, "", False


def role_of(case: Case, step: Step, *, on: date) -> str:
    return str(setting(case.organ, case.procedure_code, "role", on=on, step=step.code) or step.role)


def work_list(actor: Actor) -> TaskQuerySet:
    """Open tasks that this post may do at its own desk."""
    mine = Q(assignee__isnull=True) | Q(assignee=actor.person)
    return Task.objects.waiting().filter(mine, organ=actor.organ, role__in=sorted(actor.roles))


def open_tasks(case: Case) -> QuerySet[Task]:
    return case.tasks.filter(done__isnull=True).order_by("opened")


def timeline(case: Case) -> list[Task]:
    """Every finished task in the order it ended, then what is open."""
    done = list(case.tasks.filter(done__isnull=False).order_by("done"))
    return done + list(open_tasks(case))


def notices(case: Case) -> QuerySet[Notice]:
    return case.notices.order_by("-at")


def may_do(actor: Actor, task: Task, case: Case) -> bool:
    """Whether this actor's post covers the task: right role, right bureau, own application."""
    if actor.kind == "system":
        return True
    if task.role == "applicant":
        return actor.kind == "applicant" and case.person == actor.person
    if task.role not in actor.roles or actor.organ is None:
        return False
    # A bureau and its stations are one authority: its officers may do what lies at a station.
    own = actor.organ in {task.organ, organs.county_of(task.organ)}
    return own and (task.assignee is None or task.assignee == actor.person)


def overdue(on: date | None = None) -> QuerySet[Task]:
    return Task.objects.waiting().filter(due__lt=on or clock.today())
