"""Finding an enterprise by whatever one remembers, and finding a name that is free: on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from hongdun.base.scope import system_scope
from hongdun.registration.screening import released
from tests.browser.conftest import late, press
from tests.org.builders import enter
from tests.parties.builders import an_applicant
from tests.register.builders import founded
from tests.register.searching import loaded, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [375, 1280])
def test_by_pinyin_with_a_slip_with_filters_page_by_page_and_back(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    loaded(*(row(number, f"南宁红豆{number:02}号商贸有限公司") for number in range(1, 26)))
    loaded(row(30, "柳州绿豆商贸有限公司", organ=450_203_000))
    page = page_at(width)
    page.goto("/search/")
    page.get_by_label("企业名称或统一社会信用代码").fill("hongdou")
    press(page.get_by_role("button", name="搜索"))
    assert "共 25 个" in page.locator("main").inner_text()
    assert "拼音" in page.locator("main").inner_text()
    axe(page)
    press(page.get_by_role("link", name="下一页"))
    page.get_by_text("上一页").wait_for()
    axe(page)
    page.go_back()
    page.get_by_role("link", name="下一页").wait_for()

    page.get_by_label("企业名称或统一社会信用代码").fill("绿逗商贸")
    press(page.get_by_role("button", name="搜索"))
    page.get_by_role("link", name="柳州绿豆商贸有限公司").wait_for()
    axe(page)
    page.goto("/search/?q=商贸&city=4502")
    assert "共 1 个" in page.locator("main").inner_text()
    page.goto("/search/?q=查无此名称")
    axe(page)


@pytest.mark.parametrize("width", [375, 1280])
def test_a_name_is_compared_while_it_is_typed(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    founded(name="南宁红豆商贸有限公司")
    page = page_at(width)
    page.goto("/names/")
    axe(page)
    page.get_by_label("拟用的名称").press_sequentially("南宁红豆有限公司")
    page.get_by_role("heading", name="不能使用").wait_for()
    axe(page)
    page.get_by_label("拟用的名称").fill("南宁虹豆商贸有限公司")
    page.get_by_role("heading", name="可以申报，有近似提示").wait_for()
    page.get_by_label("拟用的名称").fill("南宁红豆有限公司")
    press(page.get_by_role("button", name="比对名称"))
    page.get_by_role("heading", name="这些名称现在可以申报").wait_for()
    axe(page)
    press(page.locator(".hd-name-check a"))
    page.get_by_text("去申报名称").wait_for()


def test_a_name_typed_before_the_script_ran_is_compared(page_at: OpenPage) -> None:
    founded(name="南宁红豆商贸有限公司")
    page = page_at(375)
    with late(page, "names.js"):
        page.goto("/names/", wait_until="commit")
        page.get_by_label("拟用的名称").fill("南宁红豆有限公司")
    page.get_by_role("heading", name="不能使用").wait_for()


@pytest.mark.parametrize("width", [375, 1280])
def test_an_applicant_keeps_a_name(page_at: OpenPage, axe: Callable[[Page], None], width: int) -> None:
    founded(name="南宁虹豆商贸有限公司")
    with system_scope("测试"):
        released.load()
    seat = Client()
    enter(seat, an_applicant(1))
    page = page_at(width, seat=seat, expected=("422",))
    page.goto("/apply/new/name_reservation/")
    axe(page)
    press(page.get_by_role("button", name="开始填写"))
    press(page.get_by_role("link", name="拟用的名称"))
    page.get_by_label("登记机关").select_option(label="南宁市青秀区市场监督管理局")
    page.get_by_role("textbox", name="名称", exact=True).fill("南宁红豆商贸有限公司")
    page.get_by_text("字号读音相同").wait_for()
    expect(page.get_by_role("textbox", name="字号")).to_have_value("红豆")
    press(page.get_by_role("button", name="保存并继续"))
    page.locator(".govuk-error-summary").wait_for()
    axe(page)
    page.get_by_label("承诺因名称").check()
    press(page.get_by_role("button", name="保存并继续"))
    page.goto(page.url.rstrip("/") + "/check/")
    page.get_by_text("字号读音相同").wait_for()
    axe(page)
    press(page.locator("main form button[type=submit]"))
    page.wait_for_url("**/done/")
    axe(page)
    page.goto(page.url.replace("done/", ""))
    page.get_by_text("保留至").first.wait_for()
    axe(page)
