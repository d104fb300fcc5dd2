"""Who rings must show the secret, and we show ours, on real datagrams between two user agents."""

from __future__ import annotations

import asyncio
import socket

import pytest

from hongdun.calls.gateway.digest import Login
from hongdun.calls.gateway.leg import Hooks, Leg
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
    agent = UserAgent(free_address(), hooks, trusted=frozenset({"127.0.0.1"}), login=login)
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
