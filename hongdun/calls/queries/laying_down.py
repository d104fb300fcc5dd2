"""What was laid down for the telephones of a range, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.calls.models import Choice, Hours, Line, Operator, Prompt, Queue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

LAID_DOWN: dict[str, QuerySet[Any]] = {
    "lines": Line.objects.all(),
    "menu": Choice.objects.all(),
    "hours": Hours.objects.all(),
    "queues": Queue.objects.all(),
    "operators": Operator.objects.all(),
    "prompts": Prompt.objects.defer("sound"),
}
PAGE = 50


@dataclass(frozen=True, slots=True)
class Rows:
    rows: list[Any]
    following: str  # address of the next page; "" on the last


def laid_down(kind: str, actor: Actor, *, before: str = "") -> Rows:
    found = LAID_DOWN[kind].filter(organ__range=actor.range).order_by("-id")
    try:
        found = found.filter(id__lt=UUID(before)) if before else found
    except ValueError:
        return Rows([], "")
    rows = list(found[: PAGE + 1])
    return Rows(rows[:PAGE], f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else "")


def one_laid_down(kind: str, actor: Actor, row_id: UUID) -> Any:
    return LAID_DOWN[kind].filter(organ__range=actor.range, id=row_id).first()
