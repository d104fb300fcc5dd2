"""Where a request comes from, as far as our own proxies can be believed."""

from __future__ import annotations

import ipaddress


def address(peer: str, forwarded: str, *, trusted: int) -> str:
    """An IPv4 address, or the /64 network of an IPv6 one.

    X-Forwarded-For (`forwarded`) counts only as far as our own `trusted` proxies wrote it.
    """
    hops = [part.strip() for part in forwarded.split(",") if part.strip()]
    given = hops[-trusted] if 0 < trusted <= len(hops) else peer
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return "unknown"
    if found.version == 6 and not found.ipv4_mapped:  # noqa: PLR2004 - the protocol's name
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
