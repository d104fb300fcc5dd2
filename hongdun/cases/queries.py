from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q, Value

from hongdun.audit import queries as audit
from hongdun.base import clock
from hongdun.cases.models import Case, Notice, ProcedureSetting, Recusal, Task
from hongdun.cases.procedure import MODE_LABELS, latest
from hongdun.law import queries as law
from hongdun.law.models import Unit
from hongdun.lib import organs
from hongdun.org.models import Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.audit.models import Event
    from hongdun.base.actor import Actor
    from hongdun.cases.models import TaskQuerySet
    from hongdun.cases.procedure import Procedure, Step
    from hongdun.law.models import Ground

DEFAULT_MODE = "pair"
NEAREST = """
SELECT value::text FROM cases_proceduresetting
WHERE organ = ANY(%s::int[]) AND procedure_code = ANY(%s::text[]) AND step = ANY(%s::text[]) AND key = %s
  AND valid_from <= %s::date AND (valid_to IS NULL OR valid_to >= %s::date)
ORDER BY organ DESC, procedure_code DESC, step DESC, valid_from DESC, id DESC LIMIT 1
"""
MOST_SETTINGS = 200  # shown on one page
# Roles that a bureau may give a step to; administration and audit decide nothing.
WORKING = frozenset({"clerk", "examiner", "approver", "counter", "archivist", "head", "station"})
# Duties that one natural person may not hold together, by the bureau's mode.
APART: dict[str, frozenset[str]] = {
    "single": frozenset(),
    "pair": frozenset({"examine", "approve"}),
    "three": frozenset({"accept", "examine", "approve"}),
}
RECUSED = "recused"
BESIDE: set[str] = set()  # one-to-one relations of other modules, read along with a case
STATE_COLOURS = {
    "clerk": "blue",
    "examiner": "teal",
    "approver": "purple",
    "counter": "green",
    "applicant": "yellow",
}


def setting(organ: int, procedure: str, key: str, *, on: date, step: str = "") -> Any:
    """What this bureau, or the nearest one above it, has laid down for the day; None if nobody has.

    Asked for every task that opens, so in plain SQL: to put its conditions together takes longer than to answer it.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [list(organs.ancestors(organ)), [procedure, ""], [step, ""], key, on, on])
        found = cursor.fetchone()
    return None if found is None else json.loads(found[0])


def values_of(procedure: Procedure, step: str = "") -> list[tuple[str, str]]:
    """What may be laid down: the modes of a procedure or, for a step that officers do, the roles."""
    if not step:
        return list(MODE_LABELS.items())
    found = procedure.steps.get(step)
    if found is None or found.role not in WORKING or found.automatic:
        return []
    return [(role.value, str(role.label)) for role in Role if role.value in WORKING]


def subject_words(row: ProcedureSetting) -> str:
    procedure = latest(row.procedure_code)
    return (
        f"{procedure.label}：{procedure.steps[row.step].label}岗位"
        if row.step
        else f"{procedure.label}：登记方式"
    )


def value_words(row: ProcedureSetting) -> str:
    value = str(row.value)
    return role_label(value) if row.step else mode_label(value)


def settings_seen_by(actor: Actor) -> list[tuple[ProcedureSetting, str]]:
    """What bureaus in range and those above have laid down, newest first, each with what it amounts to today."""
    above = organs.ancestors(actor.organ) if actor.organ else ()
    rows = ProcedureSetting.objects.filter(Q(organ__range=actor.range) | Q(organ__in=above))
    newest = rows.order_by("-valid_from", "-id")[:MOST_SETTINGS]
    today, states = clock.today(), []
    in_force: set[object] = set()
    for row in newest:
        about = (row.organ, row.procedure_code, row.step, row.key)
        day = about, row.valid_from
        if row.valid_to and row.valid_to < today:
            state = "已失效"
        elif row.valid_from > today:
            state = "已被代替" if day in in_force else "将施行"
            in_force.add(day)
        else:
            state = "已被代替" if about in in_force else "现行"
            in_force.add(about)
        states.append((row, state))
    return states


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


def desk_of(case: Case, step: Step) -> int:
    """The organ whose work list a step of the case stands in."""
    return (organs.county_of(case.organ) or case.organ) if step.desk == "bureau" else case.organ


def role_of(case: Case, step: Step, *, on: date) -> str:
    return str(setting(case.organ, case.procedure_code, "role", on=on, step=step.code) or step.role)


def work_list(actor: Actor) -> TaskQuerySet:
    """Open tasks that this post may do at its own desk."""
    mine = Q(assignee__isnull=True) | Q(assignee__in=actor.hands)
    return Task.objects.waiting().filter(mine, organ=actor.organ or 0, role__in=sorted(actor.roles))


def open_tasks(case: Case) -> QuerySet[Task]:
    return case.tasks.filter(done__isnull=True).order_by("opened")


def timeline(case: Case) -> list[Task]:
    """Every finished task in the order it ended, then what is open."""
    tasks = list(case.tasks.all())
    done = sorted((t for t in tasks if t.done), key=lambda t: (t.done, t.opened))
    return done + sorted((t for t in tasks if not t.done), key=lambda t: t.opened)


def notices(case: Case) -> QuerySet[Notice]:
    return case.notices.order_by("-at")


def grounds(case: Case, *, kind: str | None = None) -> tuple[Ground, ...]:
    """Reasons the law of the day of receipt allows in this procedure."""
    return law.grounds(case.procedure.law or case.procedure_code, case.received, kind=kind)


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
    return own and (task.assignee is None or task.assignee in actor.hands)


def why_not(actor: Actor, task: Task, case: Case) -> str:
    """Why this actor can't do the open task, in words that say who can; empty if nothing stands against it."""
    step = case.procedure.steps[task.step]
    if actor.person in recused(case):
        return "您已回避本案。"
    if task.role == "applicant":
        return f"等待申请人{step.label}。"
    if task.role not in actor.roles:
        return f"“{step.label}”由“{role_label(task.role)}”岗位办理，您当前的岗位不是。"
    if not may_do(actor, task, case):
        handed = task.assignee and task.assignee not in actor.hands
        return f"“{step.label}”已指定其他人员办理。" if handed else f"“{step.label}”由承办单位的人员办理。"
    apart = APART[case.mode]
    own = (t.duty for t in case.tasks.all() if t.done_by == actor.person)
    if task.duty in apart and (apart - {task.duty}) & set(own):
        return (
            f"本机关实行“{mode_label(case.mode)}”，您已办理过本案的其他环节，“{step.label}”须由另一人员办理。"
        )
    return ""


