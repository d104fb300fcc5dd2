"""What a supervisor sees of the floor at one glance; nothing here names a caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, F, Q

from hongdun.base.clock import now
from hongdun.calls.models import Call, CallbackRequest, Operator, Outcome, SeatState, Stage
from hongdun.lib import erlang

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

TARGET_SECONDS = 20  # 80 % of the callers within 20 seconds is the usual promise
HISTORY_WEEKS = 4
USUAL_HANDLING = 240.0
WRAP_UP = 60.0  # what a call usually costs after it


def wall(actor: Actor) -> dict[str, Any]:
    at = now()
    return {
        "at": at,
        "waiting": _waiting(actor, at),
        "today": _since(actor, at.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)),
        "hour": _since(actor, at - timedelta(hours=1)),
        "operators": _operators(actor, at),
        "staffing": staffing(actor, at),
        "callbacks": CallbackRequest.objects.filter(organ__range=actor.range, done=None).count(),
    }


def _waiting(actor: Actor, at: datetime) -> dict[str, Any]:
    queued = (
        Call.objects.in_scope(actor.range)
        .live()
        .filter(stage__in=(Stage.QUEUED, Stage.RINGING))
        .order_by("queued")
    )
    times = [since for since in queued.values_list("queued", flat=True) if since]
    longest = (at - times[0]).total_seconds() if times else 0
    return {"count": len(times), "longest": int(longest)}


def _since(actor: Actor, since: datetime) -> dict[str, Any]:
    """Figures of the calls that came since: taken, lost, and how many of those in the queue were soon answered."""
    soon = Q(answered__lte=F("queued") + timedelta(seconds=TARGET_SECONDS))
    found = Call.objects.in_scope(actor.range).filter(arrived__gte=since, outbound=False)
    figures = found.aggregate(
        offered=Count("id"),
        talked=Count("id", filter=Q(answered__isnull=False)),
        soon=Count("id", filter=soon),
        abandoned=Count("id", filter=Q(outcome=Outcome.ABANDONED)),
        satisfaction=Avg("rating"),
        handling=Avg(F("released") - F("answered")),
    )
    decided = figures["talked"] + figures["abandoned"]
    handling = figures.pop("handling")
    return figures | {
        "level": round(100 * figures["soon"] / decided) if decided else None,
        "handling": round(handling.total_seconds()) if handling else None,
    }


def _operators(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    seated = Operator.objects.in_scope(actor.range).exclude(state=SeatState.AWAY).order_by("state", "since")
    return [
        {
            "id": each.id,
            "name": each.name,
            "state": each.state,
            "label": each.get_state_display(),
            "reason": each.get_reason_display() if each.reason else "",
            "seconds": int((at - each.since).total_seconds()),
            "call": each.call_id if each.state == SeatState.TALKING else None,
        }
        for each in seated
    ]


@dataclass(frozen=True, slots=True)
class Staffing:
    hour: datetime
    calls: float
    handling: float
    operators: int


def staffing(actor: Actor, at: datetime, *, hours: int = 3) -> list[Staffing]:
    """Operators needed in this hour and the next ones, going by the same hours of the last weeks (Erlang C)."""
    full = at.replace(minute=0, second=0, microsecond=0)
    plan = []
    for hour in (full + timedelta(hours=ahead) for ahead in range(hours)):
        calls, handling = usual_hour(actor, hour)
        plan.append(Staffing(hour, calls, handling, erlang.agents_needed(calls, handling)))
    return plan


def usual_hour(actor: Actor, at: datetime) -> tuple[float, float]:
    """Calls that usually come in this hour of this weekday, and how long one takes with its after-work."""
    hours = [at - timedelta(weeks=week) for week in range(1, HISTORY_WEEKS + 1)]
    within = Q()
    for hour in hours:
        within |= Q(arrived__gte=hour, arrived__lt=hour + timedelta(hours=1))
    figures = (
        Call.objects.in_scope(actor.range)
        .filter(within, outbound=False, queued__isnull=False)
        .aggregate(calls=Count("id"), handling=Avg(F("released") - F("answered")))
    )
    handling = figures["handling"]
    seconds = handling.total_seconds() + WRAP_UP if handling else USUAL_HANDLING
    return figures["calls"] / HISTORY_WEEKS, seconds
