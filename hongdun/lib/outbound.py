"""Posting to addresses that strangers named, without being led into our own network.

The name is resolved once, every answer is checked, and the connection goes to the address that was checked: a name
that changes its answer in between gains nothing. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTS = {"https": 443, "http": 80}
OK = range(200, 300)
READ_BYTES = 1024
LOOPBACK = "127.0.0.1"


class Unfit(ValueError):
    """An address that is not posted to; the message says why and what to write instead."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is None where none came; `problem` says in words what went wrong."""

    status: int | None
    problem: str
    milliseconds: int

    @property
    def ok(self) -> bool:
        return not self.problem


def check(url: str, *, local: bool) -> SplitResult:
    """What can be seen from the address itself; `local` allows plain http to this very machine."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Unfit("网址写法有误，应如 https://www.example.cn/hongdun") from None
    if local and parts.scheme == "http" and parts.hostname == LOOPBACK:
        return parts
    if parts.scheme != "https" or not parts.hostname:
        raise Unfit("网址应以 https:// 开头，例如 https://www.example.cn/hongdun")
    if parts.username or parts.password:
        raise Unfit("网址里不要写用户名和口令，推送带有签名，可据以核对")
    return parts


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    local: bool,
    timeout: float,
    named_by_us: bool = False,
) -> Answer:
    """`named_by_us`: whoever runs this installation wrote the address down, so it may lie in the government's network."""
    begun = time.monotonic()
    status, problem = None, ""
    try:
        parts = check(url, local=local)
        peer = resolve(parts, local=local, anywhere=named_by_us)
        status = _post(parts, peer, body, headers, timeout=timeout)
        problem = "" if status in OK else f"对方返回 {status}"
    except Unfit as error:
        problem = str(error)
    except ssl.SSLError as error:
        problem = f"证书或者加密连接有问题（{error.reason or type(error).__name__}）"
    except TimeoutError:
        problem = f"{timeout:.0f} 秒内没有应答"
    except (OSError, http.client.HTTPException) as error:
        problem = f"连接不上（{type(error).__name__}）"
    return Answer(status, problem, round((time.monotonic() - begun) * 1000))


def _post(parts: SplitResult, peer: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> int:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.sock = socket.create_connection((peer, port), timeout)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, dict(headers))
        answer = connection.getresponse()
        answer.read(READ_BYTES)
        return answer.status
    finally:
        connection.close()


def resolve(parts: SplitResult, *, local: bool, anywhere: bool = False) -> str:
    """An address of the host; refused when any of its addresses is not of the public internet, unless `anywhere`."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Unfit(f"找不到主机 {host}，请核对网址") from None
    peers = [str(each[4][0]) for each in found]
    if local and set(peers) == {LOOPBACK}:
        return LOOPBACK
    if not anywhere and not all(is_public(peer) for peer in peers):
        raise Unfit(f"主机 {host} 的地址不在公网上，不能推送；请换成公网可以访问的网址")
    return peers[0]


def is_public(text: str) -> bool:
    """Neither private, loopback, link-local, multicast nor reserved; IPv4 within IPv6 counts as IPv4."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner:
            return is_public(str(inner))
        if address in NAT64:
            return is_public(str(ipaddress.IPv4Address(address.packed[-4:])))
    return address.is_global and not address.is_multicast


NAT64 = ipaddress.ip_network("64:ff9b::/96")
