"""An operator at a browser, as tests need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.calls.models import Call
from hongdun.org import queries as org_queries
from tests.browser.conftest import apart
from tests.calls import exchange as exchanges
from tests.org.builders import NANNING, a_post, an_officer, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATISTICS = """async (channel) => {
  const found = {received: 0, sent: 0, energy: 0};
  for (const peer of document.hongdunPhone.sound.peers.values()) {
    if (peer.channel !== channel) continue;
    for (const each of (await peer.connection.getStats()).values()) {
      if (each.type === 'inbound-rtp') {
        found.received += each.packetsReceived;
        found.energy += each.totalAudioEnergy;
      }
      if (each.type === 'outbound-rtp') found.sent += each.packetsSent;
    }
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


@pytest.fixture
def trunk(monkeypatch: pytest.MonkeyPatch) -> int:
    """The port that calls which we make lead to; asked for before the exchange is started."""
    port = exchanges.free_port()
    monkeypatch.setenv("HONGDUN_CALLS_TRUNK", f"127.0.0.1:{port}")
    return port


def ready(page: Page) -> None:
    if "/softphone/" not in page.url:
        page.goto("/desk/calls/softphone/")
    page.evaluate(HEARD)
    sit_down(page, "置闲")
    state(page, "ready")


def sit_down(page: Page, how: str) -> None:
    page.get_by_role("button", name=how).click()


def state(page: Page, wanted: str) -> None:
    page.locator(f"[data-softphone][data-state={wanted}]").wait_for(timeout=40_000)


def answer(page: Page) -> None:
    state(page, "ringing")
    page.get_by_role("button", name="接听", exact=True).click()
    state(page, "talking")


def heard(page: Page, channel: str = "call") -> dict[str, float]:
    """Packets of one channel so far, and the energy of what was heard."""
    found: dict[str, float] = page.evaluate(STATISTICS, channel)
    return found


def talk(page: Page, channel: str = "call", *, packets: int = 150) -> None:
    """Until so many more packets went both ways, and something was heard in them."""
    before = heard(page, channel)
    for _ in range(150):
        now = heard(page, channel)
        if (
            min(now["received"] - before["received"], now["sent"] - before["sent"]) > packets
            and now["energy"]
        ):
            return
        page.wait_for_timeout(200)
    raise AssertionError(heard(page, channel))


def ended_call(page: Page, *, outbound: bool = False) -> Call:
    """The only call that way, when its record is closed, which is soon after the line is free."""
    for _ in range(150):
        with system_scope("测试"):
            call = Call.objects.select_related("operator").get(outbound=outbound)
        if call.ended:
            return call
        page.wait_for_timeout(200)
    raise AssertionError(call.stage)
