"""The work list page by page: constant time however many tasks there are, because every branch is one index scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from hongdun.base import clock
from hongdun.cases.models import Case, Task
from hongdun.law import queries as law
from hongdun.lib import organs
from hongdun.org.models import Officer, Organ

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

PAGE = 50
MOST = 1_000  # counted exactly up to here, "1,000+" beyond
SHOWN_IN_HEAD = 100
SOON = 2  # working days: 黄灯
LAST = "\U0010ffff"
Light = Literal["red", "yellow", "green", "none"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters ask for; empty means everything."""

    q: str = ""
    procedure: str = ""
    below: bool = False
    roles: frozenset[str] = frozenset()
    lights: frozenset[str] = frozenset()
    assignee: Literal["", "me", "absent", "none"] = ""
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows, named by the row beside it."""

    due: date | None
    id: UUID
    back: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Tasks with their case, `organ_name` (the station, if one handles it) and `assignee_name`."""

    tasks: list[Task]
    has_more: bool


def page(actor: Actor, wanted: Wanted, cursor: Cursor | None = None, *, size: int = PAGE) -> Page:
    """One page of tasks in the order asked for; `has_more` in the direction of the cursor."""
    keys = _keys(actor, wanted, cursor, size + 1)
    shown = keys[:size][:: -1 if cursor and cursor.back else 1]
    found = Task.objects.select_related("case").annotate(**_names()).in_bulk(shown)
    return Page([found[key] for key in shown if key in found], len(keys) > size)


def count(actor: Actor, wanted: Wanted) -> int:
    """How many there are, up to one more than MOST."""
    found = _matching(actor, wanted).filter(_scope(actor, wanted))
    if wanted.below and actor.organ and organs.level(actor.organ) == organs.REGION:
        # Without an order the whole table would be read from its oldest rows, all of them done long ago.
        found = found.order_by("due", "id")
    return found[: MOST + 1].count()


def head_count(actor: Actor) -> int:
    """Tasks waiting for this post, up to one more than the head of the page shows; one short index scan."""
    wanted = Wanted()
    return _matching(actor, wanted).filter(_scope(actor, wanted))[: SHOWN_IN_HEAD + 1].count()


def _keys(actor: Actor, wanted: Wanted, cursor: Cursor | None, size: int) -> list[UUID]:
    back = bool(cursor and cursor.back)
    keys: list[UUID] = []
    for place, order in _runs(wanted, cursor, back=back):
        if len(keys) < size:
            keys += _merged(actor, wanted, place, order, size - len(keys))
    return keys


def _runs(wanted: Wanted, cursor: Cursor | None, *, back: bool) -> Iterable[tuple[Q, tuple[str, ...]]]:
    """Stretches of the order, each with a condition that one index serves: dated tasks, then those without a date."""
    sign = "-" if back else ""
    if wanted.newest:
        beyond = Q() if cursor is None else Q(id__gt=cursor.id) if back else Q(id__lt=cursor.id)
        return [(beyond, ("id",) if back else ("-id",))]
    dated, undated = Q(due__isnull=False), Q(due__isnull=True)
    if cursor and cursor.due:
        dated &= _past(cursor, back=back)
    elif cursor:
        undated &= Q(id__lt=cursor.id) if back else Q(id__gt=cursor.id)
    runs = [(dated, (f"{sign}due", f"{sign}id")), (undated, (f"{sign}id",))]
    if cursor and bool(cursor.due) == back:
        # Going on from the second stretch, or back from the first, the other one lies behind.
        runs = runs[:1] if back else runs[1:]
    return runs[::-1] if back else runs


def _past(cursor: Cursor, *, back: bool) -> Q:
    if back:
        return Q(due__lte=cursor.due) & ~Q(due=cursor.due, id__gte=cursor.id)
    return Q(due__gte=cursor.due) & ~Q(due=cursor.due, id__lte=cursor.id)


def _merged(actor: Actor, wanted: Wanted, place: Q, order: tuple[str, ...], size: int) -> list[UUID]:
    """The first rows of every branch, merged; each branch reads at most `size` entries of one index."""
    base = _matching(actor, wanted).filter(place).order_by(*order).values_list("id", "due")
    parts = [base.filter(branch)[:size] for branch in _branches(actor, wanted)]
    if not parts:
        return []
    rows = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True).order_by(*order)[:size]
    return [key for key, _ in rows]


