"""Where in a text a spelling is heard: the text turned into signs, one for whatever is read alike, and looked through as text.

A search of a thousand names by pinyin takes as long as one by characters.
"""

from __future__ import annotations

import re
import string
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hongdun.lib import grams, spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Readings = frozenset[str]
_FIRST = 0xE000  # signs are of the private area, where no reading is


class Ear:
    """`read` tells under which readings a character is indexed; `known` holds every set of them that there can be."""

    def __init__(self, read: Callable[[str], Readings], known: Iterable[Readings]) -> None:
        every = sorted({frozenset[str](), *known}, key=sorted)
        self._signs = {readings: chr(_FIRST + place) for place, readings in enumerate(every)}
        self._of_reading: dict[str, list[str]] = {}
        for readings, sign in self._signs.items():
            for reading in readings:
                self._of_reading.setdefault(reading, []).append(sign)
        self._table = _Table(lambda character: self._signs[read(character)])
        self.signs = lru_cache(maxsize=4096)(self._turned)

    def _turned(self, text: str) -> str:
        return text.translate(self._table)

    def pattern(self, wanted: Sequence[Readings]) -> re.Pattern[str]:
        """What finds, in the signs of a text, neighbouring characters that each have one of the readings wanted."""
        return re.compile("".join(f"[{self._all(each)}]" for each in wanted))

    def _all(self, wanted: Readings) -> str:
        signs = {sign for reading in wanted for sign in self._of_reading.get(reading, ())}
        return "".join(sorted(signs)) or "^\\s\\S"


class _Table(dict[int, str]):
    """Signs by code point, each made when it is first met."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, code: int) -> str:
        sign = self[code] = self._made(chr(code))
        return sign


@cache
def syllables() -> Ear:
    several = (frozenset(each) for each in spelling.POLYPHONES.values())
    return Ear(grams.heard, (*several, *(frozenset({each}) for each in spelling.SYLLABLES)))


@cache
def initials() -> Ear:
    several = (frozenset(each[0] for each in known) for known in spelling.POLYPHONES.values())
    return Ear(grams.begun, (*several, *(frozenset({each}) for each in string.ascii_lowercase)))
