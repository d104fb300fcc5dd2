"""Writing the public feed, and letting go of its oldest part."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.exchange.models import Change, Match
from hongdun.exchange.queries import changes as queries
from hongdun.lib import changes

if TYPE_CHECKING:
    from hongdun.outbox.models import Message

# Held to the end of the transaction: whoever sees a position sees all before it.
LOCK = 0x68644348


def append(message: Message) -> Change | None:
    """Enter the public part of a message under the next position; None if it is there already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if Change.objects.filter(message=message.id).exists():
        return None
    body: dict[str, Any] = message.body
    return Change.objects.create(
        position=queries.head() + 1,
        at=message.at,
        topic=message.topic,
        uscc=body.get("uscc", ""),
        name=body.get("name", ""),
        version=body.get("version"),
        facts=changes.facts(message.topic, body),
        message=message.id,
    )


def forget_old() -> int:
    """Drop changes older than the setting says; the newest stays, so that numbering goes on from it."""
    before = now() - timedelta(days=settings.EXCHANGE_CHANGES_DAYS)
    with system_scope("清理公开变更"):
        old = Change.objects.filter(at__lt=before, position__lt=queries.head())
        last = old.order_by("-position").values_list("position", flat=True).first()
        if last is None:
            return 0
        Match.objects.filter(position__lte=last).delete()
        dropped, _ = Change.objects.filter(position__lte=last).delete()
    return dropped
