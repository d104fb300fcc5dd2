from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from hongdun.calls.models import Call, CallbackRequest
from hongdun.parties.queries import phone_hash

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.calls.models.call import CallQuerySet

LATEST = 20
PAGE = 50


def call(call_id: UUID, *, actor: Actor) -> Call | None:
    """A call that the actor may see; its number is `caller`, shown only to who serves or reviews it."""
    found = Call.objects.in_scope(actor.range).select_related("operator", "queue")
    return found.filter(id=call_id).first()


def opened(call_id: UUID, *, actor: Actor, in_range: bool) -> Call | None:
    """A call to be looked at: through its case by whoever sees that, or `in_range` by the telephones' own people."""
    found = Call.objects.select_related("operator", "queue").filter(id=call_id).first()
    if found is None:
        return None
    lowest, highest = actor.range
    own = in_range and any(lowest <= (organ or 0) <= highest for organ in (found.organ, found.serving))
    return found if own or _through_case(found) else None


def _through_case(found: Call) -> bool:
    if found.case_id is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT hd_case_visible(%s)", [found.case_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def of_case(case_id: UUID) -> list[Call]:
    """Calls that a case came of or that were made about it; whoever sees the case sees them."""
    return list(Call.objects.filter(case_id=case_id).order_by("-arrived", "-id")[:LATEST])


def callbacks(actor: Actor) -> QuerySet[CallbackRequest]:
    """Who still waits to be called back, the first asked first."""
    open_ones = CallbackRequest.objects.filter(organ__range=actor.range, done=None)
    return open_ones.select_related("call__queue").order_by("id")


def of_number(number: str, *, actor: Actor, latest: int = LATEST) -> list[Call]:
    """Calls of a number within the actor's range, newest first; for the screen pop."""
    hashed = phone_hash(number)
    if not hashed:
        return []
    found = Call.objects.in_scope(actor.range).filter(caller_hash=hashed)
    return list(found.select_related("operator").order_by("-arrived", "-id")[:latest])


def live() -> list[Call]:
    """Calls that haven't ended, in the order they came; for the call process, which sees all."""
    return list(Call.objects.live().select_related("operator", "queue").order_by("arrived", "id"))


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Call]
    earlier: str  # where the next page begins; "" on the last


def page_of(found: CallQuerySet, before: UUID | None, *, size: int = PAGE) -> Page:
    """Keys grow with time, so a page begins below the last key of the page before."""
    rows = list((found.filter(id__lt=before) if before else found).order_by("-id")[: size + 1])
    return Page(rows[:size], str(rows[size - 1].id) if len(rows) > size else "")


def listed(
    actor: Actor, *, outcome: str = "", number: str = "", operator: UUID | None = None
) -> CallQuerySet:
    found = Call.objects.in_scope(actor.range).select_related("operator", "queue")
    if outcome:
        found = found.filter(outcome=outcome)
    if number:
        found = found.filter(caller_hash=phone_hash(number))
    if operator:
        found = found.filter(operator_id=operator)
    return found
