from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

NOT_FOUND = ("404 (Not Found)",)


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_a_wrong_address_helps_on(page_at: OpenPage, axe: Callable[[Page], None], width: int) -> None:
    page = page_at(width, expected=NOT_FOUND)
    page.goto("/no/such/page/")
    axe(page)
    assert page.get_by_role("heading", level=1).inner_text() == "没有找到这一页"
    assert page.locator(".hd-number").inner_text()


def test_the_first_tab_stop_skips_to_the_content(page_at: OpenPage) -> None:
    page = page_at(1280, expected=NOT_FOUND)
    page.goto("/no/such/page/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
