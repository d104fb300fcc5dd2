"""Small matters of SIP: how long one waits before saying a thing again, and what a transaction is known by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aiosipua.utils import format_addr, generate_branch

if TYPE_CHECKING:
    from aiosipua.message import SipRequest

T1, T2, GIVE_UP = 0.5, 4.0, 32.0  # RFC 3261 §17: first and longest wait, and 64 × T1


def waits(*, reliable: bool = False) -> list[float]:
    """Waits between sendings: 0.5, 1, 2, 4, 4, … up to 32 seconds together; over a connection it is said once."""
    if reliable:
        return [GIVE_UP]
    found: list[float] = []
    step = T1
    while sum(found) + step <= GIVE_UP:
        found.append(step)
        step = min(step * 2, T2)
    return found


def transaction(request: SipRequest) -> tuple[str, str]:
    return (request.via[0].branch or generate_branch()) if request.via else "", request.method


def bare(contact: str) -> str:
    bracketed = re.search(r"<([^>]+)>", contact)
    return bracketed[1] if bracketed else contact.split(";", maxsplit=1)[0]


def via_of(address: tuple[str, int], token: str) -> str:
    """A request that is sent again with more in it begins a transaction of its own."""
    return f"SIP/2.0/{token} {format_addr(*address)};branch={generate_branch()};rport"
