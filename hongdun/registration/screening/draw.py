"""A lottery that anyone who knows the seed can repeat: which automatic decisions people look at afterwards."""

from __future__ import annotations

import hashlib
import hmac

NUMBERS = 10_000  # a number stands for a hundredth of a per cent


def number(seed: bytes, case_number: str) -> int:
    """0 to 9,999, uniform and fixed for a seed and a case number; who doesn't know the seed can't foresee it."""
    drawn = hmac.new(seed, case_number.encode(), hashlib.sha256).digest()
    return int.from_bytes(drawn[:8], "big") % NUMBERS


def wins(drawn: int, share: int) -> bool:
    """Whether a number is among the `share` per cent that are looked at."""
    return drawn < share * NUMBERS // 100
