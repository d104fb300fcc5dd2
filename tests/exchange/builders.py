"""Changes of the register as the worker makes them public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.exchange.models import Change
from hongdun.outbox.actions import dispatch, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable


def deliver() -> None:
    """What the worker does with messages, until none is due."""
    sequence(window=None)
    while dispatch():
        pass


def told() -> list[tuple[int, str, str]]:
    return list(Change.objects.order_by("position").values_list("position", "topic", "name"))


def positions(rows: Iterable[tuple[int, str, str]]) -> list[int]:
    return [position for position, _, _ in rows]
