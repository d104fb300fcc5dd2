"""The counts that outbreaks are looked for in: complaints and reports by merchant, brand, class, county, class in a county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from hongdun.consumer.models import Kind, Matter
from hongdun.lib import organs, outbreaks
from hongdun.lib.complaints.classes import classes, label
from hongdun.lib.outbreaks import BASELINE, GUARD, Counts, Period, Watch
from hongdun.org.models import Organ
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

COUNTED = (Kind.COMPLAINT, Kind.REPORT)
MOST_CASES = 200
_IN = "@"  # class @ county


class Counted(NamedTuple):
    """How many complaints and reports came in on a day that have these values in common."""

    day: date
    entity: UUID | None
    brand: str
    object_class: str
    organ: int
    items: int

    @property
    def county(self) -> str:
        county = organs.county_of(self.organ)
        return str(county) if county else ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a stream of it is called in words, which one a matter belongs to, how many there are."""

    name: str
    stream: Callable[[Counted], str]
    words: Callable[[str], str]
    streams: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Found:
    """An alarm with what it is of in words, whose it is, and the cases behind it."""

    dimension: str
    stream: str
    label: str
    organ: int
    alarm: outbreaks.Alarm[str]
    cases: tuple[UUID, ...]


def look(day: date) -> list[Found]:
    """Every stream of the region on this day, the most improbable first; today by what has come in so far."""
    items = counted(day)
    streams = {name: each.streams() for name, each in DIMENSIONS.items()}
    budgets = outbreaks.daily_budgets(streams)
    alarms = [
        (alarm, name)
        for name, dimension in DIMENSIONS.items()
        for alarm in Watch(_counts(dimension, items), day, streams[name], budgets[name]).alarms()
    ]
    alarms.sort(key=lambda one: one[0].probability)
    return [_found(name, alarm) for alarm, name in alarms]


def _counts(dimension: Dimension, items: list[Counted]) -> Counts[str]:
    return Counts((each.day, dimension.stream(each) or None, each.items) for each in items)


def counted(day: date) -> list[Counted]:
    first = day - timedelta(days=BASELINE + GUARD)
    rows = Matter.objects.filter(kind__in=COUNTED, received__range=(first, day))
    columns = rows.values_list("received", "entity", "brand", "object_class", "case__organ")
    return [Counted(*row) for row in columns.annotate(n=Count("case"))]


def _cell(item: Counted) -> str:
    return f"{item.object_class}{_IN}{item.county}" if item.object_class and item.county else ""


def _entities() -> int:
    return Entity.objects.filter(pk__in=Matter.objects.filter(entity__isnull=False).values("entity")).count()


def _brands() -> int:
    return Matter.objects.exclude(brand="").values("brand").distinct().count()


def _counties() -> int:
    return Organ.objects.filter(level=organs.COUNTY).count()


def _entity_name(stream: str) -> str:
    return Entity.objects.filter(pk=stream).values_list("name", flat=True).first() or stream


def _class_label(stream: str) -> str:
    return label("object", stream) if stream in classes("object") else stream


def _county_name(stream: str) -> str:
    return Organ.objects.get(code=int(stream)).short


def _cell_words(stream: str) -> str:
    goods, _, county = stream.partition(_IN)
    return f"{_county_name(county)}的{_class_label(goods)}"


DIMENSIONS = {
    "entity": Dimension(
        "经营者", lambda each: str(each.entity) if each.entity else "", _entity_name, _entities
    ),
    "brand": Dimension("品牌", lambda each: each.brand, lambda stream: stream, _brands),
    "cell": Dimension("县区的一类商品服务", _cell, _cell_words, lambda: _counties() * len(classes("object"))),
    "object": Dimension(
        "商品服务类别", lambda each: each.object_class, _class_label, lambda: len(classes("object"))
    ),
    "county": Dimension("县区", lambda each: each.county, _county_name, _counties),
}


def _found(dimension: str, alarm: outbreaks.Alarm[str]) -> Found:
    matters = _behind(dimension, alarm)
    cases = tuple(matters.order_by("case").values_list("case_id", flat=True)[:MOST_CASES])
    places = set(matters.values_list("case__organ", flat=True))
    words = DIMENSIONS[dimension].words(alarm.stream)
    return Found(dimension, alarm.stream, words, common(places), alarm, cases)


def _behind(dimension: str, alarm: outbreaks.Alarm[str]) -> QuerySet[Matter]:
    period = Period.before(alarm.day, alarm.days)
    matters = Matter.objects.filter(kind__in=COUNTED, received__range=(period.first, period.last))
    goods, _, county = alarm.stream.partition(_IN)
    if dimension == "cell":
        return matters.filter(object_class=goods, case__organ__range=organs.scope(int(county)))
    if dimension == "county":
        return matters.filter(case__organ__range=organs.scope(int(alarm.stream)))
    column = "object_class" if dimension == "object" else dimension
    return matters.filter(**{column: alarm.stream})


def explained(found: Found, behind_others: set[UUID]) -> bool:
    """Whether half or more of what is above the expected lies behind other alarms: one event, one case."""
    above = found.alarm.observed - found.alarm.expected
    return 2 * len(behind_others.intersection(found.cases)) >= above


def common(places: set[int]) -> int:
    """The lowest organ above all these places; never a station, for a bureau looks into it."""
    lines = [
        [code for code in organs.ancestors(place) if organs.level(code) < organs.STATION] for place in places
    ]
    shared = set(lines[0]).intersection(*lines[1:])
    return max(shared, key=organs.level)
