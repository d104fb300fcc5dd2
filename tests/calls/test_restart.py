"""The call process is killed while two speak: they don't notice, and the next process takes the call up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.calls.models import Outcome
from tests.calls.builders import always_open
from tests.calls.seats import answer, ended_call, ready, seat_of, state, talk

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.calls.exchange import Exchange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.telephone, pytest.mark.browser]


def test_a_kill_in_mid_call(exchange: Exchange, page_at: OpenPage) -> None:
    always_open()
    page = page_at(1366, seat=seat_of("clerk"), expected=("WebSocket",))
    ready(page)
    citizen = exchange.dial("patient")
    answer(page)
    talk(page)
    exchange.kill("calls")
    state(page, "''")
    talk(page)
    exchange.start_switch()
    state(page, "talking")
    page.get_by_role("button", name="挂机").click()
    state(page, "wrap_up")
    assert citizen.ends_well()
    call = ended_call(page)
    assert (call.outcome, call.ended_by) == (Outcome.ANSWERED, "house")
    with system_scope("测试"):
        assert call.events.filter(kind="adopted").count() == 1


def test_a_kill_while_waiting_and_while_nobody_is_there_to_hear_the_end(
    exchange: Exchange, page_at: OpenPage
) -> None:
    always_open()
    citizen = exchange.dial("caller")
    page = page_at(1366, seat=seat_of("clerk"), expected=("WebSocket",))
    page.goto("/desk/calls/softphone/")
    page.wait_for_timeout(3000)  # the caller chooses and waits
    exchange.kill("calls")
    state(page, "''")
    exchange.start_switch()
    page.get_by_role("button", name="置闲").click()
    answer(page)
    citizen.stop()
    exchange.kill("calls")
    exchange.kill("media")
    exchange.start_media()
    exchange.start_switch()
    call = ended_call(page)  # the record of a call whose sound is gone is closed
    assert (call.outcome, call.ended_by) == (Outcome.ANSWERED, "lost")
