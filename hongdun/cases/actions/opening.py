"""A case is opened once for each submission, however often the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from hongdun.audit import actions as audit
from hongdun.base import clock as wall
from hongdun.cases import queries
from hongdun.cases.actions import clock
from hongdun.cases.actions.finishing import run_automatic
from hongdun.cases.actions.tasks import task_rows
from hongdun.cases.models import Case, Task
from hongdun.org import actions as org
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.procedure import Procedure


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
    # All that can be known is known before the number is taken: its row stays locked until the commit.
    opened = task_rows(case, procedure.entered(procedure.start, case.mode), at=wall.now(), data=data)
    try:
        with transaction.atomic():
            case.number = org.next_number(organ=organ, series=procedure.series, year=day.year)
            case.save(force_insert=True)
    except IntegrityError:
        if found := Case.objects.filter(submission=submission).first():
            return found
        raise
    Task.objects.bulk_create(Task(**row) for row in opened)
    audit.record(f"{procedure.code}.opened", actor=actor, subject=case.number, organ=organ, case_id=case.id)
    outbox.publish("case.opened", organ=organ, number=case.number, procedure=procedure.code)
    return run_automatic(case, opened)