def recused(case: Case) -> frozenset[UUID]:
    """Who stays out of a case; pages read it together with the case."""
    known = getattr(case, "recused", None)
    return frozenset(case.recusals.values_list("officer", flat=True) if known is None else known)


def kept_out(actor: Actor, tasks: Collection[Task]) -> dict[UUID, str]:
    """Of these open tasks (with their case), those this person may not do for their part in the case, and why."""
    seen = {task.case_id for task in tasks}
    recused = Recusal.objects.filter(officer__in=[actor.person], case__in=seen).values_list(
        "case_id", Value(RECUSED)
    )
    done = Task.objects.filter(done_by=actor.person, case__in=seen).values_list("case_id", "duty")
    parts = set(recused.union(done)) if seen else set()
    found = {}
    for task in tasks:
        if (task.case_id, RECUSED) in parts:
            found[task.id] = "您已回避"
        apart = APART[task.case.mode]
        if task.duty in apart and any((task.case_id, duty) in parts for duty in apart - {task.duty}):
            found.setdefault(task.id, "须由他人办理")
    return found


def role_label(role: str) -> str:
    if role == "system":
        return "系统（按规则办理）"
    return str(Role(role).label) if role in Role.values else "申请人"


def mode_label(mode: str) -> str:
    return next(label for code, label in MODE_LABELS.items() if code == mode)


def describe(event: Event, case: Case) -> str:
    """An audit row in words; steps are named as the procedure names them."""
    own = event.verb.startswith(f"{case.procedure_code}.")
    step_code, _, outcome = event.verb.removeprefix(f"{case.procedure_code}.").partition(".")
    step = case.procedure.steps.get(step_code)
    if not own or step is None or outcome not in step.outcomes:
        return audit.describe(event)
    return f"{event.actor_name}办理“{step.label}”：{step.outcomes[outcome].label}"


@dataclass(frozen=True, slots=True)
class Shown:
    """An open task in words: its state, days left as the rule counts them (None: no date), and the rule that says so."""

    label: str
    state: str
    colour: str
    days_left: int | None
    rule: str
    clocked: bool
    unit: str


def shown_task(task: Task, today: date) -> Shown:
    """What a list or page says of an open task."""
    step = task.case.procedure.steps[task.step]
    waits = task.role == "applicant"
    unit = unit_of(task.due_rule, task.case.received)
    return Shown(
        label=step.label,
        state=f"待申请人{step.label}" if waits else f"待{step.label}",
        colour=STATE_COLOURS.get(task.role, "grey"),
        days_left=None if task.due is None else days_left(task.due, today, unit),
        rule=rule_words(task.due_rule, task.case.received),
        clocked=task.due is not None,
        unit=unit.label,
    )


def unit_of(code: str, on: date) -> Unit:
    """How the days of a period are counted: calendar days where the rule has days, months or years."""
    try:
        unit = Unit(law.rule(code, on).unit)
    except law.LawError:
        return Unit.WORKDAY
    return Unit.WORKDAY if unit == Unit.WORKDAY else Unit.DAY


def days_left(due: date, today: date, unit: Unit = Unit.WORKDAY) -> int:
    """Days to the last day; negative once it is past, also on the week-end that follows it."""
    if unit == Unit.DAY:
        return (due - today).days
    days = law.calendar().between(today, due)
    return min(days, -1) if due < today else days


def rule_words(code: str, on: date) -> str:
    """登记审查期限：3个工作日（《…》第十八条), or nothing where no rule stands."""
    try:
        return str(law.rule(code, on)) if code else ""
    except law.LawError:
        return ""


def overdue(on: date | None = None) -> QuerySet[Task]:
    return Task.objects.waiting().filter(due__lt=on or clock.today())
