"""The rows of tasks that open: whose, till when, at which desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import clock as wall
from hongdun.base.ids import uuid7
from hongdun.cases import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hongdun.cases.models import Case
    from hongdun.cases.procedure import Step

Row = dict[str, Any]


def task_rows(
    case: Case,
    codes: Iterable[str],
    *,
    at: datetime,
    data: dict[str, Any],
    still_open: Iterable[str] = (),
    roles: Mapping[str, str] | None = None,
) -> list[Row]:
    """Rows of the tasks that open; a step with `each` opens one for every item of that list, and none passes on."""
    opened: dict[str, list[Row]] = {}
    waiting, busy = list(codes), list(still_open)
    while waiting:
        step = case.procedure.steps[waiting.pop(0)]
        if step.code in opened:
            continue
        if step.each and not data.get(step.each):
            open_now = [*busy, *waiting, *opened]
            waiting += case.procedure.after(step.code, step.skip, mode=case.mode, still_open=open_now)
            continue
        instances = [str(i) for i in range(len(data[step.each]))] if step.each else [""]
        opened[step.code] = [_row(case, step, instance, at, roles) for instance in instances]
        holder = data.get(step.held_by) if step.held_by else None
        for row in opened[step.code]:
            row["assignee"] = UUID(holder) if holder else None
    return [row for rows in opened.values() for row in rows]


def _row(case: Case, step: Step, instance: str, at: datetime, roles: Mapping[str, str] | None) -> Row:
    """`roles` where the caller has read them already; otherwise they are looked up."""
    today = wall.today()
    due, rule, provisional = queries.due_of(case, step, on=today)
    return {
        "id": uuid7(),
        "case_id": case.id,
        "organ": queries.desk_of(case, step),
        "step": step.code,
        "instance": instance,
        "role": queries.role_of(case, step, on=today) if roles is None else roles.get(step.code, step.role),
        "duty": step.duty,
        "opened": at,
        "due": due,
        "due_rule": rule,
        "provisional": provisional,
        "assignee": None,
        "outcome": "",
        "done_name": "",
        "opinion": "",
        "data": {},
        "done": None,
    }
