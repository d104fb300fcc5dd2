"""Standard Webhooks (standardwebhooks.com): who gets a message can prove that it is ours, whole and fresh."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

PREFIX = "whsec_"
SECRET_BYTES = 32


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
