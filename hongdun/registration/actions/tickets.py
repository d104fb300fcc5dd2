"""Numbers at the counter: taken in order, called in order, each to one window only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, Max

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.registration.models import Ticket

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

TAKING = 0x68645451  # advisory lock; the second key is the organ


def take(*, organ: int) -> Ticket:
    """The next number of the day; the lock keeps two kiosks from giving out the same."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TAKING, organ])
    last = Ticket.objects.filter(organ=organ, day=today).aggregate(Max("number"))["number__max"] or 0
    return Ticket.objects.create(organ=organ, day=today, number=last + 1)


def call_next(*, organ: int, window: str, actor: Actor) -> Ticket | None:
    """Call who has waited longest; None if nobody waits. Two windows never call the same number."""
    waiting = Ticket.objects.filter(organ=organ, day=clock.today(), called=None).order_by("number")
    ticket = waiting.select_for_update(skip_locked=True).first()
    if ticket is None:
        return None
    ticket.called, ticket.window, ticket.calls = clock.now(), window, 1
    ticket.save(update_fields=["called", "window", "calls"])
    audit.record("ticket.called", actor=actor, subject=ticket.pk, organ=organ, window=window)
    return ticket


def call_again(*, organ: int, window: str) -> Ticket | None:
    """Call the number of this window once more."""
    last = Ticket.objects.filter(organ=organ, day=clock.today(), window=window).order_by("-called").first()
    if last is not None:
        Ticket.objects.filter(pk=last.pk).update(calls=F("calls") + 1, called=clock.now())
    return last
