"""A case is opened once for each submission, however often the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from hongdun.audit import actions as audit
from hongdun.base import clock as wall
from hongdun.base.ids import uuid7
from hongdun.cases import queries
from hongdun.cases.actions import clock
from hongdun.cases.models import Case, Task
from hongdun.org import actions as org
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.procedure import Procedure, Step


def open_case(
    procedure: Procedure,
    *,
    organ: int,
    title: str,
    submission: UUID,
    actor: Actor,
    data: dict[str, Any],
    person: UUID | None = None,
    station: int | None = None,
    entity: UUID | None = None,
    received: date | None = None,
    mode: str = "",
) -> Case:
    """Open a case under the procedure and the law of the day of receipt.

    `submission` is the key of the form that was sent: a second call with it returns the first case.
    """
    if found := Case.objects.filter(submission=submission).first():
        return found
    day = received or wall.today()
    case = Case(
        procedure_code=procedure.code,
        procedure_version=procedure.version,
        mode=mode or queries.mode_of(organ, procedure, on=day),
        organ=organ,
        station=station,
        person=person,
        entity=entity,
        title=title,
        data=data,
        submission=submission,
        received=day,
    )
    clock.start(case, on=day)
    try:
        with transaction.atomic():
            case.number = org.document_number(organ=organ, series=procedure.series or procedure.code, word=procedure.series_word, year=day.year)
            case.save(force_insert=True)
    except IntegrityError:
        return Case.objects.get(submission=submission)
    opened = task_rows(case, procedure.entered(procedure.start, case.mode), at=wall.now(), data=data)
    Task.objects.bulk_create(Task(**row) for row in opened)
    audit.record(f"{procedure.code}.opened", actor=actor, subject=case.number, organ=organ, case_id=case.id)
    outbox.publish("case.opened", organ=organ, number=case.number, procedure=procedure.code)
    return case


def task_rows(case: Case, codes: Iterable[str], *, at: datetime, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of the tasks that open; a step with `each` opens one for every item of that list."""
    rows = []
    for code in codes:
        step = case.procedure.steps[code]
        instances = [str(i) for i in range(len(data.get(step.each, [])))] if step.each else [""]
        rows += [_row(case, step, instance, at) for instance in instances]
    return rows


def _row(case: Case, step: Step, instance: str, at: datetime) -> dict[str, Any]:
    due, rule, provisional = queries.due_of(case, step, on=wall.today())
    return {
        "id": uuid7(),
        "case_id": case.id,
        "organ": case.organ,
        "step": step.code,
        "instance": instance,
        "role": queries.role_of(case, step, on=wall.today()),
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
