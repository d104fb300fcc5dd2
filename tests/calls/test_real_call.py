"""A citizen's telephone, the menu, an operator's browser, and both voices on record: nothing is made believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.calls import actions
from hongdun.calls.models import Call, Operator, Outcome, SeatState
from tests.calls.builders import NUMBER, always_open
from tests.calls.seats import answer, ended_call, ready, seat_of, state, talk

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.calls.exchange import Exchange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.telephone, pytest.mark.browser]


def test_a_call_from_the_menu_to_the_rating(exchange: Exchange, page_at: OpenPage) -> None:
    always_open()
    page = page_at(1366, seat=seat_of("clerk"))
    ready(page)
    citizen = exchange.dial("caller")
    answer(page)
    assert page.evaluate("document.popped.caller") == NUMBER
    talk(page)
    page.get_by_role("button", name="挂机").click()
    state(page, "wrap_up")
    assert citizen.ends_well()
    call = ended_call(page)
    while not all(map(actions.is_whole, actions.captures(call.id))):
        page.wait_for_timeout(100)
    check_record(call)


def check_record(call: Call) -> None:
    assert (call.outcome, call.digit, call.caller) == (Outcome.ANSWERED, "1", NUMBER)
    assert call.rating in range(2, 6)
    assert call.answered
    assert call.released
    with system_scope("测试"):
        assert Operator.objects.get().state == SeatState.WRAP_UP
        numbers = list(call.events.values_list("number", flat=True))
        assert numbers == sorted(set(numbers))
        [recording] = actions.keep_recording(call.id)
        sound = actions.sound_of(recording)
    assert abs(recording.seconds - (call.released - call.answered).total_seconds()) < 1
    for track in (sound[58::2], sound[59::2]):
        assert len(set(track)) > 10, "both voices are on record"
