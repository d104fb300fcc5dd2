from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.clock import now
from hongdun.calls.models import Operator, SeatState, Spell

if TYPE_CHECKING:
    from uuid import UUID


def take_seat(*, person: UUID, organ: int, name: str) -> Operator:
    """The operator that an officer is at this organ; made the first time they sit down."""
    found, new = Operator.objects.get_or_create(person=person, organ=organ, defaults={"name": name})
    if new:
        Spell.objects.create(operator=found, organ=organ, state=found.state)
    return found


def change_seat(operator: Operator, state: str, *, reason: str = "", call: UUID | None = None) -> None:
    """Put an operator into a state; what they did before is closed and kept for the figures."""
    at = now()
    if operator.state in (SeatState.TALKING, SeatState.WRAP_UP) and state not in (
        SeatState.TALKING, SeatState.WRAP_UP,
    ):  # fmt: skip
        operator.idle_since = at
    operator.state, operator.reason, operator.since, operator.call_id = state, reason, at, call
    operator.save(update_fields=["state", "reason", "since", "idle_since", "call_id"])
    Spell.objects.filter(operator=operator, ended=None).update(ended=at)
    Spell.objects.create(operator=operator, organ=operator.organ, state=state, reason=reason, began=at)
