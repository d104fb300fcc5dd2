"""An officer puts a wrong entry of the register right; creditors read who liquidates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import apart, press
from tests.registration import changes as build
from tests.registration import test_correction as correction
from tests.registration import test_creditors_notices as creditors

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 375])
def test_what_was_entered_wrong_is_proposed_and_shown_beside_what_is_right(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    entity = apart(correction.with_history)
    page = page_at(width, seat=apart(correction.officer))
    page.goto(f"/desk/corrections/new/?uscc={entity.uscc}&on={date(2025, 6, 1)}")
    axe(page)
    page.get_by_label("登记机关录入时打错").check()
    page.get_by_label("依据的材料").fill("2025 年变更档案第 5 页")
    page.get_by_label("住所（经营场所）").fill(correction.RIGHT)
    press(page.get_by_role("button", name="提出更正，报核准"))
    page.wait_for_url("**/cases/**")
    axe(page)
    facts = page.locator("table", has_text="登记簿的记载").inner_text()
    assert correction.WRONG in facts
    assert correction.RIGHT in facts
    assert "2025-03-03 起至 2026-03-01" in facts


@pytest.mark.parametrize("width", [1280, 375])
def test_creditors_read_where_to_go_until_when(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    entity = apart(lambda: creditors.announced(build.agent()))
    page = page_at(width)
    page.goto("/notices/")
    axe(page)
    press(page.get_by_role("link", name=entity.name))
    page.wait_for_url("**/notices/liquidation/**")
    page.get_by_role("link", name=entity.name).wait_for()
    axe(page)
    assert creditors.TYPED["contact"] in page.locator("main").inner_text()
