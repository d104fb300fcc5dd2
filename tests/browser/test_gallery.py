from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import gallery
from tests.browser.conftest import fits, late, press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.urls("tests.browser.gallery")
ADDRESSES = ["/", "/list/", "/task/", "/guided/", "/people/", "/error/409/", "/error/500/", "/error/503/"]


@pytest.fixture(autouse=True)
def received(settings: SettingsWrapper) -> Iterator[list[dict[str, str]]]:
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [one | {"DIRS": [*one["DIRS"], folder]} for one in settings.TEMPLATES]
    gallery.received.clear()
    yield gallery.received
    gallery.received.clear()


@pytest.mark.parametrize("width", [375, 1280])
def test_every_page_type_is_accessible(page_at: OpenPage, axe: Callable[[Page], None], width: int) -> None:
    page = page_at(width)
    for address in ADDRESSES:
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("width", [320, 768, 1366])
def test_every_page_type_fits(page_at: OpenPage, width: int) -> None:
    page = page_at(width)
    for address in ADDRESSES:
        page.goto(address)
        fits(page)


def test_a_form_with_errors_leads_to_the_first_field(page_at: OpenPage, axe: Callable[[Page], None]) -> None:
    page = page_at(375)
    page.goto("/guided/")
    page.get_by_label("经营范围").fill("好" * 25)
    expect(page.locator("#id_scope-info + .govuk-character-count__status")).to_contain_text("超出 5 个字")
    press(page.get_by_role("button", name="保存并继续"))
    page.locator(".govuk-error-summary:focus").wait_for()
    axe(page)
    page.get_by_role("link", name="请选择公司类型").click()
    expect(page.locator("#id_kind_0")).to_be_focused()
    expect(page.get_by_label("经营范围")).to_have_value("好" * 25)
    assert page.title().startswith("有错误：")


def test_rows_are_added_without_script(page_at: OpenPage) -> None:
    page = page_at(1280, javascript=False)
    page.goto("/people/")
    page.locator("#id_p-0-name").fill("韦丽华")
    press(page.get_by_role("button", name="增加一位股东"))
    expect(page.locator("fieldset.hd-row")).to_have_count(3)
    expect(page.locator("#id_p-0-name")).to_have_value("韦丽华")
    expect(page.locator(".govuk-error-message")).to_have_count(0)
    press(page.get_by_role("button", name="删去股东 2"))
    expect(page.locator("fieldset.hd-row")).to_have_count(2)


def test_a_double_click_sends_once_and_keeps_the_button(
    page_at: OpenPage, received: list[dict[str, str]]
) -> None:
    page = page_at(1280)
    page.goto("/task/")
    page.get_by_label("审查意见").fill("材料齐全")
    page.get_by_role("button", name="予以登记").dblclick()
    page.wait_for_url("**/list/")
    assert [sent["outcome"] for sent in received] == ["register"]
    page.go_back()
    expect(page.get_by_role("button", name="予以登记")).not_to_have_attribute("aria-disabled", "true")


def test_a_list_is_worked_off_by_keyboard(page_at: OpenPage) -> None:
    page = page_at(1366)
    page.goto("/list/")
    for key in ("j", "j", "k", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("tr.hd-row-now [type=checkbox]")).to_be_checked()
    expect(page.locator("[data-chosen]")).to_have_text("已选 1 件")
    page.keyboard.press("?")
    expect(page.locator("#hd-keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("jx?")
    expect(page.locator("[data-search]")).to_have_value("jx?")
    page.keyboard.press("Escape")
    page.locator("tr.hd-row-now a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/task/?n=2")


def test_rows_are_dense_and_become_cards_on_phones(page_at: OpenPage) -> None:
    desk, phone = page_at(1366), page_at(375)
    desk.goto("/list/")
    row = desk.locator("tr[data-row]").first.bounding_box()
    assert row
    assert row["height"] <= 30
    assert desk.get_by_label("关键字").is_visible()
    phone.goto("/list/")
    expect(phone.get_by_label("关键字")).to_be_hidden()
    phone.locator("summary", has_text="筛选").click()
    expect(phone.get_by_label("关键字")).to_be_visible()


def test_what_is_typed_is_saved_by_itself(page_at: OpenPage, received: list[dict[str, str]]) -> None:
    page = page_at(375)
    page.goto("/guided/")
    page.get_by_label("企业名称").fill("桂香粉店")
    page.locator("[data-autosave-status]", has_text="已自动保存").wait_for()
    assert received[-1]["name"] == "桂香粉店"
    assert "password" not in received[-1]


def test_what_was_typed_before_the_script_ran_is_saved_too(
    page_at: OpenPage, received: list[dict[str, str]]
) -> None:
    page = page_at(375)
    with late(page, "autosave.js"):
        page.goto("/guided/", wait_until="commit")
        page.get_by_label("股份有限公司").check()
    page.locator("[data-autosave-status]", has_text="已自动保存").wait_for()
    assert received[-1]["kind"] == "2"


def test_the_diagram_shows_where_the_case_stands(page_at: OpenPage, axe: Callable[[Page], None]) -> None:
    for width in (375, 1280):
        page = page_at(width)
        page.goto("/record/")
        page.locator("[data-shown]").wait_for()
        expect(page.locator(".djs-element.hd-done")).to_have_count(1)
        expect(page.locator(".hd-bpmn__note")).to_have_text("李壮飞 剩 2 个工作日")
        expect(page.locator("a.bjs-powered-by")).to_be_visible()
        axe(page)
