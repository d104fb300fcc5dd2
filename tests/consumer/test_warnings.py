"""Half, four fifths, the end: each said once, by day, and the end also to the organ above."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Task
from hongdun.consumer.actions import registers, reminding, warnings
from hongdun.consumer.models import Kind
from hongdun.documents import store
from hongdun.documents.words import SHANGHAI
from hongdun.outbox.models import Message
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import enter

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from hongdun.base.actor import Actor
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


PHONE = "13900002222"


def reachable(actor: Actor, **given: Any) -> None:
    with acting(actor):
        reminding.keep(
            actor=actor, **({"phone": PHONE, "email": "a@example.org", "from_percent": 80} | given)
        )


def told(topic: str, case: Case, organ: int = build.COUNTY, **body: Any) -> list[UUID]:
    with system_scope("测试"):
        return reminding.to_be_told(topic, organ, {"number": case.number} | body)


def test_whoever_the_case_waits_for_is_told_from_the_percent_they_chose() -> None:
    clerk, other = build.operator(build.COUNTY), make.officer("examiner", organ=build.COUNTY)
    for each in (clerk, other):
        reachable(each)
    [case] = build.filed(clerk)
    assert told("consumer.deadline", case, percent=50) == []
    assert told("consumer.deadline", case, percent=80) == [clerk.person]
    assert told("consumer.urged", case) == [clerk.person]
    reachable(clerk, from_percent=50)
    assert told("consumer.deadline", case, percent=50) == [clerk.person]
    above = make.officer("clerk", organ=build.CITY)
    reachable(above)
    assert told("consumer.deadline", case, organ=build.CITY, percent=100) == [above.person]


def test_what_is_sent_names_the_case_and_nobody(
    mailoutbox: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = build.operator(build.COUNTY)
    reachable(clerk)
    [case] = build.filed(clerk)
    assert clerk.person
    body = {"number": case.number, "step": "route", "percent": 80, "due": "2026-12-01"}
    with system_scope("测试"):
        for way in reminding.WAYS:
            reminding.send(clerk.person, way, "consumer.deadline", body)
    texts = [capsys.readouterr().out, mailoutbox[0].body]
    for text in texts:
        assert "“分送”期限已过 80%" in text
        assert not [
            secret for secret in (build.LISI.name, build.LISI.phone, build.SHOP.name) if secret in text
        ]


@pytest.mark.parametrize(
    ("at_day", "hour", "then"),
    [
        (date(2026, 11, 11), 10, (date(2026, 11, 11), 10)),
        (date(2026, 11, 11), 6, (date(2026, 11, 11), 8)),
        (date(2026, 11, 13), 19, (date(2026, 11, 16), 8)),  # Friday night
        (date(2026, 9, 30), 19, (date(2026, 10, 8), 8)),
    ],
)
def test_nobody_is_told_at_night_or_on_holidays(at_day: date, hour: int, then: tuple[date, int]) -> None:
    found = warnings.next_office_time(datetime.combine(at_day, time(hour), SHANGHAI))
    assert found == datetime.combine(then[0], time(then[1]), SHANGHAI)


def test_an_officer_sets_it_on_a_page(client: Client) -> None:
    clerk = build.operator(build.COUNTY)
    enter(client, clerk)
    assert client.post("/desk/12315/reach/", {"phone": "12", "from_percent": "80"}).status_code == 422
    assert client.post("/desk/12315/reach/", {"phone": PHONE, "from_percent": "50"}).status_code == 302
    assert PHONE in client.get("/desk/12315/reach/").content.decode()
