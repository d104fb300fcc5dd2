"""Hold, asking a third party, three speaking, and giving the call away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.calls.models import Outcome
from tests.calls.builders import always_open
from tests.calls.seats import answer, ended_call, ready, seat_of, state, talk, trunk

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.calls.exchange import Exchange

__all__ = ["trunk"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.telephone, pytest.mark.browser]
PARTY = "07715551234"


def test_a_conference_and_an_attended_transfer(exchange: Exchange, trunk: int, page_at: OpenPage) -> None:
    always_open()
    page = page_at(1366, seat=seat_of("clerk"), expected=("WebSocket",))
    ready(page)
    third = exchange.answer_at(trunk)
    citizen = exchange.dial("patient")
    answer(page)
    talk(page, packets=60)
    page.get_by_label("转接号码").fill(PARTY)
    page.get_by_role("button", name="先询问").click()
    page.get_by_text("第三方已接通").wait_for(timeout=20_000)
    talk(page, "party", packets=50)
    page.get_by_role("button", name="三方通话").click()
    page.get_by_role("button", name="结束三方").wait_for()
    page.get_by_role("button", name="转给对方").click()
    state(page, "wrap_up")
    page.wait_for_timeout(2000)
    third.stop()
    citizen.stop()
    exchange.kill("calls")
    exchange.kill("media")
    exchange.start_media()
    exchange.start_switch()
    call = ended_call(page)
    with system_scope("测试"):
        kinds = list(call.events.values_list("kind", flat=True))
    assert call.outcome == Outcome.ANSWERED
    for kind in ("held", "consulted", "party_up", "merged", "transferred", "released"):
        assert kind in kinds
