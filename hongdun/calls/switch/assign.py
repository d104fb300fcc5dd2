"""Who takes which call: pure, so that it can be tried on any floor that one can think of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib import organs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    call: str
    organ: int
    skill: str
    priority: int
    since: datetime
    overflow_after: int


@dataclass(frozen=True, slots=True)
class Free:
    operator: UUID
    organ: int
    skills: frozenset[str]
    idle_since: datetime


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Danger, then the old and the young, then who came first. How often somebody calls plays no part."""
    return sorted(waiting, key=lambda each: (each.priority, each.since, each.call))


def may_take(free: Free, waiting: Waiting, at: datetime) -> bool:
    """Skill is needed; the caller's own city answers, and others help out when it has let them wait."""
    if waiting.skill not in free.skills:
        return False
    low, high = organs.scope(waiting.organ)
    patient = (at - waiting.since).total_seconds() < waiting.overflow_after
    return low <= free.organ <= high or not patient


def assign(waiting: Iterable[Waiting], free: Iterable[Free], at: datetime) -> list[tuple[Waiting, Free]]:
    """Pair callers in their order with who has been idle longest; their own city's operators before helpers."""
    left = sorted(free, key=lambda each: (each.idle_since, str(each.operator)))
    pairs = []
    for caller in in_order(waiting):
        able = [each for each in left if may_take(each, caller, at)]
        if not able:
            continue
        low, high = organs.scope(caller.organ)
        chosen = min(able, key=lambda each: not low <= each.organ <= high)
        left.remove(chosen)
        pairs.append((caller, chosen))
    return pairs
