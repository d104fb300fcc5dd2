"""The roster, messages with receipts, major events: who may, what the other level sees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases.actions import Incomplete, NotAllowed, Refused
from hongdun.statistics.actions import desk as deeds
from hongdun.statistics.models import Dispatch, Duty
from hongdun.statistics.queries import command, desk
from tests.cases.test_pages import sit
from tests.consumer.builders import CITY, COUNTY, OTHER_CITY, SIBLING, filed, operator

pytestmark = pytest.mark.django_db
PAGE = "/desk/command/"


def test_a_message_goes_down_and_its_receipt_comes_back() -> None:
    city, county, sibling = operator(), operator(COUNTY), operator(SIBLING)
    given = {"tell-recipients": [COUNTY], "tell-text": "今晚八点前报预付卡排查情况"}
    sit(city).post(f"{PAGE}messages/", given)
    assert given["tell-text"] in sit(county).get(PAGE).content.decode()
    assert given["tell-text"] not in sit(sibling).get(PAGE).content.decode()
    assert "未签收" in sit(city).get(f"{PAGE}messages/").content.decode()
    with system_scope("测试"):
        key = Dispatch.objects.get().pk
    sit(sibling).post(f"{PAGE}messages/{key}/read/")
    sit(city).post(f"{PAGE}messages/{key}/read/")
    with system_scope("测试"):
        assert Dispatch.objects.get().read is None
    sit(county).post(f"{PAGE}messages/{key}/read/")
    assert "已签收" in sit(city).get(f"{PAGE}messages/").content.decode()
    assert given["tell-text"] not in sit(county).get(PAGE).content.decode()


def test_messages_go_down_only_and_say_something() -> None:
    county = operator(COUNTY)
    with acting(county):
        for organ in (CITY, SIBLING, COUNTY, OTHER_CITY):
            with pytest.raises(NotAllowed):
                deeds.tell(recipients=[organ], text="请报", actor=county)
        with pytest.raises(Incomplete):
            deeds.tell(recipients=[], text="请报", actor=county)
        with pytest.raises(Incomplete):
            deeds.tell(recipients=[COUNTY + 4], text=" ", actor=county)


def test_who_is_on_duty_is_seen_at_home_and_above_on_that_day_only() -> None:
    county, today = operator(COUNTY), clock.today()
    given = {
        "duty-day": today.isoformat(),
        "duty-officer": str(county.person),
        "duty-kind": "leader",
        "put": "1",
    }
    for _ in range(2):
        sit(county).post(f"{PAGE}roster/", given)
    for actor in (county, operator(CITY)):
        with acting(actor):
            assert [(each.officer_id, each.kind) for each, _ in desk.on_duty(actor)] == [
                (county.person, "leader")
            ]
            assert sum(place.duty for place in command.places(actor)) == 1
    with acting(operator(SIBLING)) as sibling:
        assert desk.on_duty(sibling) == []
        with pytest.raises(Refused):
            deeds.put_on_duty(officer=county.person, day=today, kind="officer", actor=sibling)
    with acting(county):
        with pytest.raises(Incomplete):
            deeds.put_on_duty(
                officer=county.person, day=today - timedelta(days=1), kind="officer", actor=county
            )
        deeds.put_on_duty(officer=county.person, day=today + timedelta(days=1), kind="officer", actor=county)
        assert len(desk.on_duty(county)) == 1
    with system_scope("测试"):
        key = Duty.objects.get(day=today).pk
    assert "已取消" in sit(county).post(f"{PAGE}roster/", {"take": str(key)}, follow=True).content.decode()
    assert "没有这一项" in sit(county).post(f"{PAGE}roster/", {"take": "x"}, follow=True).content.decode()


def test_a_major_event_puts_what_its_words_fit_first_here_and_below() -> None:
    city, county = operator(), operator(COUNTY)
    (urgent,) = filed(county, urgency=("injury", "minors"))
    (fitting,) = filed(county, text="东盟博览会会场外的餐馆不肯明码标价。")
    page = sit(county).get(PAGE).content.decode()
    assert page.index(urgent.number) < page.index(fitting.number)
    today = clock.today()
    given = {
        "event-name": "东盟博览会", "event-words": "博览会 会展", "event-first": today.isoformat(),
        "event-last": today.isoformat(), "begin": "1",
    }  # fmt: skip
    sit(city).post(f"{PAGE}events/", given)
    page = sit(county).get(PAGE).content.decode()
    assert page.index(fitting.number) < page.index(urgent.number)
    assert "重大活动保障：东盟博览会" in page
    assert "东盟博览会" not in sit(operator(OTHER_CITY)).get(PAGE).content.decode()
    with acting(county):
        (event,) = desk.events(county)
        with pytest.raises(Refused):
            deeds.end_event(event.pk, actor=county)
    sit(city).post(f"{PAGE}events/", {"end": str(event.pk)})
    page = sit(county).get(PAGE).content.decode()
    assert page.index(urgent.number) < page.index(fitting.number)


def test_an_event_lasts_from_its_first_day_to_its_last() -> None:
    city, today = operator(), clock.today()
    with acting(city):
        for first, last in ((today, today), (today + timedelta(days=1), today + timedelta(days=2))):
            deeds.begin_event(name=f"{first}", words="会", first=first, last=last, actor=city)
        assert [event.name for event in desk.events(city)] == [str(today)]
        with pytest.raises(Incomplete):
            deeds.begin_event(
                name="过去", words="会", first=date(2026, 1, 2), last=date(2026, 1, 1), actor=city
            )


def test_the_list_lets_every_subordinate_be_chosen_and_the_part_that_changes_stands_alone() -> None:
    clerk = operator()
    (case,) = filed(clerk, object_class="20101")
    part = sit(clerk).get(f"{PAGE}fresh/").content.decode()
    assert f'data-case="{case.number}"' in part
    assert f'<option value="{SIBLING}">' in part
    assert "堂食餐饮" in part
    assert "<html" not in part
