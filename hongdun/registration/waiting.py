"""How the queue at a counter stands: who was called where, how many wait, and about how long."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.registration.models import Ticket

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

SHOWN = 6  # numbers on the screen
LOOKED_AT = 12  # calls that the estimate rests on
FIRST_GUESS = 6.0  # minutes for one person, as long as fewer than two were called
LONGEST = 30.0  # a longer pause between calls is a break, not a person


@dataclass(frozen=True, slots=True)
class Queue:
    called: Sequence[Ticket]
    waiting: int
    minutes: int  # for whoever takes a number now


def queue(organ: int) -> Queue:
    today = Ticket.objects.filter(organ=organ, day=clock.today())
    recent = list(today.filter(called__isnull=False).order_by("-called")[:LOOKED_AT])
    waiting = today.filter(called=None).count()
    return Queue(recent[:SHOWN], waiting, round(waiting * pace([t.called for t in recent if t.called])))


def pace(moments: Sequence[datetime]) -> float:
    """Minutes between one call and the next, of all windows together, newest first; breaks left out."""
    gaps = [(later - earlier).total_seconds() / 60 for later, earlier in itertools.pairwise(moments)]
    counted = [gap for gap in gaps if gap <= LONGEST]
    return sum(counted) / len(counted) if counted else FIRST_GUESS


def ahead_of(ticket: Ticket) -> int:
    return Ticket.objects.filter(
        organ=ticket.organ, day=ticket.day, called=None, number__lt=ticket.number
    ).count()
