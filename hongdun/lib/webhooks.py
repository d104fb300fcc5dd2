"""Standard Webhooks (standardwebhooks.com): who gets a message can prove that it is ours, whole and fresh."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32
TOLERANCE_SECONDS = 300


def new_secret() -> str:
    return PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def headers(secret: str, number: str, seconds: int, body: bytes) -> dict[str, str]:
    """`number` is the same at every attempt, so that the receiver can drop what it has."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": number,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature(secret, number, seconds, body),
    }


def signature(secret: str, number: str, seconds: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{number}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


class Unproven(ValueError):
    """Not from whom it claims to be, changed on the way, or not fresh; the message says which."""


def verify(secrets: Sequence[str], *, number: str, stamp: str, signatures: str, body: bytes, at: int) -> None:
    """`secrets`: the one in use, and the one before it while the other side changes over. Raises Unproven."""
    if not (number and stamp.isascii() and stamp.isdecimal()):
        raise Unproven("请带上 webhook-id 和 webhook-timestamp（秒）")
    if abs(at - int(stamp)) > TOLERANCE_SECONDS:
        raise Unproven(f"webhook-timestamp 与本机时间相差超过 {TOLERANCE_SECONDS} 秒，请核对时钟后重新签名")
    shown = [each.encode() for each in signatures.split()]
    made = [signature(secret, number, int(stamp), body).encode() for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in made for other in shown):
        raise Unproven("签名不符，请核对密钥，并对原样发送的内容签名")
