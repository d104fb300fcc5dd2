"""Pinyin without tones: every reading of a character, and letters that a person types split into syllables."""

from __future__ import annotations

import itertools
import os
import unicodedata
from functools import lru_cache
from importlib.resources import files

# Single characters are all we ask of it; its phrases would take 45 MB of each process and half a second of its start.
os.environ |= {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}

from pypinyin.pinyin_dict import pinyin_dict  # it reads them when it is imported

# In this order for good: the search index holds their numbers.
SYLLABLES = tuple(files(__package__).joinpath("syllables.txt").read_text("ascii").split())
NUMBER = {syllable: number for number, syllable in enumerate(SYLLABLES)}
POLYPHONES = {
    line.split()[0]: tuple(line.split()[1:])
    for line in files(__package__).joinpath("polyphones.txt").read_text("utf-8").splitlines()
}
_TYPED = {"lue": "lve", "nue": "nve"}
_LONGEST = 6
MOST_SPELLINGS = 16
MOST_SPLITS = 8


@lru_cache(maxsize=32_768)
def readings(character: str) -> tuple[str, ...]:
    """Syllables of a character in today's use, the most usual first; none for what is no hanzi.

    polyphones.txt lists those with several; dictionaries know more, which nobody hears in a name.
    """
    if known := POLYPHONES.get(character):
        return known
    found = pinyin_dict.get(ord(character), "").split(",")
    plain = map(_without_tone, found)
    return tuple(itertools.islice((each for each in plain if each in NUMBER), 1))


@lru_cache(maxsize=65_536)
def spellings(word: str) -> frozenset[tuple[str, ...]]:
    """Every way to read a word; the most usual readings only where there would be more than MOST_SPELLINGS.

    Two words sound alike if they share one. Other characters stand for themselves.
    """
    options = [readings(each) or (each,) for each in word]
    last = len(options) - 1
    while last >= 0 and _product(options) > MOST_SPELLINGS:
        options[last] = options[last][:1]
        last -= 1
    return frozenset(itertools.product(*options))


def alike(one: str, other: str) -> bool:
    """Whether two words can be read the same."""
    return len(one) == len(other) and not spellings(one).isdisjoint(spellings(other))


def split(letters: str) -> list[tuple[tuple[str, ...], str]]:
    """How typed letters fall into syllables: (whole syllables, letters begun at the end), the likeliest first."""
    found: list[tuple[tuple[str, ...], str]] = []
    _split(letters.lower(), (), found)
    return sorted(found, key=lambda one: (bool(one[1]), len(one[0])))[:MOST_SPLITS]


def _split(rest: str, done: tuple[str, ...], found: list[tuple[tuple[str, ...], str]]) -> None:
    if len(found) > MOST_SPLITS * 8:
        return
    if not rest:
        found.append((done, ""))
        return
    for size in range(min(_LONGEST, len(rest)), 0, -1):
        syllable = _TYPED.get(rest[:size], rest[:size])
        if syllable in NUMBER:
            _split(rest[size:], (*done, syllable), found)
    if done and len(rest) < _LONGEST and any(each.startswith(rest) and each != rest for each in SYLLABLES):
        found.append((done, rest))


def _product(options: list[tuple[str, ...]]) -> int:
    total = 1
    for each in options:
        total *= len(each)
    return total


def _without_tone(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    marked = decomposed.replace("u\u0308", "v")
    return "".join(each for each in marked if not unicodedata.combining(each))
