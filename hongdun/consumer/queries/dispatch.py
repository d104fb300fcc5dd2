"""To whom a case may be passed down, best first; the officer decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from hongdun.base import clock
from hongdun.cases.models import Task
from hongdun.consumer.models import Matter, Skill
from hongdun.consumer.queries import jurisdiction, scoring
from hongdun.lib import organs
from hongdun.org.models import Organ, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongdun.cases.models import Case
    from hongdun.consumer.queries.jurisdiction import Jurisdiction

SKILL = timedelta(days=365)
HANDLES = "station"


@dataclass(frozen=True, slots=True)
class Proposal:
    organ: int
    name: str
    points: int
    reasons: tuple[str, ...]
    is_proposed: bool = False
    is_staffed: bool = True  # somebody there handles consumer matters


def facts_of(case: Case, matter: Matter) -> jurisdiction.Facts:
    return jurisdiction.Facts(
        entity=case.entity,
        platform=matter.platform,
        shows_lawful_address=bool(case.data.get("shows_lawful_address", True)),
        reachable=bool(case.data.get("reachable", True)),
        sale_division=str(case.data.get("sale_division", "")),
    )


def proposals(case: Case) -> list[Proposal]:
    """Every direct subordinate of the organ that has the case; those with the power first, with the reasons."""
    matter = Matter.objects.get(pk=case.pk)
    where = jurisdiction.of(facts_of(case, matter))
    below = list(Organ.objects.on(clock.today()).filter(parent=case.organ).order_by("code"))
    codes = [organ.code for organ in below]
    load, officers, alike = _load(codes), _officers(codes), _closed_alike(codes, matter)
    staffed = {code for code, number in officers.items() if number}
    found = []
    for organ in below:
        power = has_power(organ.code, where)
        score = scoring.fitness(
            has_power=power, open_tasks=load.get(organ.code, 0), officers=officers.get(organ.code, 0),
            closed_alike=alike.get(organ.code, 0),
        )  # fmt: skip
        reasons = (where.reason, *score.reasons[1:]) if power else score.reasons
        found.append(Proposal(organ.code, organ.short, score.points, reasons, power, organ.code in staffed))
    return sorted(found, key=lambda each: (-each.points, each.organ))


def has_power(organ: int, where: Jurisdiction) -> bool:
    """Whether the place lies with this organ; below a county only the station that the register names."""
    target = where.station if organs.level(organ) == organs.STATION else where.county
    return target is not None and organ in organs.ancestors(target)


def _load(codes: list[int]) -> dict[int, int]:
    """What waits for the officers who handle consumer matters, at each of these organs and below it."""
    waiting = Task.objects.waiting().filter(organ__range=_span(codes), role=HANDLES)
    return _below(codes, waiting.order_by().values_list("organ").annotate(n=Count("id")))


def _officers(codes: list[int]) -> dict[int, int]:
    held = Post.objects.on(clock.today()).filter(role=HANDLES, organ__code__range=_span(codes))
    return _below(codes, held.values_list("organ").annotate(n=Count("id")))


def _closed_alike(codes: list[int], matter: Matter) -> dict[int, int]:
    if not matter.object_class:
        return {}
    closed = Skill.objects.filter(
        object_class=matter.object_class, organ__range=_span(codes), month__gt=clock.today() - SKILL
    )
    return _below(codes, closed.values_list("organ").annotate(n=Sum("closed")))


def _span(codes: list[int]) -> tuple[int, int]:
    scopes = [organs.scope(code) for code in codes]
    return min((s.lo for s in scopes), default=0), max((s.hi for s in scopes), default=-1)


def _below(codes: list[int], counted: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each organ's figure is its own and that of everything below it."""
    found = dict(counted)
    scopes = {code: organs.scope(code) for code in codes}
    return {
        code: sum(n for organ, n in found.items() if lo <= organ <= hi) for code, (lo, hi) in scopes.items()
    }
