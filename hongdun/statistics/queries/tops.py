"""What is complained of most: classes of goods and services, problems, merchants."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum

from hongdun.lib import organs
from hongdun.lib.complaints.classes import Axis, classes, label
from hongdun.register.models import Entity
from hongdun.statistics.models import Delta, Summary

if TYPE_CHECKING:
    from hongdun.statistics.queries.periods import Period

SHOWN = 10
AXES: tuple[tuple[Axis, str], ...] = (
    ("object", "投诉举报最多的商品和服务"),
    ("problem", "投诉举报最多的问题"),
)
MERCHANTS = "投诉举报最多的经营者"


@dataclass(frozen=True, slots=True)
class Top:
    label: str
    count: int
    share: int  # percent of the first, for the bar


@dataclass(frozen=True, slots=True)
class Ranking:
    words: str
    tops: tuple[Top, ...]


def rankings(organ: int, period: Period) -> list[Ranking]:
    found = [Ranking(words, tuple(classes_of(axis, organ, period))) for axis, words in AXES]
    return [*found, Ranking(MERCHANTS, tuple(merchants(organ, period)))]


def classes_of(axis: Axis, organ: int, period: Period) -> list[Top]:
    known = classes(axis)
    pairs = _counted(axis, organ, period)
    return _ranked([(label(axis, code) if code in known else code, n) for code, n in pairs])


def merchants(organ: int, period: Period) -> list[Top]:
    pairs = [(UUID(code), n) for code, n in _counted("merchant", organ, period)]
    names = dict(Entity.objects.filter(pk__in=[entity for entity, _ in pairs]).values_list("pk", "name"))
    return _ranked([(names.get(entity, "（登记簿外）"), n) for entity, n in pairs])


def _counted(figure: str, organ: int, period: Period) -> list[tuple[str, int]]:
    """The first of the summary, and all that came since: one that rises from below it appears with the next folding."""
    fresh = Delta.objects.filter(
        folded=False, organ__range=organs.scope(organ), day__range=(period.first, period.last), figure=figure
    )  # fmt: skip
    new = dict(fresh.values_list("code").annotate(sum=Sum("amount")))
    own = Summary.objects.filter(organ=organ, unit=period.unit, first=period.first, figure=figure)
    first = own.order_by("-amount", "code").values_list("code", "amount")[: SHOWN + len(new)]
    counted = Counter(
        {
            code: int(amount)
            for code, amount in (*first, *own.filter(code__in=new).values_list("code", "amount"))
        }
    )
    for code, amount in new.items():
        counted[code] += int(amount)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [(code, n) for code, n in ordered[:SHOWN] if n > 0]


def _ranked(pairs: list[tuple[str, int]]) -> list[Top]:
    most = pairs[0][1] if pairs else 1
    return [Top(words, count, round(100 * count / most)) for words, count in pairs]
