"""An applicant makes a key for the API, uses it and has it no more: on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.browser.conftest import press
from tests.org.builders import enter
from tests.parties.builders import an_applicant
from tests.register.builders import founded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [375, 1280])
def test_a_key_is_shown_once_works_and_ends(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    entity = founded()
    seat = Client()
    enter(seat, an_applicant(1))
    page = page_at(width, seat=seat)
    page.goto("/account/keys/")
    axe(page)
    page.get_by_label("用途").fill("进货查验系统")
    press(page.get_by_role("button", name="建立密钥"))
    secret = page.locator(".hd-secret").inner_text()
    axe(page)
    address, bearer = f"/api/v1/entities/{entity.uscc}", {"Authorization": f"Bearer {secret}"}
    assert page.request.get(address, headers=bearer).status == 200
    wrong = page.request.get(address, headers={"Authorization": f"Bearer {secret[:-1]}"})
    assert wrong.status == 401
    press(page.get_by_role("link", name="已经保存"))
    assert secret not in page.content()
    press(page.get_by_role("link", name="进货查验系统"))
    axe(page)
