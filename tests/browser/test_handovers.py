"""An administrator sees what a department refused, and sends it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from hongdun.base.scope import system_scope
from hongdun.exchange.actions import handovers
from hongdun.exchange.actions.handovers import Receipt
from hongdun.exchange.queries.handovers import partners
from tests.browser.conftest import fits, press
from tests.exchange.test_handovers import PULLS, told
from tests.org.builders import an_actor, enter
from tests.register.builders import COUNTY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [375, 1280])
def test_what_a_department_refused_is_sent_again(
    page_at: OpenPage,
    axe: Callable[[Page], None],
    width: int,
    settings: SettingsWrapper,
    tmp_path: Path,
) -> None:
    path = tmp_path / "departments.json"
    path.write_text(json.dumps(PULLS))
    settings.EXCHANGE_DEPARTMENTS = str(path)
    entity = told()
    with system_scope("测试"):
        handovers.take_receipt(partners()["tax"], Receipt(frozenset(), {1: "登记类型代码不认识"}))
    seat = Client()
    enter(seat, an_actor("admin", organ=COUNTY, login="watches"))
    page = page_at(width, seat=seat)
    page.goto("/desk/handovers/")
    press(page.get_by_role("link", name="税务机关"))
    expect(page.locator("main")).to_contain_text("登记类型代码不认识")
    axe(page)
    fits(page)
    press(page.get_by_role("button", name=entity.name))
    expect(page.locator("main")).to_contain_text("没有卡住的")
    axe(page)
