"""A shop: founded on a phone, registered at the counter by keyboard alone, an enterprise's notice objected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.registration.models import PublicNotice
from hongdun.registration.screening import released
from tests.browser.conftest import apart, arrived, press
from tests.org import builders as org
from tests.registration import shops
from tests.registration.builders import tiny_pdf
from tests.registration.screened import decided, let_rules_decide
from tests.registration.test_simple_cancellation import company

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "Failed to load resource"  # what the browser says of a form that comes back with 422


def go_on(page: Page, axe: Axe) -> None:
    axe(page)
    press(page.locator("main [data-forward]").last)


def sign_up(page: Page, name: str) -> None:
    page.goto("/account/register/")
    for field, value in (("name", name), ("id_number", shops.number(2)), ("phone", "13800000002")):
        page.fill(f"[name={field}]", value)
    page.fill("[name=password]", "yongjiang-2026-shui")
    page.fill("[name=again]", "yongjiang-2026-shui")
    press(page.locator("main button[type=submit]"))


def papers(page: Page) -> None:
    for box in page.locator("input[type=file]").all()[:2]:
        box.set_input_files({"name": "材料.pdf", "mimeType": "application/pdf", "buffer": tiny_pdf()})
    arrived(page, min(2, page.locator("input[type=file]").count()))


def send(page: Page, axe: Axe) -> str:
    press(page.locator("text=核对并提交"))
    go_on(page, axe)
    assert page.locator("h1").inner_text() == "申请已提交"
    return page.locator(".govuk-panel__body strong").inner_text()


def fill_in(phone: Page, axe: Axe) -> str:
    """From the start page to the receipt: the operator's account, a shop without a name."""
    phone.goto("/apply/new/individual_establishment/")
    go_on(phone, axe)
    press(phone.locator("text=经营者"))
    phone.fill("[name=home]", "南宁市青秀区长湖路 18 号")
    go_on(phone, axe)
    phone.select_option("[name=organ]", str(org.QINGXIU))
    go_on(phone, axe)
    phone.select_option("[name=station]", str(org.NANHU_STATION))
    phone.fill("[name=address]", shops.ADDRESS)
    go_on(phone, axe)
    phone.check("[name=chosen][value=餐饮服务]")
    go_on(phone, axe)
    go_on(phone, axe)  # without a name
    papers(phone)
    go_on(phone, axe)
    return send(phone, axe)


def rules_decide() -> None:
    with system_scope("测试"):
        released.load()
    let_rules_decide("individual_establishment")


def decided_by_the_worker(number: str) -> None:
    with system_scope("测试"):
        case = Case.objects.get(number=number)
    assert decided(case).closed


def test_a_shop_on_a_phone_is_decided_by_rules_and_its_licence_downloads(page_at: OpenPage, axe: Axe) -> None:
    apart(rules_decide)
    phone = page_at(375, expected=(REFUSED,))
    sign_up(phone, shops.OPERATOR)
    number = fill_in(phone, axe)
    assert phone.locator("text=正在自动审核").is_visible()
    apart(lambda: decided_by_the_worker(number))
    phone.wait_for_selector("text=营业执照（正本）")  # without being loaded again
    axe(phone)
    licence = phone.locator("a", has_text="营业执照（正本）").get_attribute("href")
    assert phone.request.get(licence or "").body().startswith(b"%PDF")


def test_a_shop_on_a_phone_and_the_station_decides(page_at: OpenPage, axe: Axe) -> None:
    phone = page_at(375, expected=(REFUSED,))
    sign_up(phone, shops.OPERATOR)
    number = fill_in(phone, axe)

    station = page_at(1366, seat=apart(shops.officer))
    station.goto(f"/cases/{number}/decide/")
    axe(station)
    press(station.locator("button[name=outcome][value=register]"))
    phone.goto(f"/my/{number}/")
    axe(phone)
    assert phone.locator("text=营业执照（正本）").is_visible()
    press(phone.locator("main a[href^='/entity/']"))
    press(phone.locator("text=办理它的登记"))
    axe(phone)
    assert phone.locator("text=个体工商户简易注销登记").is_visible()


def typed(page: Page, *texts: str) -> None:
    """Go from field to field with the tabulator, as one who never takes the hands off the keys."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def test_the_counter_by_keyboard_alone(page_at: OpenPage, axe: Axe) -> None:
    page = page_at(1366, seat=apart(shops.officer))
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    page.goto("/desk/counter/individual/new/")
    axe(page)
    typed(page, shops.OPERATOR, shops.number(2), "13800000002", "南宁市青秀区南湖街道长湖路 18 号")
    page.keyboard.press("Tab")  # identity: checked against the original, as preset
    typed(page, shops.ADDRESS)
    page.keyboard.press("Tab")  # no name
    page.keyboard.press("Tab")  # so no undertaking
    page.keyboard.press("Space")  # the first line of business
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/counter/*/")
    axe(page)
    page.locator("#signed").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=打印营业执照（正本）")
    axe(page)
    assert len(loads) == 3


def test_a_creditor_stops_a_simplified_cancellation(page_at: OpenPage, axe: Axe) -> None:
    entity = apart(company)
    owner = page_at(1280, expected=(REFUSED,))
    sign_up(owner, "覃红豆")
    owner.goto(f"/apply/new/simple_cancellation/?uscc={entity.uscc}")
    go_on(owner, axe)
    press(owner.locator("text=办理哪一户"))
    go_on(owner, axe)
    owner.check("[name=undertaking]")
    go_on(owner, axe)
    papers(owner)
    go_on(owner, axe)
    number = send(owner, axe)

    creditor = page_at(375, expected=(REFUSED,))
    creditor.goto("/notices/")
    axe(creditor)
    press(creditor.locator("main .hd-results a"))
    go_on(creditor, axe)  # nothing filled in: told what is missing
    assert creditor.locator(".govuk-error-summary").is_visible()
    creditor.check("[name=capacity][value=creditor]")
    creditor.fill("[name=name]", "黄债主")
    creditor.fill("[name=phone]", "13800000099")
    creditor.fill("[name=text]", "欠货款 3 万元，有欠条")
    go_on(creditor, axe)
    assert creditor.locator("text=已收到您的异议").is_visible()
    axe(creditor)
    owner.goto(f"/my/{number}/")
    axe(owner)
    assert owner.locator("text=不予登记通知书").first.is_visible()
    assert apart(lambda: _outcome(number)) == ("objected", "opposed")


def _outcome(number: str) -> tuple[str, str]:
    with system_scope("测试"):
        return Case.objects.get(number=number).outcome, PublicNotice.objects.get().state
