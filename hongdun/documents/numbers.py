"""The number of an extract: what it is of, and a keyed hash, so that it can be verified though nothing is stored.

The unified code and thirty characters of Crockford's base32: day, day of knowledge, moment of making, hash. Whoever
types it may write O for 0 and I or L for 1.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hongdun.documents import places
from hongdun.documents.errors import BadToken
from hongdun.lib.keyfiles import secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: place for place, character in enumerate(ALPHABET)}
_MISREAD = str.maketrans("OIL", "011")
LENGTH, GROUP = 30, 5
DAY_BITS, MOMENT_BITS, HASH_BITS = 17, 51, 65
FIRST_DAY = date(1800, 1, 1)
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
SHAPE = re.compile(r"([0-9A-Z]{18})-?([0-9A-Z]{30})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """An extract of the register: the state on `as_of`, as known at `made` or, where chosen, on `known_on`."""

    uscc: str
    as_of: date
    known_on: date | None
    made: datetime


def number_of(extract: Extract) -> str:
    """91450102GX0000007C-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"""
    known = (extract.known_on - FIRST_DAY).days if extract.known_on else 0
    facts = (extract.as_of - FIRST_DAY).days << DAY_BITS | known
    facts = facts << MOMENT_BITS | (extract.made - FIRST_MOMENT) // TICK
    code = _spelled(facts << HASH_BITS | _hash(extract.uscc, facts))
    groups = [code[start : start + GROUP] for start in range(0, LENGTH, GROUP)]
    return "-".join([extract.uscc, *groups])


def is_number(text: str) -> bool:
    return SHAPE.fullmatch(_plain(text)) is not None


def read(text: str) -> Extract:
    """What a number of this platform stands for; raises BadToken for any other."""
    found = SHAPE.fullmatch(_plain(text))
    code = found[2].translate(_MISREAD) if found else ""
    if found is None or not set(code) <= set(ALPHABET):
        raise BadToken("编号不完整。请照摘录上的编号重新输入，或者扫描二维码。")
    whole = 0
    for character in code:
        whole = whole << 5 | _VALUE[character]
    facts, given = whole >> HASH_BITS, whole & ((1 << HASH_BITS) - 1)
    if not hmac.compare_digest(str(_hash(found[1], facts)), str(given)):
        raise BadToken("这不是本平台出具的摘录的编号，或者编号有误。请逐字核对；无误的，摘录可能是伪造的。")
    days, known = facts >> (DAY_BITS + MOMENT_BITS), facts >> MOMENT_BITS & ((1 << DAY_BITS) - 1)
    return Extract(
        uscc=found[1],
        as_of=FIRST_DAY + timedelta(days=days),
        known_on=FIRST_DAY + timedelta(days=known) if known else None,
        made=FIRST_MOMENT + (facts & ((1 << MOMENT_BITS) - 1)) * TICK,
    )


def _plain(text: str) -> str:
    return "".join(text.split()).upper().replace("-", "")


def _spelled(number: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def _hash(uscc: str, facts: int) -> int:
    key = secret(places.home(), "extract-number.key")
    digest = hmac.digest(key, f"{uscc}:{facts}".encode(), "sha256")
    return int.from_bytes(digest[:9]) >> (72 - HASH_BITS)
