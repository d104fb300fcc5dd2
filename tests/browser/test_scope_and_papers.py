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


def shop_begun() -> tuple[Client, str]:
    client = Client()
    person = {"name": "韦小红", "id_number": apply.number(2), "phone": "13800000002", **PASSWORD}
    client.post("/account/register/", person)
    return client, client.post("/apply/new/individual_establishment/").headers["Location"]


def test_a_shop_keeper_finds_the_trade_by_a_word_on_the_phone(
    page_at: OpenPage, axe: Callable[[Page], None]
) -> None:
    client, draft = apart(shop_begun)
    page = page_at(375, seat=client)
    page.goto(f"{draft}scope/")
    page.get_by_label("日用百货销售").check()
    page.fill("#phrase-words", "水果")
    expect(page.locator("[name=chosen]:visible")).to_have_count(2)  # what is ticked stays in sight
    page.get_by_label("新鲜水果零售").check()
    page.locator("[data-phrase=水果种植]").click()
    expect(page.locator("[name=more]")).to_have_value("水果种植")
    axe(page)
    page.fill("#phrase-words", "")
    expect(page.locator("[name=chosen]:visible").nth(10)).to_be_visible()
    page.click("main [data-forward]")
    page.wait_for_url("**/name/")  # saved: the next page follows
