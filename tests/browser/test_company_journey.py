"""The main job in a browser: found, one-time notice, mend, two officers, licence, look-up, QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.documents.codes import Claims, licence_url
from hongdun.lib import residents
from hongdun.register.models import Licence
from tests.browser.conftest import apart, arrived, press
from tests.org import builders as org
from tests.registration.builders import tiny_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "广西邕江数字科技有限公司"
HEAD, OTHER = "黄志强", "韦丽华"
REFUSED = "Failed to load resource"  # what the browser says of a form that comes back with 422


def number(serial: int) -> str:
    body = f"45010319900101{serial:03d}"
    return body + residents.check_character(body)


def go_on(page: Page, axe: Axe) -> None:
    axe(page)
    press(page.locator("main [data-forward]"))


def found(page: Page, axe: Axe) -> None:
    """Register an account and fill in every topic up to sending."""
    page.goto("/account/register/")
    for field, value in (("name", "韦小红"), ("id_number", number(2)), ("phone", "13800000002")):
        page.fill(f"[name={field}]", value)
    page.fill("[name=password]", "yongjiang-2026-shui")
    page.fill("[name=again]", "yongjiang-2026-shui")
    axe(page)
    press(page.locator("main button[type=submit]"))
    page.goto("/apply/")
    axe(page)
    press(page.locator("main >> text=公司设立登记"))
    go_on(page, axe)
    axe(page)
    press(page.locator("text=公司名称和类型"))
    go_on(page, axe)
    assert page.locator(".govuk-error-summary").is_visible()
    fill_name(page, axe)
    fill_place(page, axe)
    fill_capital(page, axe)
    fill_people(page, axe)
    assert page.input_value("[name=charter]").startswith(f"{NAME}章程")
    go_on(page, axe)
    for box in page.locator("input[type=file]").all()[:4]:
        box.set_input_files({"name": "材料.pdf", "mimeType": "application/pdf", "buffer": tiny_pdf()})
    arrived(page, 4)
    go_on(page, axe)
    send(page, axe)


def fill_name(page: Page, axe: Axe) -> None:
    page.fill("[name=name]", NAME)
    page.check("[name=type][value='1130']")
    go_on(page, axe)


def fill_place(page: Page, axe: Axe) -> None:
    page.select_option("[name=organ]", str(org.QINGXIU))
    page.fill("[name=address]", "南宁市青秀区民族大道 100 号")
    page.check("[name=right][value=rented]")
    go_on(page, axe)
    page.select_option("[name=station]", str(org.NANHU_STATION))
    go_on(page, axe)
    page.fill("[name=scope]", "一般项目：软件开发；信息技术咨询服务。")
    go_on(page, axe)


def fill_capital(page: Page, axe: Axe) -> None:
    page.fill("[name=capital]", "50")
    for row, (name, serial, amount) in enumerate(((HEAD, 11, "30"), (OTHER, 29, "20"))):
        if row:
            press(page.locator("[name=holder-add]"))
        page.fill(f"[name=holder-{row}-name]", name)
        page.fill(f"[name=holder-{row}-id_number]", number(serial))
        page.fill(f"[name=holder-{row}-amount]", amount)
        page.fill(f"[name=holder-{row}-deadline]", "2030-01-01")
    go_on(page, axe)


def fill_people(page: Page, axe: Axe) -> None:
    for row, (name, serial) in enumerate(((HEAD, 11), (HEAD, 0), (OTHER, 29), (HEAD, 0))):
        page.fill(f"[name=member-{row}-name]", name)
        if serial:
            page.fill(f"[name=member-{row}-id_number]", number(serial))
    go_on(page, axe)


def send(page: Page, axe: Axe) -> None:
    axe(page)
    press(page.locator("text=核对并提交"))
    go_on(page, axe)
    axe(page)
    assert page.locator("h1").inner_text() == "申请已提交"


def seat_of(role: str) -> Client:
    """An officer of the bureau with this one role, signed in with both factors."""

    def sign_in() -> Client:
        login = f"qx.{role}"
        org.a_post(org.an_officer(login, name=f"{role}甲"), role)
        client = Client()
        org.sign_in(client, login)
        return client

    return apart(sign_in)


def open_row(page: Page) -> None:
    press(page.locator("tr", has_text=NAME).locator("a"))


def take_up(page: Page, axe: Axe, outcome: str) -> None:
    """From the work list to the task, and decide."""
    page.goto("/desk/work/")
    axe(page)
    open_row(page)
    axe(page)
    press(page.locator(f"button[name=outcome][value={outcome}]"))


@pytest.mark.parametrize("width", [1280, 375])
def test_a_company_from_application_to_licence(page_at: OpenPage, axe: Axe, width: int) -> None:
    founder = page_at(width, expected=(REFUSED,))
    found(founder, axe)

    examiner = page_at(width, expected=(REFUSED,), seat=seat_of("examiner"))
    examiner.goto("/desk/")
    axe(examiner)
    examiner.goto("/desk/work/")
    open_row(examiner)
    press(examiner.locator("button[name=outcome][value=return]"))
    assert "一次性告知须列明全部需要补正的内容" in examiner.inner_text("main")
    axe(examiner)
    examiner.fill("[name=more_items]", "章程第二页缺少韦丽华的签名")
    press(examiner.locator("button[name=outcome][value=return]"))

    founder.goto("/my/")
    press(founder.locator(f"text={NAME}"))
    assert "章程第二页缺少韦丽华的签名" in founder.inner_text("main")
    axe(founder)
    press(founder.locator("text=补正并重新提交"))
    send_again(founder, axe)

    take_up(examiner, axe, "pass")
    take_up(page_at(width, seat=seat_of("approver")), axe, "register")
    counter = page_at(width, seat=seat_of("counter"))
    take_up(counter, axe, "issue")
    look_at_case(counter, axe)
    follow(founder, axe)
    look_up(page_at(width), axe)


def send_again(page: Page, axe: Axe) -> None:
    press(page.locator("text=上传材料"))
    page.locator("input[type=file]").nth(2).set_input_files(
        {"name": "章程（签名）.pdf", "mimeType": "application/pdf", "buffer": tiny_pdf()}
    )
    arrived(page, 1)
    go_on(page, axe)
    send(page, axe)


def the_case() -> Case:
    with system_scope("测试"):
        return Case.objects.get(title=NAME)


def the_original() -> Claims:
    """What the QR code of the printed original says."""
    sheet = Licence.objects.get(entity__name=NAME, copy="original")
    return Claims(
        uscc=sheet.entity.uscc, serial=sheet.serial, issued=sheet.issued_on, copy="original",
        version=sheet.version, organ=sheet.organ,
    )  # fmt: skip


def look_at_case(page: Page, axe: Axe) -> None:
    case = apart(the_case)
    assert case.closed
    page.goto(case.get_absolute_url())
    axe(page)
    text = page.inner_text("main")
    assert all(words in text for words in ("退回补正", "重新提交", "予以登记", "归档"))


def follow(page: Page, axe: Axe) -> None:
    page.goto("/my/")
    press(page.locator(f"text={NAME}"))
    axe(page)
    text = page.inner_text("main")
    assert all(
        words in text for words in ("营业执照（正本）", "营业执照（副本）", "登记通知书", "一次性告知书")
    )
    licence = page.locator("a", has_text="营业执照（正本）").get_attribute("href")
    answer = page.request.get(licence or "")
    assert answer.body().startswith(b"%PDF")


def look_up(page: Page, axe: Axe) -> None:
    page.goto("/")
    axe(page)
    page.fill("[name=q]", "邕江数字")
    with page.expect_navigation(wait_until="load"):
        page.press("[name=q]", "Enter")
    axe(page)
    press(page.locator(f"main >> text={NAME}"))
    axe(page)
    assert "50 万元" in page.inner_text("main")
    page.goto(licence_url("", apart(the_original)))
    axe(page)
    assert NAME in page.inner_text("main")
    assert "有效" in page.inner_text("main")
