"""12315 in a browser: heard, found while typed, passed down, mediated, printed, followed and rated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.documents.models import Document
from hongdun.lib.particulars import Domicile
from tests.browser.conftest import apart, press
from tests.org import builders as org
from tests.register.builders import founded, officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)

SHOP = "南宁凤岭电器商贸有限公司"
PHONE = "13800001111"


def seat_of(role: str, organ: int) -> Client:
    def sign_in() -> Client:
        login = f"{role}.{organ}"
        person = org.an_officer(login, name=f"{role}甲", organ=organ)
        org.a_post(person, role)
        client = Client()
        org.sign_in(client, login)
        return client

    return apart(sign_in)


def register_by_keyboard(page: Page, axe: Axe) -> None:
    """No mouse: type, choose from the list with the arrows, send with Enter on the button."""
    page.goto("/desk/12315/new/")
    axe(page)
    page.focus("[name=sender_phone]")
    page.keyboard.type(PHONE)
    page.keyboard.press("Tab")
    page.keyboard.type("李四")
    page.get_by_text("这个号码以前没有").wait_for()
    page.focus("[name=merchant]")
    page.keyboard.type("凤岭电器")
    page.locator("[role=option]").first.wait_for()
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=merchant]")).to_have_value(SHOP)
    page.get_by_text("没有发现重复").wait_for()
    page.focus("[name=text]")
    page.keyboard.type("6月买的空调不制冷，商家不给退款，要求退还 2999 元。")
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/**")
    assert SHOP in page.inner_text("main")
    axe(page)


def take_up(page: Page, axe: Axe, outcome: str, **fields: str) -> None:
    page.goto("/desk/work/")
    press(page.locator("tr", has_text=SHOP).locator("a"))
    axe(page)
    for name, value in fields.items():
        if value == "on":
            page.check(f"[name={name}]")
        elif page.locator(f"[name={name}][value='{value}']").count():
            page.check(f"[name={name}][value='{value}']")
        elif page.locator(f"select[name={name}]").count():
            page.select_option(f"[name={name}]", value)
        else:
            page.fill(f"[name={name}]", value)
    press(page.locator(f"button[name=outcome][value={outcome}]"))
    page.get_by_text("已办好").first.wait_for()


def the_case() -> Case:
    with system_scope("测试"):
        return Case.objects.get(procedure_code="consumer.complaint")


def the_statement() -> Document:
    with system_scope("测试"):
        return Document.objects.get(kind="statement")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_complaint_from_the_call_to_the_rating(page_at: OpenPage, axe: Axe, width: int) -> None:
    apart(
        lambda: founded(
            name=SHOP, domicile=Domicile("南宁市青秀区凤岭路8号", "450103"), actor=officer(org.QINGXIU)
        )
    )
    city = page_at(width, seat=seat_of("clerk", org.NANNING))
    register_by_keyboard(city, axe)
    take_up(city, axe, "send", route_to=str(org.QINGXIU))

    take_up(page_at(width, seat=seat_of("clerk", org.QINGXIU)), axe, "keep")
    examiner = page_at(width, seat=seat_of("examiner", org.QINGXIU))
    take_up(examiner, axe, "accept")
    take_up(examiner, axe, "place", route_to=str(org.NANHU_STATION))

    head = page_at(width, seat=seat_of("head", org.NANHU_STATION))
    mediator_seat = seat_of("station", org.NANHU_STATION)
    mediator = page_at(width, seat=mediator_seat)
    take_up(head, axe, "assign")
    take_up(mediator, axe, "agreed", complainant_agrees="on", merchant_agrees="on")
    take_up(mediator, axe, "arrange", way="site", at="2026年11月30日上午9时30分", place="南湖所调解室")
    take_up(mediator, axe, "agree")
    take_up(mediator, axe, "statement", agreement="商家于2026年12月1日前退还货款 2999 元。", recovered="2999")
    take_up(head, axe, "pass")
    take_up(page_at(width, seat=seat_of("approver", org.QINGXIU)), axe, "close")

    case = apart(the_case)
    assert case.closed
    paper = apart(the_statement)
    assert mediator.request.get(paper.get_absolute_url()).body().startswith(b"%PDF")
    follow(page_at(width), axe, case.number)


def follow(page: Page, axe: Axe, number: str) -> None:
    page.goto("/12315/progress/")
    axe(page)
    page.fill("[name=number]", number)
    page.fill("[name=phone]", PHONE)
    press(page.locator("main button[type=submit]"))
    assert "双方达成协议" in page.inner_text("main")
    axe(page)
    page.check("[name=rating][value='5']")
    press(page.get_by_role("button", name="提交评价"))
    assert "谢谢您的评价" in page.inner_text("main")
    axe(page)
