"""How alike two texts are, to warn of a matter that came before (same person and entity within 180 days).

The share of common pairs of characters, so that a sentence more or a changed order counts little. Nothing is merged.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hongdun.lib.text import clean

SIMILAR = 0.6
_LONGER = 2  # a call repeated in a letter is told at greater length
_KEPT = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")

Fingerprint = frozenset[str]


@lru_cache(maxsize=4096)
def fingerprint(text: str) -> Fingerprint:
    """Pairs of neighbouring characters without punctuation and case; a single character stands for itself."""
    bare = _KEPT.sub("", clean(text)).lower()
    return frozenset(bare[place : place + 2] for place in range(max(len(bare) - 1, 1)) if bare)


def likeness(one: str | Fingerprint, other: str | Fingerprint) -> float:
    """From 0 to 1 (Dice); of a much longer text only twice the length of the shorter counts."""
    here, there = _print(one), _print(other)
    if not here or not there:
        return 0.0
    common = len(here & there)
    smaller, larger = sorted((len(here), len(there)))
    return 2 * common / (smaller + min(larger, _LONGER * smaller))


def _print(text: str | Fingerprint) -> Fingerprint:
    return fingerprint(text) if isinstance(text, str) else text
