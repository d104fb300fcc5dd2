from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from hongdun.outbox.models import Failure, Message, Position

if TYPE_CHECKING:
    from django.db.models import QuerySet


def stream(after_position: int, limit: int) -> QuerySet[Message]:
    """Messages of the actor's range in order of delivery, each with its `place`."""
    placed = Message.objects.filter(place__position__gt=after_position)
    return placed.select_related("place").order_by("place__position")[:limit]


def waiting(topic: str, after: int, upto: int, limit: int) -> QuerySet[Message]:
    placed = Message.objects.filter(topic=topic, place__position__gt=after, place__position__lte=upto)
    return placed.select_related("place").order_by("place__position")[:limit]


def head() -> int:
    """Newest position given, 0 before the first."""
    newest: int | None = Position.objects.aggregate(newest=Max("position"))["newest"]
    return newest or 0


def parked() -> QuerySet[Failure]:
    """Messages set aside, for the administrator's page and /readyz."""
    return Failure.objects.filter(parked_at__isnull=False).order_by("parked_at")
