"""The pages beside the complaint's main way: the day, urging, the merchant's answer, the sealed reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import acting
from hongdun.consumer.actions import beside, merchants
from hongdun.consumer.models import Kind
from tests.browser.conftest import apart, press
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import enter

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from playwright.sync_api import Page

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "Failed to load resource"


def prepared() -> tuple[Actor, Case, Case]:
    """A complaint that a station officer has to ask both sides about, urged from above; and a report beside it."""
    clerk, examiner = build.operator(build.COUNTY), make.officer("examiner", organ=build.COUNTY)
    head, lead = (make.officer(role, organ=build.STATION) for role in ("head", "station"))
    complaint, report = build.filed(clerk, Kind.COMPLAINT, Kind.REPORT, urgency=("elderly",))
    build.go(complaint, "route", "keep", clerk)
    build.go(complaint, "accept", "accept", examiner)
    build.go(complaint, "place", "place", examiner, data={"route_to": str(build.STATION)})
    build.go(complaint, "assign", "assign", head, data={"lead": str(lead.person)})
    with acting(clerk):
        beside.urge(build.reload(complaint), words="投诉人来电催问，请尽快联系双方。", actor=clerk)
    return lead, complaint, report


def seat(actor: Actor) -> Client:
    from django.test import Client

    def sit() -> Client:
        client = Client()
        enter(client, actor)
        return client

    return apart(sit)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_a_station_officer_and_of_the_merchant(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    lead, complaint, report = apart(prepared)
    page = page_at(width, expected=(REFUSED,), seat=seat(lead))
    page.goto("/desk/12315/today/")
    axe(page)
    assert "投诉人来电催问" in page.inner_text("main")
    press(page.get_by_role("link", name=complaint.title))
    assert "涉及老年人" in page.inner_text("main")
    axe(page)
    press(page.locator("button[name=outcome][value=agreed]"))
    assert "双方都同意才能调解" in page.inner_text("main")
    axe(page)
    page.goto(f"/desk/12315/more/{complaint.number}/")
    axe(page)
    page.get_by_label("回复").first.fill("已与双方约定周五调解。")
    press(page.get_by_role("button", name="回复"))
    page.get_by_text("已回复。").wait_for()

    shop = page_at(width, expected=(REFUSED,))
    shop.goto(apart(lambda: merchants.address(complaint)))
    axe(shop)
    press(shop.locator("main button[type=submit]"))
    axe(shop)
    shop.check("[name=stance][value=agree]")
    shop.fill("[name=by]", "王经理 13900009999")
    press(shop.locator("main button[type=submit]"))
    shop.get_by_text("已收到您的答复").wait_for()
    axe(shop)

    clerk = page_at(width, seat=seat(apart(lambda: build.operator(build.COUNTY))))
    clerk.goto(f"/desk/12315/reporter/{report.number}/")
    axe(clerk)
    clerk.fill("[name=reason]", "联系举报人补充线索")
    press(clerk.locator("main button[type=submit]"))
    assert "李四" in clerk.inner_text("main")
    axe(clerk)
