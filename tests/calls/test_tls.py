"""SIP over TLS between two user agents: certificates asked for and shown, connections that break and calls that don't."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hongdun.calls.gateway import waits
from hongdun.calls.gateway.digest import Login
from hongdun.calls.gateway.leg import Hooks, Leg
from hongdun.calls.gateway.secure import Streams, Tls, message_of
from hongdun.calls.gateway.sip import Unreachable, UserAgent
from tests.calls.test_digest import SDP, free_address

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.x509 import Certificate

pytestmark = [pytest.mark.enable_socket, pytest.mark.slow]
PEM = serialization.Encoding.PEM


class Authority:
    """Signs certificates for addresses."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._sign(name, self.key, ca=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self.certificate.public_bytes(PEM))

    def tls(self, host: str = "127.0.0.1", *, authority: bool = True) -> Tls:
        key, name = ec.generate_private_key(ec.SECP256R1()), f"{self.name}-{host}"
        paths = self.folder / f"{name}.crt", self.folder / f"{name}.key"
        paths[0].write_bytes(self._sign(host, key).public_bytes(PEM))
        paths[1].write_bytes(
            key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        return Tls(str(paths[0]), str(paths[1]), str(self.file) if authority else "")

    def _sign(self, name: str, key: ec.EllipticCurvePrivateKey, *, ca: bool = False) -> Certificate:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if not ca:
            built = built.add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False
            )
        return built.sign(self.key, hashes.SHA256())


def an_agent(
    tls: Tls,
    *,
    trunk: tuple[str, int],
    heard: list[str],
    at: tuple[str, int] | None = None,
    login: Login | None = None,
) -> UserAgent:
    agent: UserAgent

    def invited(leg: Leg) -> None:
        heard.append(leg.caller)
        agent.answer(leg, SDP)

    hooks = Hooks(invited, lambda _, by: heard.append(by), lambda _, digit: heard.append(digit))
    way = Streams(at or free_address(), trunk=trunk, tls=tls)
    agent = UserAgent(way, hooks, trusted=frozenset({"127.0.0.1"}), login=login or Login())
    return agent


async def ring(ours: Tls, theirs: Tls, *, login: Login | None = None) -> list[str]:
    heard: list[str] = []
    callee = an_agent(theirs, trunk=free_address(), heard=heard, login=login)
    caller = an_agent(ours, trunk=callee.address, heard=[], login=login)
    await callee.open()
    await caller.open()
    try:
        leg = caller.dial("12315", caller="07715551234", proxy=callee.address)
        await caller.invite(leg, SDP)
        await caller.invite(leg, SDP)
        await caller.bye(leg)
        return heard
    finally:
        await caller.close()
        await callee.close()


@pytest.fixture
def known(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "carriers")


@pytest.mark.parametrize("login", [None, Login("carrier", "secret", demanded=True)])
def test_a_call_over_tls_with_certificates_both_ways(known: Authority, login: Login | None) -> None:
    assert asyncio.run(ring(known.tls(), known.tls(), login=login)) == ["07715551234", "caller"]


@pytest.mark.parametrize("wrong", ["stranger calls", "stranger answers", "other host answers"])
def test_who_is_not_whom_they_say_is_not_spoken_to(
    known: Authority, tmp_path: Path, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hongdun.calls.gateway.sip.waits", lambda **_: [1.0])
    other = Authority(tmp_path, "others")
    stranger = other.tls(authority=False)
    calls, answers = {
        "stranger calls": (Tls(stranger.certificate, stranger.key, str(known.file)), known.tls()),
        "stranger answers": (known.tls(), stranger),
        "other host answers": (known.tls(), known.tls("127.0.0.2")),
    }[wrong]
    with pytest.raises(Unreachable):
        asyncio.run(ring(calls, answers))


def test_a_call_outlives_its_connection_and_the_process(known: Authority) -> None:
    """After a restart the carrier's end of the call is heard over a new connection, and ours is said over one."""

    async def play() -> list[str]:
        heard: list[str] = []
        carrier = an_agent(known.tls(), trunk=free_address(), heard=heard)
        first = an_agent(known.tls(), trunk=carrier.address, heard=[])
        carrier.transport.trunk = first.address  # type: ignore[attr-defined]
        await carrier.open()
        await first.open()
        leg = carrier.dial("12315", caller="07715551234", proxy=first.address)
        await carrier.invite(leg, SDP)
        [ours] = first.legs.values()
        state = ours.state()
        await first.close()
        await asyncio.sleep(0.1)
        second = an_agent(known.tls(), trunk=carrier.address, heard=[], at=first.address)
        await second.open()
        taken = Leg.restore(state)
        second.adopt(taken)
        await second.bye(taken)
        try:
            return heard
        finally:
            await second.close()
            await carrier.close()

    assert asyncio.run(play()) == ["caller"]


def test_messages_are_told_apart_by_their_length_and_pings_are_answered() -> None:
    async def play() -> tuple[list[bytes], list[bytes]]:
        reader, said = asyncio.StreamReader(), list[bytes]()
        reader.feed_data(b"\r\n\r\nA b\r\nl: 3\r\n\r\nxyzB c\r\nContent-Length : 0\r\n\r\nC d\r\n\r\n")

        class Writer:
            write = said.append

        return [await message_of(reader, Writer()) for _ in range(3)], said  # type: ignore[arg-type]

    found, said = asyncio.run(play())
    assert found == [b"A b\r\nl: 3\r\n\r\nxyz", b"B c\r\nContent-Length : 0\r\n\r\n", b"C d\r\n\r\n"]
    assert said == [b"\r\n"]


def test_over_a_connection_nothing_is_said_twice() -> None:
    assert waits.waits(reliable=True) == [waits.GIVE_UP]
    assert len(waits.waits()) > 1


def test_old_versions_are_not_spoken(known: Authority) -> None:
    assert known.tls().ours().minimum_version >= ssl.TLSVersion.TLSv1_2
