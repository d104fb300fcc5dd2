"""What a command desk keeps, as its pages show it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.lib import organs
from hongdun.org.models import Organ, Post
from hongdun.statistics.models import Dispatch, Duty, MajorEvent

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor

SHOWN = 20
DAYS = timedelta(days=31)


def on_duty(actor: Actor) -> list[tuple[Duty, str]]:
    """Today's roster of the organ and those below, each with the organ's name; leaders first."""
    found = Duty.objects.filter(organ__range=actor.range, day=clock.today()).select_related("officer")
    rows = list(found.order_by("organ", "-kind", "id"))
    names = _names({row.organ for row in rows})
    return [(row, names[row.organ]) for row in rows]


def roster(actor: Actor) -> list[Duty]:
    today = clock.today()
    found = Duty.objects.filter(organ=actor.organ or 0, day__range=(today, today + DAYS))
    return list(found.select_related("officer").order_by("day", "-kind", "id"))


def candidates(actor: Actor) -> list[tuple[UUID, str]]:
    """Who may be put on duty: whoever holds a post of the organ or below it."""
    held = (
        Post.objects.on(clock.today())
        .filter(organ__code__range=actor.range)
        .select_related("officer", "organ")
    )
    named = {
        post.officer_id: f"{post.officer.name}（{post.organ.short}）"
        for post in held.order_by("organ__code", "id")[:500]
    }
    return list(named.items())


def inbox(actor: Actor) -> list[tuple[Dispatch, str]]:
    """What came from above, the unread first."""
    found = Dispatch.objects.filter(recipient=actor.organ or 0).order_by("-at")[:SHOWN]
    names = _names({row.organ for row in found})
    return [(row, names[row.organ]) for row in sorted(found, key=lambda row: row.read is not None)]


def sent(actor: Actor) -> list[tuple[Dispatch, str]]:
    found = list(Dispatch.objects.filter(organ=actor.organ or 0).order_by("-at", "recipient")[: 3 * SHOWN])
    names = _names({row.recipient for row in found})
    return [(row, names[row.recipient]) for row in found]


def below(actor: Actor) -> list[tuple[int, str]]:
    """Organs that a message or a case may go down to: the next level."""
    found = Organ.objects.on(clock.today()).filter(parent=actor.organ).order_by("code")
    return list(found.values_list("code", "short"))


def events(actor: Actor) -> list[MajorEvent]:
    """Those of the organ and of all above it that are on today."""
    above = organs.ancestors(actor.organ) if actor.organ else ()
    return list(MajorEvent.objects.on(clock.today()).filter(organ__in=above).order_by("organ", "first", "id"))


def coming(actor: Actor) -> list[MajorEvent]:
    """The organ's own, running and to come."""
    found = MajorEvent.objects.filter(organ=actor.organ or 0, last__gte=clock.today(), ended=None)
    return list(found.order_by("first", "id"))


def _names(codes: set[int]) -> dict[int, str]:
    return dict(Organ.objects.filter(code__in=codes).values_list("code", "short"))
