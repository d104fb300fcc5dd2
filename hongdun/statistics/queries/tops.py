"""What is complained of most: classes of goods and services, problems, merchants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from hongdun.consumer.models import Kind, Matter
from hongdun.lib.complaints.classes import Axis, classes, label
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.statistics.queries.periods import Period

SHOWN = 10
COUNTED = (Kind.COMPLAINT, Kind.REPORT)


@dataclass(frozen=True, slots=True)
class Top:
    label: str
    count: int
    share: int  # percent of the first, for the bar


def classes_of(axis: Axis, period: Period, *, within: tuple[int, int]) -> list[Top]:
    column = f"{axis}_class"
    found = _matters(period, within).exclude(**{column: ""}).values_list(column).annotate(n=Count("case"))
    known = classes(axis)
    pairs = [
        (label(axis, code) if code in known else code, n) for code, n in found.order_by("-n", column)[:SHOWN]
    ]
    return _ranked(pairs)


def merchants(period: Period, *, within: tuple[int, int]) -> list[Top]:
    counted = (
        _matters(period, within).filter(entity__isnull=False).values_list("entity").annotate(n=Count("case"))
    )
    found = list(counted.order_by("-n", "entity")[:SHOWN])
    names = dict(Entity.objects.filter(pk__in=[entity for entity, _ in found]).values_list("pk", "name"))
    return _ranked([(names.get(entity, "（登记簿外）"), n) for entity, n in found])


def _matters(period: Period, within: tuple[int, int]) -> QuerySet[Matter]:
    return Matter.objects.filter(
        kind__in=COUNTED, received__range=(period.first, period.last), case__organ__range=within
    )


def _ranked(pairs: list[tuple[str, int]]) -> list[Top]:
    most = pairs[0][1] if pairs else 1
    return [Top(words, count, round(100 * count / most)) for words, count in pairs]