def _branches(actor: Actor, wanted: Wanted) -> list[Q]:
    if actor.organ is None:
        return []
    if not wanted.below:
        roles = wanted.roles or actor.roles
        return [Q(organ=actor.organ, role=role) for role in sorted(roles)]
    role = Q(role__in=sorted(wanted.roles)) if wanted.roles else Q()
    if organs.level(actor.organ) <= organs.CITY:
        # A city is a fourteenth of all tasks or more: the order by date meets enough of them soon.
        return [Q(organ__range=actor.range) & role]
    codes = Organ.objects.in_scope(actor.organ).values_list("code", flat=True)
    return [Q(organ=code) & role for code in codes]


def _scope(actor: Actor, wanted: Wanted) -> Q:
    if wanted.below:
        return Q(organ__range=actor.range) & (Q(role__in=sorted(wanted.roles)) if wanted.roles else Q())
    return Q(organ=actor.organ, role__in=sorted(wanted.roles or actor.roles))


def _matching(actor: Actor, wanted: Wanted) -> QuerySet[Task]:
    tasks = Task.objects.waiting()
    if wanted.assignee == "me":
        tasks = tasks.filter(assignee=actor.person)
    elif wanted.assignee == "absent":
        tasks = tasks.filter(assignee__in=actor.deputises)
    elif wanted.assignee == "none":
        tasks = tasks.filter(assignee__isnull=True)
    elif not wanted.below:
        tasks = tasks.filter(Q(assignee__isnull=True) | Q(assignee__in=actor.hands))
    if wanted.procedure:
        tasks = tasks.filter(case__procedure_code=wanted.procedure)
    if wanted.lights:
        tasks = tasks.filter(_lit(wanted.lights))
    return tasks.filter(_worded(actor, wanted)) if wanted.q else tasks


def _lit(lights: Iterable[str]) -> Q:
    today = clock.today()
    soon = law.calendar().add(today, SOON).date
    conditions = {
        "red": Q(due__lt=today),
        "yellow": Q(due__gte=today, due__lte=soon),
        "green": Q(due__gt=soon),
        "none": Q(due__isnull=True),
    }
    found = Q()
    for light in lights:
        found |= conditions[light]
    return found


def _worded(actor: Actor, wanted: Wanted) -> Q:
    """Words anywhere in one bureau's lists; beginnings only across a city or more, where an index must serve."""
    if wanted.below and actor.organ and organs.level(actor.organ) <= organs.CITY:
        named = Case.objects.in_scope(actor).filter(beginning(wanted.q)).values("id")[: MOST + 1]
        return Q(case__in=named)
    return Q(case__title__contains=wanted.q) | Q(case__number__contains=wanted.q)


def beginning(words: str) -> Q:
    return Q(title__gte=words, title__lt=words + LAST) | Q(number__gte=words, number__lt=words + LAST)


def lights(actor: Actor) -> dict[Light, int]:
    """How many of one's own tasks show each light, each counted up to one more than MOST."""
    kinds: tuple[Light, ...] = ("red", "yellow", "green", "none")
    return {light: count(actor, Wanted(lights=frozenset({light}))) for light in kinds}


def arrived_today(actor: Actor) -> QuerySet[Case]:
    start = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return Case.objects.filter(organ=actor.organ or 0, opened__gte=start).order_by("-opened")


def find_cases(actor: Actor, words: str) -> list[Case]:
    """Cases in range whose number or name begins with these words, newest first; at most one page."""
    return list(Case.objects.in_scope(actor).filter(beginning(words)).order_by("-opened")[:PAGE])


def _names() -> dict[str, Subquery]:
    """Joined in the database: a page of the whole region names as many organs as it has rows."""
    organ = Organ.objects.filter(code=Coalesce(OuterRef("case__station"), OuterRef("organ"))).values("short")
    officer = Officer.objects.filter(id=OuterRef("assignee")).values("name")
    return {"organ_name": Subquery(organ), "assignee_name": Subquery(officer)}
