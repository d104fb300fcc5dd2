"""The counts that outbreaks are looked for in: complaints and reports by merchant, class and county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from hongdun.consumer.models import Kind, Matter
from hongdun.lib import organs, outbreaks
from hongdun.lib.complaints.classes import classes, label
from hongdun.lib.outbreaks import BASELINE, GUARD, Counts, Period, Watch
from hongdun.org.models import Organ
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

COUNTED = (Kind.COMPLAINT, Kind.REPORT)
COLUMNS = {"entity": "entity", "object": "object_class", "county": "case__organ"}
MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An alarm with what it is of in words, whose it is, and the cases behind it."""

    dimension: str
    stream: str
    label: str
    organ: int
    alarm: outbreaks.Alarm[str]
    cases: tuple[UUID, ...]


def look(day: date) -> Iterator[Found]:
    """Every stream of the region on this day; today is judged by what has come in so far."""
    for dimension in COLUMNS:
        counts = _counts(dimension, day)
        share = outbreaks.WEEKLY_BUDGET / 7 / len(COLUMNS)
        for alarm in Watch(counts, day, _streams(dimension), share).alarms():
            yield _found(dimension, alarm)


def _counts(dimension: str, day: date) -> Counts[str]:
    column = COLUMNS[dimension]
    first = day - timedelta(days=BASELINE + GUARD)
    rows = Matter.objects.filter(kind__in=COUNTED, received__range=(first, day))
    counted = rows.values_list("received", column).annotate(n=Count("case"))
    return Counts((received, _stream(dimension, value), count) for received, value, count in counted)


def _stream(dimension: str, value: UUID | int | str | None) -> str | None:
    if dimension == "county" and isinstance(value, int):
        county = organs.county_of(value)
        return str(county) if county else None
    return str(value) if value else None


def _streams(dimension: str) -> int:
    """How many there could be: an alarm of one among many needs a smaller probability."""
    if dimension == "entity":
        return Entity.objects.filter(
            pk__in=Matter.objects.filter(entity__isnull=False).values("entity")
        ).count()
    return (
        len(classes("object")) if dimension == "object" else Organ.objects.filter(level=organs.COUNTY).count()
    )


def _found(dimension: str, alarm: outbreaks.Alarm[str]) -> Found:
    matters = _behind(dimension, alarm)
    cases = tuple(matters.values_list("case_id", flat=True)[:MOST_CASES])
    places = set(matters.values_list("case__organ", flat=True))
    return Found(dimension, alarm.stream, _words(dimension, alarm.stream), common(places), alarm, cases)


def _behind(dimension: str, alarm: outbreaks.Alarm[str]) -> QuerySet[Matter]:
    period = Period.before(alarm.day, alarm.days)
    matters = Matter.objects.filter(kind__in=COUNTED, received__range=(period.first, period.last))
    if dimension == "county":
        return matters.filter(case__organ__range=organs.scope(int(alarm.stream)))
    return matters.filter(**{COLUMNS[dimension]: alarm.stream})


def _words(dimension: str, stream: str) -> str:
    if dimension == "entity":
        return Entity.objects.filter(pk=stream).values_list("name", flat=True).first() or stream
    if dimension == "object":
        return label("object", stream) if stream in classes("object") else stream
    return Organ.objects.get(code=int(stream)).short


def common(places: set[int]) -> int:
    """The lowest organ above all these places; never a station, for a bureau looks into it."""
    lines = [
        [code for code in organs.ancestors(place) if organs.level(code) < organs.STATION] for place in places
    ]
    shared = set(lines[0]).intersection(*lines[1:])
    return max(shared, key=organs.level)
