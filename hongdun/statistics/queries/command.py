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
    from hongdun.consumer.queries.scoring import Score

LIVE = 12
LOOKED_AT = 60
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
class Counted:
    """What there is, by the organ where it is."""

    open: Counter[int]
    overdue: Counter[int]
    received: Counter[int]
    duty: Counter[int]

    def place(self, organ: int, name: str, span: tuple[int, int], most: int) -> Place:
        found = _within(self.open, span)
        return Place(
            organ, name, found, _within(self.overdue, span), _within(self.received, span),
            _within(self.duty, span), _step(found, most),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    task: Task
    shown: Shown
    urgency: tuple[str, ...]
    proposal: Proposal | None


def places(actor: Actor) -> list[Place]:
    """The actor's own organ with what waits there, then each direct subordinate with everything below it."""
    own = Organ.objects.get(code=actor.organ or 0)
    below = list(Organ.objects.on(clock.today()).filter(parent=own.code).order_by("code"))
    counted = Counted(
        open=_tasks(actor), overdue=_tasks(actor, late=True), received=_received(actor),
        duty=Counter(post.organ_id for post in on_duty(actor)),
    )  # fmt: skip
    most = max((_below(counted.open, each.code) for each in below), default=0)
    rows = [(own.code, f"{own.short}本级", (own.code, own.code))]
    rows += [(each.code, each.short, organs.scope(each.code)) for each in below]
    return [counted.place(code, name, span, most) for code, name, span in rows]


def live(actor: Actor) -> list[Waiting]:
    """The tasks that can't wait: the urgent, whenever due, and the soonest due; the most points first."""
    waiting = Task.objects.in_scope(actor).waiting().filter(case__procedure_code__startswith="consumer.")
    ordered = waiting.select_related("case", "case__matter").order_by("due", "id")
    urgent = ordered.exclude(case__matter__urgency=[])[:LOOKED_AT]
    tasks = {task.pk: task for task in (*urgent, *ordered[:LOOKED_AT])}
    scored = [(wording.urgency(task.case.matter), task) for task in tasks.values()]
    scored.sort(key=lambda one: -one[0].points)
    return [_waiting(task, score, actor) for score, task in scored[:LIVE]]


def alarms(actor: Actor) -> QuerySet[Task]:
    open_ = Task.objects.in_scope(actor).waiting().filter(case__procedure_code=CODE)
    return open_.select_related("case").order_by("-opened")


def on_duty(actor: Actor) -> list[Post]:
    lo, hi = actor.range
    held = Post.objects.on(clock.today()).filter(role__in=ON_DUTY_ROLES, organ__code__range=(lo, hi))
    return list(held.select_related("officer", "organ").order_by("organ__code", "role"))


def _waiting(task: Task, score: Score, actor: Actor) -> Waiting:
    may_send = task.step == SENT and case_queries.may_do(actor, task, task.case)
    best = (
        next((each for each in dispatch.proposals(task.case) if each.is_proposed), None) if may_send else None
    )
    return Waiting(task, case_queries.shown_task(task, clock.today()), score.reasons, best)


def _received(actor: Actor) -> Counter[int]:
    today = Matter.objects.filter(received=clock.today(), case__organ__range=actor.range)
    return Counter(dict(today.values_list("case__organ").annotate(n=Count("case"))))


def _tasks(actor: Actor, *, late: bool = False) -> Counter[int]:
    """Open cases by the organ where they wait; a case with two open tasks in one organ counts once."""
    wanted = Q(due__lt=clock.today()) if late else Q()
    open_ = (
        Task.objects.in_scope(actor).waiting().filter(wanted, case__procedure_code__startswith="consumer.")
    )
    return Counter(dict(open_.values_list("organ").annotate(n=Count("case", distinct=True))))


def _below(counted: Counter[int], code: int) -> int:
    return _within(counted, organs.scope(code))


def _within(counted: Counter[int], span: tuple[int, int]) -> int:
    return sum(n for organ, n in counted.items() if span[0] <= organ <= span[1])


def _step(count: int, most: int) -> int:
    return min(-(-4 * count // most), 4) if most else 0
