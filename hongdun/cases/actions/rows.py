"""One statement that writes a step: the case, the tasks, the audit row and the message (0.8 of raw SQL)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from hongdun.audit import actions as audit
from hongdun.base import clock as wall
from hongdun.cases.models import Case, Task
from hongdun.lib import organs
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

CASE_FIELDS = (
    "entity", "station", "title", "received", "closed", "outcome", "clock_rule", "clock_start", "clock_days", "clock_due",
    "clock_provisional", "clock_left", "extended", "acceptor", "examiner", "approver",
)  # fmt: skip
TASK_COLUMNS = (
    "id", "case_id", "organ", "step", "instance", "role", "duty", "opened", "due", "due_rule", "provisional",
    "assignee", "outcome", "done_name", "opinion", "data", "done",
)  # fmt: skip
TASK_TYPES = (
    "id uuid, case_id uuid, organ int, step text, instance text, role text, duty text, opened timestamptz, due date,"
    " due_rule text, provisional bool, assignee uuid, outcome text, done_name text, opinion text, data jsonb,"
    " done timestamptz"
)
LOCK = "SELECT {columns} FROM cases_case c WHERE c.number = %s FOR UPDATE"
# A statement of its own, after the lock: one that had to wait still sees its tasks as they were before,
# and two branches that end at once would each believe that the other is open.
OPEN = (
    "SELECT (SELECT json_agg(row_to_json(t)) FROM cases_task t WHERE t.case_id = %(case)s AND t.done IS NULL),"
    " EXISTS (SELECT 1 FROM cases_recusal r WHERE r.case_id = %(case)s AND r.officer = %(officer)s),"
    " ARRAY(SELECT DISTINCT t.duty FROM cases_task t WHERE t.case_id = %(case)s AND t.done_by = %(officer)s),"
    # Roles that this bureau or the nearest above it has laid down for steps (see queries.setting).
    " (SELECT json_object_agg(s.step, s.value) FROM (SELECT DISTINCT ON (p.step) p.step, p.value"
    " FROM cases_proceduresetting p WHERE p.organ = ANY(%(organs)s) AND p.procedure_code IN (%(procedure)s, '')"
    " AND p.key = 'role' AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)"
    " ORDER BY p.step, p.organ DESC, p.procedure_code DESC, p.valid_from DESC, p.id DESC) s)"
)
_NAMES = [f.attname for f in Case._meta.concrete_fields]  # noqa: SLF001 - Django's documented model API
_LOCK = LOCK.format(columns=", ".join(f'c."{f.column}"' for f in Case._meta.concrete_fields))  # noqa: SLF001
# Everything in WRITE is found by key: planned once for the connection instead of 4 ms at each step.
GENERIC = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"
WRITE = f"""
WITH closed AS (
  UPDATE cases_task SET done = %s, outcome = %s, done_by = %s, done_post = %s, done_name = %s, opinion = %s,
    data = %s::jsonb WHERE id = %s AND done IS NULL RETURNING id),
stopped AS (
  UPDATE cases_task SET done = %s, outcome = 'stopped' WHERE id = ANY(%s) AND done IS NULL),
moved AS (
  UPDATE cases_case SET data = data || %s::jsonb, {", ".join(f"{name} = %s" for name in CASE_FIELDS)} WHERE id = %s),
opened AS (
  INSERT INTO cases_task ({", ".join(TASK_COLUMNS)}, escalated)
  SELECT {", ".join(TASK_COLUMNS)}, NULL FROM jsonb_to_recordset(%s::jsonb) AS new({TASK_TYPES})),
noted AS (
  INSERT INTO audit_event ({", ".join(audit.COLUMNS)}) VALUES ({audit.VALUES})),
told AS (
  INSERT INTO outbox_message ({", ".join(outbox.COLUMNS)}) VALUES ({outbox.VALUES}))
SELECT count(*), set_config('plan_cache_mode', 'auto', true) FROM closed
"""  # noqa: S608 - only column names of our own


@dataclass(frozen=True, slots=True)
class Locked:
    """A case held by this transaction, its open tasks, and what the officer already had to do with it.

    `roles`: who does a step here, where the bureau or one above it has laid down another role.
    """

    case: Case
    tasks: list[Task]
    recused: bool
    duties: frozenset[str]
    roles: dict[str, str]


def lock(number: str, *, officer: UUID | None) -> Locked | None:
    """Lock the case, then read its open tasks and the officer's part in it; None if it is out of sight."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [number])
        values = cursor.fetchone()
        if values is None:
            return None
        case = Case.from_db(connection.alias, _NAMES, _loaded(values))
        here = {
            "case": case.id, "officer": officer, "organs": list(organs.ancestors(case.organ)),
            "procedure": case.procedure_code, "day": wall.today(),
        }  # fmt: skip
        cursor.execute(OPEN, here)
        tasks, recused, duties, roles = cursor.fetchone()
    return Locked(
        case, [_task(t) for t in _json(tasks) or []], recused, frozenset(duties), _json(roles) or {}
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _loaded(values: Sequence[Any]) -> list[Any]:
    """Cursors return JSON columns as text; the ORM would decode them."""
    return [
        json.loads(v) if name == "data" and isinstance(v, str) else v
        for name, v in zip(_NAMES, values, strict=True)
    ]


def _task(row: dict[str, Any]) -> Task:
    return Task(
        id=UUID(row["id"]),
        case_id=UUID(row["case_id"]),
        organ=row["organ"],
        step=row["step"],
        instance=row["instance"],
        role=row["role"],
        duty=row["duty"],
        assignee=row["assignee"] and UUID(row["assignee"]),
    )


def write(
    case: Case,
    task: Task,
    *,
    at: datetime,
    stopped: Iterable[Task],
    opened: Iterable[dict[str, Any]],
    more: dict[str, Any],
    event: tuple[Any, ...],
    message: tuple[Any, ...],
) -> None:
    parameters = [
        at, task.outcome, task.done_by, task.done_post, task.done_name, task.opinion, as_json(task.data), task.id,
        at, [t.id for t in stopped],
        as_json(more), *(getattr(case, name) for name in CASE_FIELDS), case.id,
        as_json(list(opened)), *event, *message,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(GENERIC)
        cursor.execute(WRITE, parameters)
        if cursor.fetchone()[0] != 1:
            raise RuntimeError(f"{case.number}: the locked task was not there")


def as_json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
