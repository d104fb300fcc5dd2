"""Calls that are given away blindly, watched over, or answered by another city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.audit.models import Event
from hongdun.base.scope import system_scope
from hongdun.calls.models import Line, Outcome, Queue
from tests.calls.builders import always_open
from tests.calls.seats import answer, ended_call, heard, ready, seat_of, state, talk, trunk
from tests.org.builders import LIUZHOU, NANNING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage
    from tests.calls.exchange import Exchange

__all__ = ["trunk"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.telephone, pytest.mark.browser]
# What goes to the caller: the operator's own microphone, or a blend of more voices.
SENT_ALONE = """() => {
  const { sound } = document.hongdunPhone;
  const call = [...sound.peers.values()].find((each) => each.channel === "call");
  return call.sender.track === sound.microphone.getAudioTracks()[0];
}"""


def test_a_call_given_away_blindly(exchange: Exchange, trunk: int, page_at: OpenPage) -> None:
    always_open()
    page = page_at(1366, seat=seat_of("clerk"))
    ready(page)
    third = exchange.answer_at(trunk, "leaver")
    citizen = exchange.dial("patient")
    answer(page)
    talk(page, packets=60)
    page.get_by_label("转接号码").fill("0771-5551234")
    page.get_by_role("button", name="直接转接").click()
    state(page, "wrap_up")
    assert third.ends_well()
    assert citizen.ends_well(), "when the third party hangs up, the caller is hung up on"
    call = ended_call(page)
    assert (call.outcome, call.ended_by) == (Outcome.ANSWERED, "party")
    with system_scope("测试"):
        assert call.events.get(kind="transferred").data == {"blind": True}


def test_a_supervisor_listens_whispers_and_barges_in(exchange: Exchange, page_at: OpenPage) -> None:
    always_open()
    page = page_at(1366, seat=seat_of("clerk"))
    ready(page)
    head = page_at(1366, seat=seat_of("head"))
    head.goto("/desk/calls/wall/")
    state(head, "away")
    citizen = exchange.dial("patient")
    answer(page)
    press(head, "监听")
    for side in ("listen-caller", "listen-house"):
        hears(head, side)
    assert heard(page, "coach-whisper")["received"] == 0
    press(head, "耳语")
    hears(page, "coach-whisper")
    assert page.evaluate(SENT_ALONE), "the caller doesn't hear the supervisor"
    press(head, "插话")
    hears(page, "coach-barge")
    page.wait_for_function(f"!({SENT_ALONE})()")
    press(head, "结束")
    page.wait_for_function(SENT_ALONE)
    talk(page, packets=50)
    page.get_by_role("button", name="挂机").click()
    assert citizen.ends_well()
    call = ended_call(page)
    with system_scope("测试"):
        modes = [each.data["mode"] for each in call.events.filter(kind="monitored")]
        told = [each.data["mode"] for each in Event.objects.filter(verb="call.monitored").order_by("at")]
        [name] = set(Event.objects.filter(verb="call.monitored").values_list("actor_name", flat=True))
    assert modes == ["listen", "whisper", "barge", ""]
    assert told == ["监听", "对坐席耳语", "插话", "结束监听"]
    assert not name.startswith("系统")


def test_another_city_answers_when_the_own_one_does_not(exchange: Exchange, page_at: OpenPage) -> None:
    always_open()
    with system_scope("测试"):
        Line.objects.create(number="077212315", organ=LIUZHOU)
        Queue.objects.create(organ=LIUZHOU, skill="complaint", overflow_after=4)
    page = page_at(1366, seat=seat_of("clerk"))
    ready(page)
    citizen = exchange.dial("patient", line="077212315")
    answer(page)
    talk(page, packets=60)
    page.get_by_role("button", name="挂机").click()
    assert citizen.ends_well()
    call = ended_call(page)
    assert (call.organ, call.serving) == (LIUZHOU, NANNING)
    assert call.answered
    assert call.queued
    assert (call.answered - call.queued).total_seconds() >= 4


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.click()


def hears(page: Page, channel: str) -> None:
    """Until sound comes in on this channel."""
    for _ in range(150):
        now = heard(page, channel)
        if now["received"] > 40 and now["energy"] > 0:
            return
        page.wait_for_timeout(200)
    raise AssertionError(channel, heard(page, channel))
