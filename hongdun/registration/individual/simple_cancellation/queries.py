"""Cancelling a shop in the simple way: no notice, the tax and other departments have ten days (条例 art. 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.registration import allowable
from hongdun.registration.individual.cancellation.queries import PLAIN as ORDINARY
from hongdun.registration.individual.cancellation.queries import (
    answers,
    concerns,
    facts,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

PUSHED = "已推送税务等有关部门，等 10 天的异议期"
PLAIN = ORDINARY | {("decide", "register"): PUSHED, ("rules", "register"): PUSHED}

__all__ = ["PLAIN", "answers", "blockers", "concerns", "facts", "stored"]


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:
    yield from allowable.common(entity)
    yield from allowable.against_simple(entity, on=on)
