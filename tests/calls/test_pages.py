"""Every page of the telephones at both widths, as operators, supervisors and administrators have them before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.calls import actions
from hongdun.calls.models import Call, Choice, Hours, Line, Prompt, Queue
from tests.browser.conftest import apart, fits, press
from tests.calls.builders import a_call, a_request, always_open
from tests.calls.seats import seat_of
from tests.org.builders import NANNING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
REFUSED = "Failed to load resource"
SETTINGS = "/desk/calls/settings/"


def laid_down() -> Call:
    always_open()
    a_request()
    call = a_call()
    with system_scope("测试"):
        actions.end(call, by="caller")
        actions.keep_sound(call, b"RIFF sound", seconds=61.5)
        Line.objects.create(number="077112315", organ=NANNING)
        Queue.objects.create(organ=NANNING, skill="complaint")
        Choice.objects.create(organ=NANNING, digit="1", label="食品和药品问题", skill="complaint")
        Prompt.objects.create(organ=NANNING, code="welcome", text="您好，这里是南宁市场监管热线。")
        Hours.objects.create(
            organ=NANNING, opens="08:00", closes="18:00", valid_from="2026-10-01", valid_to="2026-10-01", closed=True
        )  # fmt: skip
        actions.take_seat(person=call.id, organ=NANNING, name="韦一")
    return call


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_of_operators_and_supervisors(
    page_at: OpenPage, axe: Callable[[Page], None], width: int
) -> None:
    call = apart(laid_down)
    page = page_at(width, seat=seat_of("head"), expected=("WebSocket", REFUSED))
    for address in ("", f"{call.id}/", "softphone/", "wall/", "callbacks/"):
        page.goto(f"/desk/calls/{address}")
        axe(page)
    page.goto(f"/desk/calls/{call.id}/")
    page.get_by_role("button", name="收听录音").click()
    page.get_by_text("请填写收听录音的理由").first.wait_for()
    axe(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_of_administrators(page_at: OpenPage, axe: Callable[[Page], None], width: int) -> None:
    apart(laid_down)
    page = page_at(width, seat=seat_of("admin"), expected=(REFUSED,))
    for kind in ("lines", "menu", "hours", "queues", "operators", "prompts"):
        page.goto(f"{SETTINGS}{kind}/")
        axe(page)
        press(page.get_by_role("link", name="更改"))
        fits(page)
    page.goto(f"{SETTINGS}hours/")
    page.get_by_label("开始").fill("18:00")
    page.get_by_label("结束").fill("08:00")
    page.get_by_role("button", name="设定服务时间").click()
    page.get_by_text("结束时间须晚于开始时间").first.wait_for()
    axe(page)
