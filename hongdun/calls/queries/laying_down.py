"""What was laid down for the telephones of a range, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from hongdun.calls.models import Choice, Hours, Line, Operator, Prompt, Queue

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

Row = TypeVar("Row", Line, Choice, Hours, Queue, Operator, Prompt)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Rows:
    rows: list[object]
    following: str  # address of the next page; "" on the last


def laid_down(model: type[Row], actor: Actor, *, before: str = "") -> Rows:
    found = model._default_manager.filter(organ__range=actor.range).order_by("-id")  # noqa: SLF001 - Django's documented API
    if model is Prompt:
        found = found.defer("sound")
    try:
        found = found.filter(id__lt=UUID(before)) if before else found
    except ValueError:
        return Rows([], "")
    rows = list(found[: PAGE + 1])
    return Rows(list(rows[:PAGE]), f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else "")


def one_laid_down(model: type[Row], actor: Actor, row_id: UUID) -> Row | None:
    return model._default_manager.filter(organ__range=actor.range, id=row_id).first()  # noqa: SLF001
