"""Who rings must show the secret, and we show ours, on real datagrams between two user agents."""

from __future__ import annotations

import asyncio
import socket

import pytest

from hongdun.calls.gateway.digest import Login
from hongdun.calls.gateway.leg import Datagrams, Hooks, Leg
from hongdun.calls.gateway.sip import Unreachable, UserAgent

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n"
pytestmark = pytest.mark.enable_socket


def free_address() -> tuple[str, int]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return "127.0.0.1", int(probe.getsockname()[1])


def an_agent(login: Login, heard: list[str]) -> UserAgent:
    agent: UserAgent

    def invited(leg: Leg) -> None:
        heard.append(leg.caller)
        agent.answer(leg, SDP)

    def ended(_leg: Leg, by: str) -> None:
        heard.append(by)

    hooks = Hooks(invited, ended, lambda _leg, digit: heard.append(digit))
    agent = UserAgent(
        Datagrams(local_addr=free_address()), hooks, trusted=frozenset({"127.0.0.1"}), login=login
    )
    return agent


async def ring(caller: Login, callee: Login) -> list[str]:
    """What the callee heard of one call, from the invitation to its end."""
    heard: list[str] = []
    ours, theirs = an_agent(caller, []), an_agent(callee, heard)
    await ours.open()
    await theirs.open()
    try:
        leg = ours.dial("12315", caller="07715551234", proxy=theirs.address)
        await ours.invite(leg, SDP)
        await ours.bye(leg)
        return heard
    finally:
        await ours.close()
        await theirs.close()


KNOWN = Login("carrier", "甲乙丙 secret", demanded=True)


@pytest.mark.parametrize("callee", [KNOWN, Login()])
def test_who_knows_the_secret_gets_through(callee: Login) -> None:
    assert asyncio.run(ring(KNOWN, callee)) == ["07715551234", "caller"]


@pytest.mark.parametrize("caller", [Login(), Login("carrier", "wrong"), Login("other", "甲乙丙 secret")])
def test_who_does_not_is_refused_and_nothing_rings(caller: Login) -> None:
    with pytest.raises(Unreachable, match="401"):
        asyncio.run(ring(caller, KNOWN))


def test_a_telephone_that_rings_is_answered_by_whoever_takes_it_up() -> None:
    """The state of a call that nobody has answered is enough for the next process to answer it."""

    async def play() -> str:
        held: asyncio.Queue[Leg] = asyncio.Queue()
        first, caller = an_agent(Login(), []), an_agent(Login(), [])
        first.hooks.invited = held.put_nowait
        await first.open()
        await caller.open()
        leg = caller.dial("12315", caller="07715551234", proxy=first.address)
        ringing = asyncio.ensure_future(caller.invite(leg, SDP))
        state = (await held.get()).state()
        await first.close()
        await asyncio.sleep(0)  # the socket is closed in the next round of the loop
        second = an_agent(Login(), [])
        second.address = second.transport.local_addr = first.address
        await second.open()
        taken = Leg.restore(state)
        second.adopt(taken)
        second.answer(taken, SDP)
        try:
            return await asyncio.wait_for(ringing, 10)
        finally:
            await caller.bye(leg)
            await caller.close()
            await second.close()

    assert asyncio.run(play()) == SDP
