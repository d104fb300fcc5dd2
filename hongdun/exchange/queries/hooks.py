"""Which webhooks there are, what each is still to be told, and how the telling went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q

from hongdun.base.clock import now
from hongdun.exchange.models import Change, Delivery, Match, Webhook
from hongdun.exchange.queries import changes, follows
from hongdun.lib import canonical

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


def webhooks(person: UUID) -> QuerySet[Webhook]:
    return Webhook.objects.filter(person=person)


def deliveries(webhook: Webhook, limit: int = 50) -> list[Delivery]:
    return list(webhook.deliveries.order_by("-id")[:limit])


def due() -> list[UUID]:
    """Webhooks that may be tried now and have something to be told."""
    matches = Match.objects.filter(person=OuterRef("person"), position__gt=OuterRef("position"))
    waiting = Q(covers=Webhook.Covers.ALL, position__lt=changes.head()) | Q(
        Exists(matches), covers=Webhook.Covers.FOLLOWS
    )
    ready = Webhook.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now()), disabled_at=None)
    return list(
        ready.filter(waiting).order_by(F("retry_at").asc(nulls_first=True)).values_list("id", flat=True)
    )


def next_change(webhook: Webhook) -> Change | None:
    """The first change that has not arrived there."""
    if webhook.covers == Webhook.Covers.ALL:
        return Change.objects.filter(position__gt=webhook.position).order_by("position").first()
    return follows.matched(webhook.person, after=webhook.position).order_by("position").first()


def payload(change: Change) -> dict[str, Any]:
    """Body of a webhook as Standard Webhooks has it."""
    return {"type": change.topic, "timestamp": canonical.instant(change.at), "data": changes.as_json(change)}
