"""Posting to strangers' addresses: signed after the standard, never into a private network."""

from __future__ import annotations

from typing import Any

import pytest

from hongdun.lib import outbound, webhooks


def test_the_signature_is_that_of_the_standard() -> None:
    """The example that the reference libraries test themselves with."""
    made = webhooks.signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        b'{"test": 2432232314}',
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "peer",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1",
        "64:ff9b::a00:1", "2002:a00:1::", "::",
    ],
)  # fmt: skip
def test_a_host_that_leads_into_a_private_network_is_refused(
    peer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = (2, 1, 6, "", ("93.184.216.34", 443))
    answers = [public, (2, 1, 6, "", (peer, 443))]
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *_, **__: answers)
    answer = outbound.post("https://example.cn/", b"{}", {}, local=False, timeout=1)
    assert "不在公网上" in answer.problem
    assert answer.status is None


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers otherwise the second time gains nothing."""
    asked: list[str] = []
    peers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(*_: Any, **__: Any) -> Any:
        return [(2, 1, 6, "", (next(peers), 443))]

    def connect(address: tuple[str, int], *_: Any) -> Any:
        asked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(outbound.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(outbound.socket, "create_connection", connect)
    answer = outbound.post("https://example.cn/", b"{}", {}, local=False, timeout=1)
    assert asked == ["93.184.216.34"]
    assert answer.problem == "连接不上（ConnectionRefusedError）"
