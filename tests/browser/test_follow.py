"""From the page of what one follows to the change in the feed, on a phone and on a desk."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import expect

from hongdun.exchange.actions import snapshots
from tests.browser.conftest import apart, press
from tests.exchange.builders import deliver
from tests.org.builders import enter
from tests.parties.builders import an_applicant
from tests.register.builders import changed, founded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from tests.browser.conftest import OpenPage

REFUSED = "Failed to load resource"  # what the browser says of a form that comes back with 422
WIDTHS = pytest.mark.parametrize("width", [375, 1280])


@WIDTHS
def test_following_an_entity_and_reading_the_feed(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    entity = founded()
    deliver()
    client = Client()
    enter(client, an_applicant())
    page = page_at(width, seat=client, expected=(REFUSED,))
    page.goto(f"/follow/?entity={entity.uscc}")
    axe(page)
    press(page.get_by_role("button", name="关注这家企业"))
    expect(page.get_by_text("已关注“南宁邕江红豆商贸有限公司”")).to_be_visible()
    page.get_by_label("含有这些字").fill("红")
    press(page.get_by_role("button", name="关注这些字"))
    page.locator(".govuk-error-summary:focus").wait_for()
    axe(page)
    page.get_by_label("含有这些字").fill("绿豆 南宁")
    press(page.get_by_role("button", name="关注这些字"))
    changed(entity, date(2020, 1, 1), name="南宁邕江绿豆商贸有限公司")
    deliver()
    page.reload()
    expect(page.get_by_text("变更登记：名称")).to_be_visible()
    expect(page.get_by_text("关注：南宁邕江红豆商贸有限公司、绿豆 南宁")).to_be_visible()
    axe(page)
    address = urlsplit(str(page.get_by_role("link", name="/follow/feed/").get_attribute("href"))).path
    feed = page.request.get(address)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "南宁邕江绿豆商贸有限公司：变更登记：名称" in feed.text()
    press(page.get_by_role("button", name=re.compile("停止关注.*绿豆")))
    expect(page.get_by_role("button", name="停止关注")).to_have_count(1)


@WIDTHS
def test_registering_a_webhook(page_at: OpenPage, axe: Callable[[Page], None], width: int) -> None:
    client = Client()
    enter(client, an_applicant())
    page = page_at(width, seat=client, expected=(REFUSED,))
    page.goto("/follow/webhooks/")
    axe(page)
    page.get_by_label("网址").fill("http://example.cn/")
    press(page.get_by_role("button", name="登记这个地址"))
    page.locator(".govuk-error-summary:focus").wait_for()
    axe(page)
    page.get_by_label("网址").fill(
        "https://example.cn/a-rather-long-path-for-a-narrow-screen/hear-what-changes"
    )
    press(page.get_by_role("button", name="登记这个地址"))
    page.get_by_text("显示密钥").click()
    expect(page.get_by_text("whsec_")).to_be_visible()
    axe(page)


@WIDTHS
def test_open_data_is_for_everybody(
    page_at: OpenPage, axe: Callable[[Page], None], width: int, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.OPEN_DATA = tmp_path / "open-data"
    page = page_at(width)
    page.goto("/open-data/")
    expect(page.get_by_text("还没有快照")).to_be_visible()
    founded()
    deliver()
    apart(snapshots.make)
    page.goto("/open-data/")
    axe(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name=".csv.zst").first.click()
    assert downloading.value.suggested_filename.startswith("entities-")
