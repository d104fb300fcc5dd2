"""The command page and the reports as they are looked at: on a wall screen and on a phone, without scripts too."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import clock
from hongdun.base.scope import current, system_scope
from hongdun.statistics.outbreak import actions as outbreaks
from tests.browser.conftest import press
from tests.cases import builders as make
from tests.cases.test_pages import sit
from tests.consumer.builders import CITY, COUNTY, SIBLING, filed, operator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy_city(settings: Any, tmp_path: Path) -> None:
    """Cases in two counties and at the city, one urgent, an outbreak, boundaries of two counties."""
    settings.HONGDUN_HOME = tmp_path
    shapes = [_square(division, west) for division, west in (("450102", 108.0), ("450103", 108.4))]
    (tmp_path / "boundaries.geojson").write_text(json.dumps({"features": shapes}))
    clerk = operator()
    for number in range(30):
        filed(
            clerk,
            on=clock.today() - timedelta(days=2 * number + 8),
            object_class="10501",
            problem_class="quality",
        )
    for organ in (COUNTY, SIBLING):
        county = operator(organ)
        for _ in range(6):
            filed(county, object_class="20501", problem_class="contract")
    filed(clerk, urgency=("injury", "minors"), object_class="20101", problem_class="food_safety")
    with system_scope("测试"):
        assert outbreaks.watch(actor=current())


def _square(division: str, west: float) -> dict[str, Any]:
    ring = [[west, 22.6], [west + 0.4, 22.5], [west + 0.4, 22.9], [west, 23.0], [west, 22.6]]
    return {"properties": {"code": division}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.mark.usefixtures("busy_city")
@pytest.mark.parametrize("width", [375, 1280])
def test_pages_can_be_read_by_everybody(page_at: OpenPage, axe: Callable[[Page], None], width: int) -> None:
    page = page_at(width, javascript=True, seat=sit(make.officer("head", organ=CITY)))
    page.goto("/desk/command/")
    page.locator(".hd-map__chart canvas").first.wait_for()
    assert page.get_by_role("img", name="示意图").is_visible()
    assert page.get_by_role("link", name="投诉热点").first.is_visible()
    axe(page)
    press(page.get_by_role("link", name="大屏显示"))
    page.locator(".hd-dark .hd-map__chart canvas").first.wait_for()
    axe(page)
    press(page.get_by_role("link", name="每月要情"))
    page.get_by_role("heading", name="每月要情").wait_for()
    axe(page)
    page.goto("/desk/reports/")
    page.get_by_role("heading", name="投诉举报最多的商品和服务").wait_for()
    axe(page)


@pytest.mark.usefixtures("busy_city")
def test_a_dispatcher_sends_with_one_press_and_without_a_script(page_at: OpenPage) -> None:
    page = page_at(1280, javascript=False, seat=sit(operator()))
    page.goto("/desk/command/")
    press(page.get_by_role("button", name="分送"))
    assert "已分送" in page.locator("main").inner_text()


@pytest.mark.usefixtures("busy_city")
def test_a_case_is_dragged_onto_the_county_that_is_to_have_it(page_at: OpenPage) -> None:
    page = page_at(1280, javascript=True, seat=sit(operator()))
    page.goto("/desk/command/")
    # All in view: a scroll between press and move would begin the drag at another case.
    page.set_viewport_size({"width": 1280, "height": 3600})
    page.locator(".hd-map__chart canvas").first.wait_for()
    case = page.locator("[data-case][draggable=true]").first
    number = case.get_attribute("data-case")
    case.drag_to(page.locator(f"[data-target='{COUNTY}']"))
    page.get_by_text(f"{number} 已分送").wait_for()
