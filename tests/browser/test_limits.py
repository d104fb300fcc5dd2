"""Who has read much is stopped, earns another allowance by counting, and reads on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.register.builders import founded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(settings: Any) -> str:
    # The day's limit, for a minute may end between two steps.
    settings.ANONYMOUS_PER_MINUTE, settings.ANONYMOUS_PER_DAY, settings.CHALLENGE_BITS = 0, 1, 10
    return f"/entity/{founded().uscc}/"


def test_a_browser_counts_and_goes_on_by_itself(page_at: OpenPage, address: str) -> None:
    page = page_at(375, expected=("429",))
    page.goto(address)
    with page.expect_response(lambda answer: answer.status == 429):
        page.goto(address, wait_until="commit")  # the script may load it anew before it is whole
    page.get_by_role("button", name="打印").wait_for()


@pytest.mark.parametrize("width", [375, 1280])
def test_without_a_script_the_page_says_how_long_to_wait(
    page_at: OpenPage, axe: Callable[[Page], None], address: str, width: int
) -> None:
    page = page_at(width, expected=("429", "ERR_FAILED"))
    page.route("**/proof.js", lambda route: route.abort())
    page.goto(address)
    page.goto(address)
    assert "秒后可以再查" in page.locator("main").inner_text()
    assert page.get_by_role("main").get_by_role("link", name="登录").is_visible()
    axe(page)
