"""The operator's day: the telephone in its own window fills the page that a case is registered on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from hongdun.base.scope import system_scope
from hongdun.calls.models import Call, CallbackRequest, Outcome
from hongdun.outbox.actions import dispatch, sequence
from tests.browser.conftest import apart, press
from tests.calls.builders import NUMBER, a_request, always_open
from tests.calls.seats import answer, ended_call, ready, seat_of, sit_down, state, talk, trunk
from tests.consumer import builders as build
from tests.consumer.builders import LISI

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from hongdun.cases.models import Case
    from tests.browser.conftest import OpenPage
    from tests.calls.exchange import Exchange

__all__ = ["trunk"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.telephone, pytest.mark.browser]


def tell() -> None:
    sequence()
    while dispatch():
        pass


def phone_window(page: Page, *, name: str = "打开电话窗口") -> Page:
    with page.expect_popup() as opened:
        page.get_by_role("link", name=name).click()
    opened.value.wait_for_load_state("load")
    return opened.value


def test_a_call_fills_the_page_and_outlives_it(exchange: Exchange, page_at: OpenPage) -> None:
    always_open()
    page = page_at(1366, seat=seat_of("clerk"))
    page.goto("/desk/12315/new/")
    phone = phone_window(page)
    ready(phone)
    citizen = exchange.dial("patient")
    answer(phone)
    page.wait_for_function(f"document.querySelector('[name=sender_phone]').value === '{NUMBER}'")
    page.get_by_text("这个号码以前没有").wait_for()
    apart(tell)
    page.fill("[name=sender_name]", "李四")
    page.fill("[name=merchant]", "路边摊")
    page.fill("[name=text]", "缺斤少两，商家不给退款。")
    page.click("main form[data-intake] button[type=submit]")
    page.wait_for_url("**/cases/**")
    page.goto("/desk/calls/")
    talk(phone)
    phone.reload()
    state(phone, "talking")
    talk(phone)
    phone.get_by_role("button", name="挂机").click()
    assert citizen.ends_well()
    call = ended_call(phone)
    apart(tell)
    assert (call.outcome, call.caller) == (Outcome.ANSWERED, NUMBER)
    with system_scope("测试"):
        assert Call.objects.get().case_id, "the case that was registered meanwhile"


def test_who_asked_is_rung_back_from_the_list(exchange: Exchange, trunk: int, page_at: OpenPage) -> None:
    a_request()
    page = page_at(1366, seat=seat_of("clerk"))
    page.goto("/desk/calls/callbacks/")
    citizen = exchange.answer_at(trunk, "leaver")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="回电").click()
    phone = opened.value
    phone.get_by_text("请先置闲或者示忙，随后自动呼出").wait_for()
    sit_down(phone, "示忙")
    state(phone, "talking")
    talk(phone, packets=60)
    assert citizen.ends_well()
    state(phone, "wrap_up")
    call = ended_call(phone, outbound=True)
    assert (call.outcome, call.caller, call.ended_by) == (Outcome.ANSWERED, NUMBER, "caller")
    page.reload()
    page.get_by_text("没有人等待回电").wait_for()
    with system_scope("测试"):
        assert CallbackRequest.objects.get().attempts == 1


def test_ringing_somebody_of_a_case_fills_the_pages_like_their_own_call(
    exchange: Exchange, trunk: int, page_at: OpenPage
) -> None:
    [case] = apart(a_complaint)
    page = page_at(1366, seat=seat_of("clerk"))
    page.goto(f"/cases/{case.number}/")
    form = page.context.new_page()
    form.goto("/desk/12315/new/")
    citizen = exchange.answer_at(trunk, "leaver")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="回电").click()
    phone = opened.value
    sit_down(phone, "示忙")
    page.get_by_text(f"正在呼出：{LISI.phone}").wait_for()
    form.wait_for_function(f"document.querySelector('[name=sender_phone]').value === '{LISI.phone}'")
    form.get_by_role("link", name=case.number).wait_for()
    state(phone, "talking")
    talk(phone, packets=60)
    assert citizen.ends_well()
    page.get_by_text("通话已结束").wait_for()
    call = ended_call(phone, outbound=True)
    assert call.case_id == case.id
    press(page.get_by_role("link", name="登记通话中提出的新事项"))
    expect(page.locator("[name=sender_phone]")).to_have_value(LISI.phone)


def a_complaint() -> list[Case]:
    opened = build.filed(build.operator())
    tell()
    return opened
