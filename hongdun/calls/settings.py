"""Where the telephone platform listens and what it needs; all of it from the environment, none of it secret."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

HIGHEST_PORT = 65_535
NEEDED = ("rtpengine",)
Address = tuple[str, int]


@dataclass(frozen=True)
class Telephony:
    sip: Address
    trunk: Address
    trusted: frozenset[str]
    rtpengine: Address
    digits: Address
    ports: tuple[int, int]  # of the sound
    number: str
    most: int  # calls at once; one more hears "busy"
    seats: Address  # where operators' browsers connect
    seats_url: str  # as they see it
    user: str  # agreed with the carrier; "" where they go by addresses alone
    secret_file: str
    demanded: bool  # whether the carrier's calls must show it as well
    tls_certificate: str  # files; "" where the trunk speaks UDP
    tls_key: str
    tls_authority: str


def telephony(port: int) -> Telephony:
    """What holds for the instance on this port."""
    seats = ("127.0.0.1", int(os.environ.get("HONGDUN_CALLS_PORT") or beside(port, 2000)))
    low, high = os.environ.get("HONGDUN_CALLS_RTP", "20000-29999").split("-")
    return Telephony(
        sip=_address("HONGDUN_CALLS_SIP", beside(port, 3000)),
        trunk=_address("HONGDUN_CALLS_TRUNK", 5060),
        trusted=frozenset(os.environ.get("HONGDUN_CALLS_TRUSTED", "127.0.0.1").split(",")),
        rtpengine=_address("HONGDUN_CALLS_RTPENGINE", beside(port, 4000)),
        digits=_address("HONGDUN_CALLS_DIGITS", beside(port, 4001)),
        ports=(int(low), int(high)),
        number=os.environ.get("HONGDUN_CALLS_NUMBER", "12315"),
        most=int(os.environ.get("HONGDUN_CALLS_MOST", "250")),
        seats=seats,
        seats_url=os.environ.get("HONGDUN_CALLS_URL", f"ws://{seats[0]}:{seats[1]}"),
        user=os.environ.get("HONGDUN_CALLS_USER", ""),
        secret_file=os.environ.get("HONGDUN_CALLS_SECRET_FILE", ""),
        tls_certificate=os.environ.get("HONGDUN_CALLS_TLS_CERTIFICATE", ""),
        tls_key=os.environ.get("HONGDUN_CALLS_TLS_KEY", ""),
        tls_authority=os.environ.get("HONGDUN_CALLS_TLS_AUTHORITY", ""),
        demanded=os.environ.get("HONGDUN_CALLS_CHALLENGE", "0") == "1",
    )


def captures(home: Path) -> Path:
    """Where the media service writes a call down while it lasts; a file system in memory or encrypted is best."""
    return Path(os.environ.get("HONGDUN_CALLS_CAPTURES") or home / "calls")


def wanted() -> bool:
    return os.environ.get("HONGDUN_CALLS", "1") != "0"


def missing() -> list[str]:
    """Programs that the platform can't do without and this machine lacks."""
    return [program for program in NEEDED if not shutil.which(program)]


def running() -> bool:
    """Whether this installation answers the telephone."""
    return wanted() and not missing()


def beside(port: int, step: int) -> int:
    return port + step if port + step <= HIGHEST_PORT else port - step


def _address(variable: str, port: int) -> Address:
    host, _, number = os.environ.get(variable, f"127.0.0.1:{port}").rpartition(":")
    return host, int(number)
