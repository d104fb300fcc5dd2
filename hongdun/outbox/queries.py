from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max

from hongdun.base.clock import now
from hongdun.base.models import Heartbeat
from hongdun.outbox.models import Failure, Message, Position

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


SILENCE = {
    "rounds": (timedelta(minutes=1), "消息分发没有心跳"),
    "seal": (timedelta(minutes=5), "审计记录没有按时封存"),
}


def stream(after_position: int, limit: int) -> QuerySet[Message]:
    """Messages of the actor's range in order of delivery, each with its `place`."""
    placed = Message.objects.filter(place__position__gt=after_position)
    return placed.select_related("place").order_by("place__position")[:limit]


def waiting(topics: Collection[str], after: int, upto: int, limit: int) -> QuerySet[Message]:
    placed = Message.objects.filter(topic__in=topics, place__position__gt=after, place__position__lte=upto)
    return placed.select_related("place").order_by("place__position")[:limit]


def head() -> int:
    """Newest position given, 0 before the first."""
    newest: int | None = Position.objects.aggregate(newest=Max("position"))["newest"]
    return newest or 0


def parked() -> QuerySet[Failure]:
    """Messages set aside, for the administrator's page and /readyz."""
    return Failure.objects.filter(parked_at__isnull=False).order_by("parked_at")


def silent() -> str | None:
    """Which rounds of the worker have fallen silent, for /readyz."""
    last = dict(Heartbeat.objects.values_list("name", "at"))
    told = [
        words
        for name, (patience, words) in SILENCE.items()
        if name not in last or now() - last[name] > patience
    ]
    return "；".join(told) + "，请查看 log/worker.log" if told else None


def set_aside() -> str | None:
    """Whether messages wait for somebody to look at them, for /readyz."""
    count = parked().count()
    return f"{count} 条消息多次处理失败，已搁置；请查明原因后重试" if count else None
