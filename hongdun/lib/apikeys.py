"""Keys of the public API: `hd_`, 30 random characters, 6 check characters, so that a slip of the pen is told."""

from __future__ import annotations

import secrets
import string
import zlib
from functools import lru_cache

PREFIX = "hd_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM, CHECK = 30, 6
LENGTH = len(PREFIX) + RANDOM + CHECK
HINT = len(PREFIX) + 6  # what may be shown of a key later, to know it by


def new() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return PREFIX + body + _check(body)


def hint(key: str) -> str:
    return key[:HINT] + "…"


@lru_cache(1000)
def problem(key: str) -> str:
    """What is wrong with a key that somebody sent, in words that help to find it; empty for a whole one."""
    if not key.startswith(PREFIX):
        return f"密钥应以 {PREFIX} 开头"
    if len(key) != LENGTH:
        return f"密钥应为 {LENGTH} 个字符，现在有 {len(key)} 个，请核对是否漏抄或多抄"
    body = key[len(PREFIX) : -CHECK]
    if key[-CHECK:] != _check(body):
        return "密钥的校验位不对，请核对是否抄错了字符"
    return ""


def _check(body: str) -> str:
    number, written = zlib.crc32(body.encode()), ""
    for _ in range(CHECK):
        number, rest = divmod(number, len(ALPHABET))
        written = ALPHABET[rest] + written
    return written
