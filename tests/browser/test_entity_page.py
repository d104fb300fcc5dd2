"""Look up a company, read its page, take an extract and verify it: on a phone and on a desk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from hongdun.documents import signing
from tests.browser.conftest import apart, press
from tests.portal import builders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [375, 1280])
def test_from_look_up_to_extract(
    page_at: OpenPage, axe: Callable[[Page], None], width: int, tmp_path: Path
) -> None:
    builders.forget_papers()
    entity = builders.well_known()
    page = page_at(width)
    page.goto("/")
    page.get_by_label("企业名称或统一社会信用代码").fill("绿豆 科技")
    press(page.get_by_role("button", name="搜索"))
    press(page.get_by_role("link", name=builders.NAME, exact=True))
    axe(page)
    page.get_by_role("link", name="变更前后").click()
    expect(page).to_have_url(re.compile("#changes$"))

    page.get_by_label("登记日期").fill("2019-01-01")
    press(page.get_by_role("button", name="查看并与现在比较"))
    page.get_by_role("heading", name="2019年1月1日的登记状态").wait_for()
    axe(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="下载登记信息摘录").click()
    paper = tmp_path / "extract.pdf"
    download.value.save_as(paper)
    assert download.value.suggested_filename == f"登记信息摘录-{entity.uscc}-2019-01-01.pdf"
    assert apart(lambda: signing.verify_pdf(paper.read_bytes()).ok)
    page.goto(f"/verify/{builders.number_on(paper.read_bytes())}")
    assert "后来有变化" in page.locator("h1").inner_text()
    axe(page)


def test_a_page_is_shared(page_at: OpenPage) -> None:
    entity = builders.well_known()
    page = page_at(375)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/entity/{entity.uscc}/")
    page.get_by_role("button", name="复制本页网址").click()
    page.get_by_role("button", name="已复制网址").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/entity/{entity.uscc}/")
    page.get_by_text("本页的二维码").click()
    page.locator("img.hd-qr").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img.hd-qr').naturalWidth > 0")


def test_without_script_nothing_is_offered_that_needs_one(page_at: OpenPage) -> None:
    entity = builders.well_known()
    page = page_at(1280, javascript=False)
    page.goto(f"/entity/{entity.uscc}/")
    assert not page.get_by_role("button", name="打印").is_visible()
    assert page.get_by_role("link", name="下载登记信息摘录").is_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_long_lists_and_the_guide_to_the_api_are_accessible(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    entity = builders.ended(builders.well_known())
    builders.branches(entity, 60)
    page = page_at(width, expected=("400",))
    for address in ("", "changes/", "branches/?page=2", "extract.pdf?as_of=x"):
        page.goto(f"/entity/{entity.uscc}/{address}")
        axe(page)
    page.goto("/api/")
    axe(page)
