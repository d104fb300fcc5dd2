"""A founder chooses phrases of the scope while typing, and saves papers written from what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.conftest import apart, press
from tests.registration import applications as apply
from tests.registration.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "partnership_establishment"


def begun() -> tuple[Client, str]:
    """A founder whose draft has everything but scope and papers."""
    client = Client()
    person = {"name": "韦小红", "id_number": apply.number(2), "phone": "13800000002", **PASSWORD}
    client.post("/account/register/", person)
    draft = apply.started(client, CODE)
    for topic, typed in apply.APPLICATIONS[CODE].items():
        if topic != "scope":
            client.post(f"{draft}{topic}/", typed)
    return client, draft


@pytest.mark.parametrize("width", [1280, 375])
def test_phrases_are_pressed_and_papers_saved(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    client, draft = apart(begun)
    page = page_at(width, seat=client)
    page.goto(f"{draft}scope/")
    page.fill("#phrase-words", "餐饮")
    page.locator("[data-phrase=餐饮服务]").click()
    page.fill("#phrase-words", "软件开发")
    page.locator("[data-phrase=软件开发]").click()
    expect(page.locator("[name=scope]")).to_have_value("餐饮服务；软件开发")
    axe(page)
    press(page.locator("main [data-forward]"))
    page.goto(f"{draft}scope/")
    assert page.input_value("[name=scope]").startswith("许可项目：餐饮服务")
    assert page.get_by_text("食品经营许可证").is_visible()
    page.goto(f"{draft}papers/")
    assert "许可项目：餐饮服务" in page.input_value("[name=partnership_agreement]")
    axe(page)
    press(page.locator("main [data-forward]"))
    page.goto(f"{draft}papers/")
    assert page.get_by_role("link", name="合伙协议（PDF）").is_visible()
