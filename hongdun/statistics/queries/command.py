"""The command page: what lies open where, what can't wait, who is on duty, what has flared up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from hongdun.base import clock
from hongdun.cases import queries as case_queries
from hongdun.cases.models import Task
from hongdun.consumer.models import Matter
from hongdun.consumer.queries import dispatch, wording
from hongdun.lib import organs
from hongdun.org.models import Organ, Post
from hongdun.statistics.outbreak.actions import CODE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.queries import Shown
    from hongdun.consumer.queries.dispatch import Proposal

LIVE = 12
ON_DUTY_ROLES = ("clerk", "head", "station")
SENT = "route"


@dataclass(frozen=True, slots=True)
class Place:
    """An organ with its open cases; `step` from 0 to 4 colours the map."""

    organ: int
    name: str
    open: int
    overdue: int
    received: int
    duty: int
    step: int


@dataclass(frozen=True, slots=True)
class Waiting:
    task: Task
    shown: Shown
    urgency: tuple[str, ...]
    points: int
    proposal: Proposal | None


def places(actor: Actor) -> list[Place]:
    """The direct subordinates of the actor's organ, or a station itself."""
    own = actor.organ or 0
    below = list(Organ.objects.on(clock.today()).filter(parent=own).order_by("code"))
    shown = below or list(Organ.objects.filter(code=own))
    open_, overdue = _tasks(actor), _tasks(actor, late=True)
    received = Counter(
        dict(
            Matter.objects.filter(received=clock.today(), case__organ__range=actor.range)
            .values_list("case__organ").annotate(n=Count("case"))
        )
    )  # fmt: skip
    duty = Counter(post.organ_id for post in on_duty(actor))
    most = max((_below(open_, each.code) for each in shown), default=0)
    return [
        Place(
            each.code, each.short, _below(open_, each.code), _below(overdue, each.code),
            _below(received, each.code), _below(duty, each.code), _step(_below(open_, each.code), most),
        )
        for each in shown
    ]  # fmt: skip


def live(actor: Actor) -> list[Waiting]:
    """The tasks that can't wait: by urgency, then by the day they are due."""
    waiting = Task.objects.in_scope(actor).waiting().filter(case__procedure_code__startswith="consumer.")
    soonest = list(waiting.select_related("case", "case__matter").order_by("due", "id")[: LIVE * 10])
    found = [_waiting(task, actor) for task in soonest]
    return sorted(found, key=lambda one: -one.points)[:LIVE]


def alarms(actor: Actor) -> QuerySet[Task]:
    open_ = Task.objects.in_scope(actor).waiting().filter(case__procedure_code=CODE)
    return open_.select_related("case").order_by("-opened")


def on_duty(actor: Actor) -> list[Post]:
    lo, hi = actor.range
    held = Post.objects.on(clock.today()).filter(role__in=ON_DUTY_ROLES, organ__code__range=(lo, hi))
    return list(held.select_related("officer", "organ").order_by("organ__code", "role"))


def _waiting(task: Task, actor: Actor) -> Waiting:
    score = wording.urgency(task.case.matter)
    may_send = task.step == SENT and case_queries.may_do(actor, task, task.case)
    best = (
        next((each for each in dispatch.proposals(task.case) if each.is_proposed), None) if may_send else None
    )
    return Waiting(task, case_queries.shown_task(task, clock.today()), score.reasons, score.points, best)


def _tasks(actor: Actor, *, late: bool = False) -> Counter[int]:
    """Open cases by the organ where they wait; a case with two open tasks in one organ counts once."""
    wanted = Q(due__lt=clock.today()) if late else Q()
    open_ = (
        Task.objects.in_scope(actor).waiting().filter(wanted, case__procedure_code__startswith="consumer.")
    )
    return Counter(dict(open_.values_list("organ").annotate(n=Count("case", distinct=True))))


def _below(counted: Counter[int], code: int) -> int:
    lo, hi = organs.scope(code)
    return sum(n for organ, n in counted.items() if lo <= organ <= hi)


def _step(count: int, most: int) -> int:
    return -(-4 * count // most) if most else 0
