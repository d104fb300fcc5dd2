"""Proof of work in place of a foreign captcha: whoever has used up an allowance may earn another by counting.

The challenge is stateless: a signed seed that names its caller and its end. It is solved by a number `n` whose
SHA-256 of "seed.n" begins with enough zero bits; "seed.n" is sent along with the request, once.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from time import time

from django.conf import settings
from django.db import connection

HEADER = "Hongdun-Proof"
VALID_SECONDS = 300
ALLOWANCE = 60
LONGEST = 200
SIGNED = 16  # bytes of the signature
SPEND = "INSERT INTO base_spentproof (seed, until) VALUES (%s, %s) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Challenge:
    seed: str
    bits: int

    def as_json(self) -> dict[str, object]:
        return {
            "seed": self.seed,
            "bits": self.bits,
            "header": HEADER,
            "valid_seconds": VALID_SECONDS,
            "allowance": ALLOWANCE,
            "rule": f'求十进制数 n，使 SHA-256("seed.n") 的前 {self.bits} 位为 0；'
            f"重发请求时带请求头 {HEADER}: seed.n，只能用一次",
        }


class Unproven(ValueError):
    """The message says what is wrong with the proof."""


def challenge(bucket: str) -> Challenge:
    bits = settings.CHALLENGE_BITS
    body = f"{int(time()) + VALID_SECONDS}-{bits}-{secrets.token_hex(8)}"
    return Challenge(f"{body}-{_signature(body, bucket)}", bits)


def accept(proof: str, bucket: str) -> None:
    """Check a proof of this caller and spend it; raises Unproven."""
    seed, _, number = proof[:LONGEST].rpartition(".")
    body, _, signature = seed.rpartition("-")
    if not (
        number.isdecimal() and hmac.compare_digest(signature.encode(), _signature(body, bucket).encode())
    ):
        raise Unproven(
            "解答与题目不符：请原样发回题目 seed，后接一个点和十进制数 n，并从出题时的网络地址发送"
        )
    until, bits, _ = body.split("-")
    if int(until) < time():
        raise Unproven(f"题目已过期（{VALID_SECONDS} 秒内有效），请重新取题")
    if _zero_bits(sha256(f"{seed}.{number}".encode()).digest()) < int(bits):
        raise Unproven(f'解答不对：SHA-256("seed.n") 的前 {bits} 位应为 0')
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [seed, int(until)])
        if cursor.rowcount != 1:
            raise Unproven("这个解答已经用过，请重新取题")


def _signature(body: str, bucket: str) -> str:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"proof of work", sha256)
    signed = hmac.digest(key, f"{bucket} {body}".encode(), sha256)[:SIGNED]
    return base64.b32encode(signed).decode().rstrip("=").lower()


def _zero_bits(digest: bytes) -> int:
    return len(digest) * 8 - int.from_bytes(digest, "big").bit_length()
