"""A citizen's telephone, the menu, an operator's browser, and both voices on record: nothing is made believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.calls import actions
from hongdun.calls.models import Call, Operator, Outcome, SeatState
from hongdun.lib import callsound
from hongdun.org import queries as org_queries
from tests.browser.conftest import apart
from tests.calls.builders import NUMBER, always_open
from tests.org.builders import NANNING, a_post, an_officer, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage
    from tests.calls.exchange import Exchange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.telephone, pytest.mark.browser]
STATISTICS = """async () => {
  const found = {received: 0, sent: 0, energy: 0};
  for (const peer of document.hongdunPhone.sound.peers.values())
    for (const each of (await peer.connection.getStats()).values()) {
      if (each.type === 'inbound-rtp') { found.received += each.packetsReceived; found.energy += each.totalAudioEnergy; }
      if (each.type === 'outbound-rtp') found.sent += each.packetsSent;
    }
  return found;
}"""
HEARD = "document.addEventListener('hongdun:call', (event) => { document.popped = event.detail; })"


def seat_of(role: str, *, login: str = "", organ: int = NANNING) -> Client:
    def sign_in() -> Client:
        actor = org_queries.actor_for(a_post(an_officer(login or role, organ=organ), role))
        client = Client()
        enter(client, actor)
        return client

    return apart(sign_in)


def ready(page: Page) -> None:
    page.goto("/desk/calls/softphone/")
    page.evaluate(HEARD)
    page.get_by_role("button", name="置闲").click()
    state(page, "ready")


def state(page: Page, wanted: str) -> None:
    page.locator(f"[data-softphone][data-state={wanted}]").wait_for(timeout=40_000)


def answer(page: Page) -> None:
    state(page, "ringing")
    page.get_by_role("button", name="接听", exact=True).click()
    state(page, "talking")


def talk(page: Page, packets: int = 100) -> None:
    """Until so many packets went both ways, and something was heard in them."""
    page.wait_for_function(
        f"async () => {{ const f = await ({STATISTICS})(); return f.received > {packets} && f.sent > {packets} && f.energy > 0 }}",
        timeout=30_000, polling=200,
    )  # fmt: skip


def only_call() -> Call:
    with system_scope("测试"):
        return Call.objects.select_related("operator").get()


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
    check_record(only_call())


def check_record(call: Call) -> None:
    assert (call.outcome, call.digit, call.rating, call.caller) == (Outcome.ANSWERED, "1", 5, NUMBER)
    assert call.answered
    assert call.released
    with system_scope("测试"):
        assert Operator.objects.get().state == SeatState.WRAP_UP
        numbers = list(call.events.values_list("number", flat=True))
        assert numbers == sorted(set(numbers))
        [recording] = actions.keep_recording(call.id)
        sound = actions.sound_of(recording)
    assert abs(recording.seconds - (call.released - call.answered).total_seconds()) < 1
    left, right = sound[58::2], sound[59::2]
    assert {left.count(callsound.SILENCE) < len(left) / 2, right.count(callsound.SILENCE) < len(right) / 2} == {True}
