from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import fits, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

ADDRESSES = [
    "/",
    "/search/",
    "/search/?q=鑫源",
    "/apply/",
    "/account/login/",
    "/account/register/",
    "/desk/login/",
]


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_before_sign_in_are_accessible(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    page = page_at(width)
    for address in ADDRESSES:
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("width", [320, 1366])
def test_pages_before_sign_in_fit(page_at: OpenPage, width: int) -> None:
    page = page_at(width)
    for address in ADDRESSES:
        page.goto(address)
        fits(page)


@pytest.mark.parametrize("address", ["/account/login/", "/account/register/", "/desk/login/"])
def test_a_form_sent_empty_says_what_is_missing(
    page_at: OpenPage, axe: Callable[[Page], None], address: str
) -> None:
    page = page_at(375)
    page.goto(address)
    press(page.locator("main form button[type=submit]"))
    page.locator(".govuk-error-summary:focus").wait_for()
    axe(page)
