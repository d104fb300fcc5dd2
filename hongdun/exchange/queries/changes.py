"""Reading the public feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min

from hongdun.exchange.models import Change
from hongdun.lib import changes


@dataclass(frozen=True, slots=True)
class Extent:
    """Oldest and newest position that are kept; both 0 before the first change."""

    oldest: int
    newest: int

    def lost(self, after: int) -> bool:
        """Whether something that follows `after` is no longer kept."""
        return after + 1 < self.oldest

    def ahead(self, after: int) -> bool:
        """Whether `after` was never given out here: another instance's number, or one from before a restore."""
        return after > self.newest


def extent() -> Extent:
    found = Change.objects.aggregate(oldest=Min("position"), newest=Max("position"))
    return Extent(found["oldest"] or 0, found["newest"] or 0)


def head() -> int:
    return extent().newest


def page(after: int, limit: int) -> list[Change]:
    return list(Change.objects.filter(position__gt=after).order_by("position")[:limit])


def of_entity(uscc: str, limit: int = 100) -> list[Change]:
    """The entity's changes, newest first."""
    return list(Change.objects.filter(uscc=uscc).order_by("-position")[:limit])


def as_json(change: Change) -> dict[str, Any]:
    return changes.Row(*(getattr(change, name) for name in changes.Row._fields)).as_json()
