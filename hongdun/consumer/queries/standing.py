"""What the public may know of a merchant as a party to complaints: counts of a year, and each published one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from hongdun.base import clock
from hongdun.consumer.publicity.models import OdrMember, Publication
from hongdun.lib.complaints.classes import classes, label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from hongdun.register.models import Entity

YEAR = timedelta(days=365)
NEWEST = 5
SETTLED = ("settled", "odr_settled")
RESULTS = {
    "settled": "双方达成协议",
    "odr_settled": "与经营者先行和解",
    "terminated": "终止调解",
    "withdrawn": "投诉人撤回",
}
# What the section of an entity's page depends on, for the lean lane: `e` is the entity.
CHANGES_WITH = """coalesce((SELECT max(p.changed)::text FROM consumer_publication p WHERE p.entity = e.id), '')
    || '|' || coalesce((SELECT max(m.changed)::text FROM consumer_odrmember m WHERE m.entity = e.id), '')"""


@dataclass(frozen=True, slots=True)
class Item:
    """One published complaint: nothing here tells who complained."""

    closed: Any
    goods: str
    problem: str
    result: str


@dataclass(frozen=True, slots=True)
class Standing:
    count: int  # published in the last year
    before: int  # in the year before it
    settled: int
    by_odr: int
    member: OdrMember | None

    @property
    def rate(self) -> int:
        return round(100 * self.settled / self.count) if self.count else 0

    @property
    def growth(self) -> int:
        return self.count - self.before


def of(entity: UUID) -> Standing:
    today = clock.today()
    last = Q(shown_from__gt=today - YEAR)
    found = Publication.objects.filter(entity=entity, shown_from__gt=today - 2 * YEAR, shown_from__lte=today)
    counted = found.filter(withdrawn=None).aggregate(
        count=Count("id", filter=last),
        before=Count("id", filter=~last),
        settled=Count("id", filter=last & Q(result__in=SETTLED)),
        by_odr=Count("id", filter=last & Q(result="odr_settled")),
    )
    return Standing(**counted, member=member(entity))


def member(entity: UUID) -> OdrMember | None:
    return OdrMember.objects.filter(entity=entity, left=None).first()


def items(entity: UUID, *, first: int = 0, most: int = NEWEST) -> list[Item]:
    shown = Publication.objects.shown(clock.today()).filter(entity=entity).order_by("-shown_from", "-id")
    return list(_items(shown[first : first + most]))


def _items(rows: Iterable[Publication]) -> Iterable[Item]:
    goods, problems = classes("object"), classes("problem")
    for row in rows:
        yield Item(
            row.closed,
            label("object", row.object_class) if row.object_class in goods else "未分类",
            problems[row.problem_class].label if row.problem_class in problems else "未分类",
            RESULTS.get(row.result, "已办结"),
        )


def section(entity: Entity) -> dict[str, Any] | None:
    """For the entity's public page; left out where there is nothing to say, which is told by one statement."""
    if not _is_known(entity.pk):
        return None
    standing, newest = of(entity.pk), items(entity.pk, most=NEWEST + 1)
    if not (standing.count or newest or standing.member):
        return None
    return {
        "standing": standing,
        "items": newest[:NEWEST],
        "count": standing.count or None,
        "page": f"{entity.get_absolute_url()}complaints/" if len(newest) > NEWEST else "",
    }


def _is_known(entity: UUID) -> bool:
    published = Publication.objects.filter(entity=entity).values("entity")
    return published.union(OdrMember.objects.filter(entity=entity).values("entity")).exists()
