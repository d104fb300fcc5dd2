"""The command page: what lies open where, what can't wait, who is on duty, what has flared up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from hongdun.base import clock
from hongdun.cases import queries as case_queries
from hongdun.cases.models import Task
from hongdun.consumer.models import Matter
from hongdun.consumer.queries import dispatch, wording
from hongdun.consumer.queries.scoring import Score
from hongdun.lib import organs
from hongdun.org.models import Organ
from hongdun.statistics.outbreak.actions import CODE
from hongdun.statistics.queries import desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.models import TaskQuerySet
    from hongdun.cases.queries import Shown
    from hongdun.consumer.queries.dispatch import Proposal
    from hongdun.statistics.models import MajorEvent

LIVE, SENDABLE = 8, 6
LOOKED_AT = 60
TICKER = 8
SENT = "route"
OF_EVENT = 1000  # before everything that is merely urgent


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
    may_send: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    at: datetime
    kind: str
    what: str
    where: str


def places(actor: Actor) -> list[Place]:
    """The actor's own organ with what waits there, then each direct subordinate with everything below it."""
    own = Organ.objects.get(code=actor.organ or 0)
    below = list(Organ.objects.on(clock.today()).filter(parent=own.code).order_by("code"))
    open_, overdue = _open_cases(actor)
    on_duty = Counter(duty.organ for duty, _ in desk.on_duty(actor))
    counted = Counted(open=open_, overdue=overdue, received=_received(actor), duty=on_duty)
    most = max((_below(counted.open, each.code) for each in below), default=0)
    rows = [(own.code, f"{own.short}本级", (own.code, own.code))]
    rows += [(each.code, each.short, organs.scope(each.code)) for each in below]
    return [counted.place(code, name, span, most) for code, name, span in rows]


def live(
    actor: Actor, events: Sequence[MajorEvent] = (), *, besides: Sequence[Waiting] = ()
) -> list[Waiting]:
    """The tasks that can't wait: of a major event, the urgent, and the soonest due; the most points first."""
    others = _waiting_tasks(actor).exclude(pk__in=[each.task.pk for each in besides])
    return _first(others, actor, events, LIVE)


def to_send(actor: Actor, events: Sequence[MajorEvent] = ()) -> list[Waiting]:
    """What waits to be sent on from the actor's own desk, in the same order."""
    return [each for each in _first(_own_to_send(actor), actor, events, SENDABLE) if each.may_send]


def count_to_send(actor: Actor) -> int:
    return _own_to_send(actor).count()


def _own_to_send(actor: Actor) -> TaskQuerySet:
    return _waiting_tasks(actor).filter(organ=actor.organ or 0, step=SENT)


def _waiting_tasks(actor: Actor) -> TaskQuerySet:
    return Task.objects.in_scope(actor).waiting().filter(case__procedure_code__startswith="consumer.")


def _first(waiting: TaskQuerySet, actor: Actor, events: Sequence[MajorEvent], most: int) -> list[Waiting]:
    soonest = waiting.order_by("due", "id").values_list("pk", flat=True)
    urgent = soonest.filter(case__matter__isnull=False).exclude(case__matter__urgency=[])
    fitting = {key: event for event in events for key in soonest.filter(_fitting(event))[:LOOKED_AT]}
    # What cases and matters say is read of these few only, not of all that were put in order.
    few = [*urgent[:LOOKED_AT], *soonest[:LOOKED_AT], *fitting]
    tasks = Task.objects.filter(pk__in=few).select_related("case", "case__matter").order_by("due", "id")
    scored = [(_score(task, fitting.get(task.pk)), task) for task in tasks]
    scored.sort(key=lambda one: -one[0].points)
    return [_waiting(task, score, actor) for score, task in scored[:most]]


def _score(task: Task, event: MajorEvent | None) -> Score:
    matter = getattr(task.case, "matter", None)  # a call back has none
    own = wording.urgency(matter) if matter else Score(0, ())
    if event is None:
        return own
    return replace(own, points=own.points + OF_EVENT, reasons=(f"保障：{event.name}", *own.reasons))


def alarms(actor: Actor) -> QuerySet[Task]:
    open_ = Task.objects.in_scope(actor).waiting().filter(case__procedure_code=CODE)
    return open_.select_related("case").order_by("-opened")


def ticker(actor: Actor) -> list[Arrived]:
    """What came in last today: of what goods or service, about what, where."""
    today = Matter.objects.filter(received=clock.today(), case__organ__range=actor.range).select_related(
        "case"
    )
    found = list(today.order_by("-pk")[:TICKER])
    names = dict(
        Organ.objects.filter(code__in={each.case.organ for each in found}).values_list("code", "short")
    )
    return [
        Arrived(
            each.case.opened,
            each.get_kind_display(),
            wording.classes(each) or "未分类",
            names[each.case.organ],
        )
        for each in found
    ]


def _fitting(event: MajorEvent) -> Q:
    """Title or words of the case hold one of the event's words."""
    wanted = Q()
    for word in event.words.split():
        wanted |= Q(case__title__icontains=word) | Q(case__data__text__icontains=word)
    return wanted


def _waiting(task: Task, score: Score, actor: Actor) -> Waiting:
    may_send = task.step == SENT and case_queries.may_do(actor, task, task.case)
    best = (
        next((each for each in dispatch.proposals(task.case) if each.is_proposed), None) if may_send else None
    )
    return Waiting(task, case_queries.shown_task(task, clock.today()), score.reasons, best, may_send)


def _received(actor: Actor) -> Counter[int]:
    today = Matter.objects.filter(received=clock.today(), case__organ__range=actor.range)
    return Counter(dict(today.values_list("case__organ").annotate(n=Count("case"))))


def _open_cases(actor: Actor) -> tuple[Counter[int], Counter[int]]:
    """All and the overdue by the organ where they wait; a case with two open tasks in one organ counts once."""
    late = Q(due__lt=clock.today())
    counted = _waiting_tasks(actor).values_list("organ").annotate(
        all=Count("case", distinct=True), late=Count("case", distinct=True, filter=late)
    )  # fmt: skip
    rows = list(counted)
    return Counter({organ: n for organ, n, _ in rows}), Counter({organ: n for organ, _, n in rows})


def _below(counted: Counter[int], code: int) -> int:
    return _within(counted, organs.scope(code))


def _within(counted: Counter[int], span: tuple[int, int]) -> int:
    return sum(n for organ, n in counted.items() if span[0] <= organ <= span[1])


def _step(count: int, most: int) -> int:
    return min(-(-4 * count // most), 4) if most else 0
