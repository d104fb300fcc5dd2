"""Half, four fifths, the end: each said once, by day, and the end also to the organ above."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Task
from hongdun.consumer.actions import registers, warnings
from hongdun.consumer.models import Kind
from hongdun.documents import store
from hongdun.documents.words import SHANGHAI
from hongdun.outbox.models import Message
from tests.consumer import builders as build

if TYPE_CHECKING:
    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
MONDAY = date(2026, 11, 2)


def at(monkeypatch: pytest.MonkeyPatch, day: date, hour: int = 10) -> None:
    moment = datetime.combine(day, time(hour), SHANGHAI)
    monkeypatch.setattr("hongdun.base.clock.now", lambda: moment)
    monkeypatch.setattr("hongdun.base.clock.today", lambda: day)


def said(case: Case) -> list[tuple[int, int]]:
    with system_scope("测试"):
        warnings.warn()
        found = Message.objects.filter(topic="consumer.deadline").order_by("id")
        return [(m.body["percent"], m.organ or 0) for m in found if m.body["number"] == case.number]


def test_each_threshold_is_said_once_and_the_end_also_above(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, MONDAY)
    [case] = build.filed(build.operator(build.COUNTY), on=MONDAY)
    assert case.clock_due == date(2026, 11, 11)
    county, city = build.COUNTY, build.CITY
    assert said(case) == []
    at(monkeypatch, MONDAY + timedelta(days=4))
    assert said(case) == []  # four of nine days
    at(monkeypatch, MONDAY + timedelta(days=7))
    assert said(case) == [(50, county)]
    assert said(case) == [(50, county)]
    at(monkeypatch, MONDAY + timedelta(days=8))
    assert said(case) == [(50, county), (80, county)]
    at(monkeypatch, MONDAY + timedelta(days=9))
    assert sorted(said(case)) == [(50, county), (80, county), (100, city), (100, county)]
    at(monkeypatch, MONDAY + timedelta(days=14))
    assert sorted(said(case))[4:] == [(150, 450_000_000), (150, city), (150, county)]


@pytest.mark.parametrize(
    ("day", "hour"),
    [(date(2026, 11, 11), 7), (date(2026, 11, 11), 18), (date(2026, 11, 14), 10), (date(2026, 10, 1), 10)],
)
def test_never_at_night_at_the_week_end_or_on_a_holiday(
    monkeypatch: pytest.MonkeyPatch, day: date, hour: int
) -> None:
    at(monkeypatch, day, hour)
    assert warnings.warn() == 0
    assert not warnings.is_office_time(datetime.combine(day, time(hour), SHANGHAI))


def test_a_case_that_moved_on_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, MONDAY)
    clerk = build.operator(build.COUNTY)
    [case] = build.filed(clerk, on=MONDAY)
    at(monkeypatch, MONDAY + timedelta(days=7))
    assert said(case)
    build.go(case, "route", "keep", clerk)
    with system_scope("测试"):
        assert Task.objects.waiting().get(case=case).data == {}


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.REPORT])
def test_the_register_form_is_printed_and_seals_the_reporter(kind: Kind) -> None:
    clerk = build.operator(build.COUNTY)
    [case] = build.filed(clerk, kind)
    with acting(clerk):
        paper = registers.print_register(case, actor=clerk)
        assert store.get(paper.sha256).startswith(b"%PDF")
