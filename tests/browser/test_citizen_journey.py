"""The citizen in a browser: a complaint that is also a report, with evidence, found again by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.lib.particulars import Domicile
from tests.browser.conftest import apart, press
from tests.documents.builders import jpeg
from tests.register.builders import founded, officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FilePayload, Page

    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)

SHOP = "南宁凤岭电器商贸有限公司"
PHONE = "13800001111"


def forward(page: Page, axe: Axe) -> None:
    axe(page)
    press(page.locator("main button[data-forward]"))


def begin(page: Page, axe: Axe) -> None:
    page.goto("/")
    press(page.get_by_role("link", name="12315 投诉举报"))
    forward(page, axe)
    page.check("[name=kinds][value=complaint]")
    page.check("[name=kinds][value=report]")
    forward(page, axe)
    page.fill("[name=sender_name]", "李四")
    page.fill("[name=sender_phone]", PHONE)
    page.fill("[name=sender_address]", "南宁市青秀区东葛路9号")
    forward(page, axe)


def tell(page: Page, axe: Axe) -> None:
    page.select_option("[name=sale_division]", "450103")
    forward(page, axe)
    page.fill("[name=text]", "6月买的空调不制冷，商家不给退款。")
    page.fill("[name=report_text]", "店里的空调是翻新机，仓库里还有。")
    page.fill("[name=amount]", "2999")
    forward(page, axe)
    page.check("[name=claims][value=refund]")
    forward(page, axe)
    picture: FilePayload = {"name": "小票.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.set_input_files("[name=evidence]", [picture])
    press(page.get_by_role("button", name="上传并再加几个"))
    assert "小票.jpg" in page.inner_text("main")
    forward(page, axe)
    assert "分成两件" in page.inner_text("main")
    forward(page, axe)


def numbers() -> list[str]:
    with system_scope("测试"):
        return list(Case.objects.order_by("procedure_code").values_list("number", flat=True))


def follow(page: Page, axe: Axe, number: str) -> None:
    press(page.get_by_role("link", name="用编号和手机号查进度"))
    page.fill("[name=number]", number)
    page.fill("[name=phone]", PHONE)
    press(page.locator("main button[type=submit]"))
    axe(page)
    assert "正在分送" in page.inner_text("main")


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, True), (375, False)])
def test_refund_and_it_is_fake(
    page_at: OpenPage, axe: Axe, settings: Any, width: int, *, javascript: bool
) -> None:
    settings.CONSUMER_WEB_CHANNEL = "platform_12315"
    apart(
        lambda: founded(
            name=SHOP, domicile=Domicile("南宁市青秀区凤岭路8号", "450103"), actor=officer(450_103_000)
        )
    )
    page = page_at(width, javascript=javascript)
    look = axe if javascript else _nothing
    begin(page, look)
    if javascript:
        page.locator("[name=merchant]").press_sequentially("凤岭电器")
        page.locator("[role=option]").first.wait_for()
        axe(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("[name=merchant]")).to_have_value(SHOP)
    else:
        page.fill("[name=merchant]", SHOP)
    tell(page, look)
    look(page)
    complaint, report = apart(numbers)
    said = page.inner_text("main")
    assert complaint in said
    assert report in said
    follow(page, look, complaint)


def _nothing(_: Page) -> None:
    """Axe needs JavaScript."""


def test_what_this_site_receives_by_itself_says_what_is_missing(page_at: OpenPage, axe: Axe) -> None:
    page = page_at(375)
    begin(page, axe)
    page.fill("[name=merchant]", SHOP)
    tell(page, axe)
    assert "还差一步" in page.inner_text("main")
    axe(page)
