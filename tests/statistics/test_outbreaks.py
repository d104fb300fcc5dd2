from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, current, system_scope
from hongdun.cases.actions import Incomplete, Refused
from hongdun.cases.models import Case
from hongdun.consumer.models import Matter, Urge
from hongdun.library.models import Draft
from hongdun.outbox import HANDLERS
from hongdun.outbox.models import Message
from hongdun.statistics.outbreak import actions, detecting
from tests.cases import builders as make
from tests.cases.test_pages import sit
from tests.consumer.builders import CITY, COUNTY, SHOP, SIBLING, filed, go, operator, reload

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE = "20501"


@pytest.fixture
def usual() -> Actor:
    """A complaint on something every second day for nine weeks, four today."""
    clerk = operator()
    for number in range(36):
        filed(clerk, on=clock.today() - timedelta(days=2 * number + 1), object_class=f"1010{number % 9 + 1}")
    for _ in range(4):
        filed(clerk, object_class="11301")
    return clerk


@pytest.fixture
def outbreak(usual: Actor) -> list[Case]:
    """A dozen today on gyms in two counties."""
    places = (operator(COUNTY), operator(SIBLING))
    return [filed(places[number % 2], object_class=CODE)[0] for number in range(12)]


def watched() -> list[Case]:
    with system_scope("测试"):
        return actions.watch(actor=current())


def test_an_outbreak_becomes_work_of_the_bureau_above_with_a_draft(outbreak: list[Case]) -> None:
    (case,) = [each for each in watched() if each.data["dimension"] == "object"]
    assert case.organ == CITY
    assert case.data["observed"] == len(outbreak)
    assert set(case.data["cases"]) == {str(each.id) for each in outbreak}
    assert "健身" in case.data["draft"]
    head = make.officer("head", organ=CITY)
    assert case.title in sit(head).get("/desk/command/").content.decode()
    page = sit(head).get(case.get_absolute_url()).content.decode()
    assert "消费警示（草稿）" in page
    assert outbreak[0].number in page


def test_one_event_is_one_case_whichever_streams_it_shows_in(outbreak: list[Case]) -> None:
    """The class, and both counties: the least probable is reported, the others follow from it."""
    with system_scope("测试"):
        seen = {found.dimension for found in detecting.look(clock.today())}
    assert {"object", "county"} <= seen
    (case,) = watched()
    assert case.data["dimension"] == "object"
    assert case.data["observed"] == len(outbreak)


def test_what_was_dismissed_explains_nothing(outbreak: list[Case]) -> None:
    case, head = alarm_on_class(), make.officer("head", organ=CITY)
    go(case, "look", "dismiss", head, opinion="同一人重复投诉")
    again = watched()
    assert {each.data["dimension"] for each in again} == {"county"}
    assert sum(each.data["observed"] for each in again) == len(outbreak)


def test_a_brand_of_several_shops_is_seen(usual: Actor) -> None:
    shops = [
        replace(SHOP, name=f"南宁市{place}区好味来餐馆", entity=uuid7()) for place in ("青秀", "兴宁", "江南")
    ]
    for number in range(12):
        filed(usual, merchant=shops[number % 3], object_class=f"1010{number % 9 + 1}")
    (case,) = [each for each in watched() if each.data["dimension"] == "brand"]
    assert (case.data["stream"], case.data["observed"]) == ("好味来", 12)


@pytest.mark.usefixtures("outbreak")
def test_it_is_raised_once_in_the_quiet_days() -> None:
    first = watched()
    assert first
    assert watched() == []


def alarm_on_class() -> Case:
    (case,) = [each for each in watched() if each.data["dimension"] == "object"]
    return case


def test_the_head_supervises_what_is_open_and_the_library_gets_a_draft_once(outbreak: list[Case]) -> None:
    case, head = alarm_on_class(), make.officer("head", organ=CITY)
    due = clock.today() + timedelta(days=3)
    go(case, "look", "act", head, opinion="三日内核实", data={"due": due.isoformat()})
    with system_scope("测试"):
        urges = list(Urge.objects.all())
        message = Message.objects.get(topic="statistics.consumer_warning")
        for _ in range(2):
            HANDLERS["library.draft_warning"].run(message)
        draft = Draft.objects.get()
    assert {urge.case_id for urge in urges} == {each.id for each in outbreak}
    assert {(urge.kind, urge.due) for urge in urges} == {("supervise", due)}
    assert (draft.organ, draft.kind, draft.source, draft.text) == (
        CITY,
        "warning",
        case.number,
        case.data["draft"],
    )
    assert [each.step for each in reload(case).tasks.filter(done=None)] == ["follow"]
    go(case, "follow", "end", head)
    assert reload(case).closed


@pytest.mark.usefixtures("outbreak")
def test_supervising_needs_a_day_and_something_to_supervise() -> None:
    case, head = alarm_on_class(), make.officer("head", organ=CITY)
    with pytest.raises(Incomplete, match="回复期限"):
        go(case, "look", "supervise", head)
    with system_scope("测试"):
        Case.objects.filter(pk__in=case.data["cases"]).update(closed=clock.now())
    with pytest.raises(Refused, match="没有可以督办的案件"):
        go(case, "look", "supervise", head, data={"due": clock.today().isoformat()})
    go(case, "look", "warn", head)
    assert reload(case).closed


def test_without_an_outbreak_there_is_no_work() -> None:
    clerk = operator()
    for number in range(20):
        filed(clerk, on=clock.today() - timedelta(days=3 * number), object_class="10501")
    assert watched() == []
    with acting(clerk):
        assert Matter.objects.count() == 20


def test_the_lowest_bureau_above_all_places() -> None:
    assert detecting.common({COUNTY + 4, COUNTY + 5}) == COUNTY
    assert detecting.common({COUNTY + 4, SIBLING}) == CITY
    assert detecting.common({COUNTY, 450_202_000}) == 450_000_000
