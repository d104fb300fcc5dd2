"""What came in over ways without legal standing, and waits for a call that makes it a filing (art. 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import channels

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

MOST = 50


def waiting(actor: Actor) -> QuerySet[Contact]:
    """Of this organ, oldest first: neither registered nor followed by a call that was."""
    loose = [
        code
        for code in channels.codes(on=clock.today())
        if not channels.channel(code, on=clock.today()).counts
    ]
    found = Contact.objects.filter(organ=actor.organ or 0, channel__in=loose, matters=None, followed_by=None)
    return found.order_by("received_at")[:MOST]
