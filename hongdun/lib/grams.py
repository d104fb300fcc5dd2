"""Pieces of text that the search index holds, each an exact 32-bit number; Chinese words have no spaces between.

A pair of characters is both code points, so that it never collides with another pair; what is below (pinyin, filters)
uses numbers whose upper half would be a control character.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from struct import unpack_from
from typing import TYPE_CHECKING

from hongdun.lib import spelling
from hongdun.lib.particulars import STATUSES

if TYPE_CHECKING:
    from uuid import UUID

_SYLLABLES, _INITIALS, _TRADE = 0, 1 << 18, (1 << 18) + 26**3
_PRIVATE, _PRIVATE_SIZE = 0xE000, 0x1900
FILTERS = 300_000
# Where each kind of filter begins; a filter's value is added to it.
CITY, COUNTY, STATUS, TYPE, DIVISION_OF_INDUSTRY, CLASS_OF_INDUSTRY, YEAR = (
    FILTERS, 310_000, 1_400_000, 1_410_000, 1_430_000, 1_440_000, 1_460_000,
)  # fmt: skip
# Every row lies in one of SLICES equal parts of its rank, by its key, and in one of COARSE larger ones: a page of a long
# list reads a few of these parts, however long the list is.
SLICES, COARSE = 4096, 64
_PER_COARSE = SLICES // COARSE
ACTIVE, ENDED, FORMER = RANKS = range(3)
_SLICE, _COARSE = 1_470_000, 1_490_000
# Of the pieces of addresses, scopes and people; raised with every change of what is made of them.
WORDING = 2


def bigrams(text: str) -> list[int]:
    """Each pair of neighbouring characters once, in upper case; one character alone stands twice. In no order."""
    folded = text.upper()
    if len(folded) == 1:
        folded *= 2
    if folded and max(folded) >= "\U00010000":
        folded = "".join(chr(_code(each)) for each in folded)
    # Two bytes a character: read four at a time, from the first and from the second, they are the pairs.
    data, size = folded.encode("utf-16-be", "surrogatepass"), len(folded)
    even = unpack_from(f">{size // 2}i", data)
    odd = unpack_from(f">{(size - 1) // 2}i", data, 2) if size else ()
    return list({*even, *odd})


def of_query(words: list[str]) -> list[int]:
    """Pieces that every name with these words must have; words of one character can't be indexed."""
    return list(dict.fromkeys(piece for word in words if len(word) > 1 for piece in bigrams(word)))


def spelled(text: str, trade: str = "") -> list[int]:
    """Pieces of how a name is read: pairs of syllables, threes of initials, and the trade name's pair of initials.

    A character of several readings is found by each.
    """
    read = list(map(_read, text))
    pieces: dict[int, None] = {}
    for (one, _), (other, _) in itertools.pairwise(read):
        for a in one:
            for b in other:
                pieces[_SYLLABLES + (a << 9 | b)] = None
    for (_, one), (_, other), (_, third) in zip(read, read[1:], read[2:], strict=False):
        for a in one:
            for b in other:
                for c in third:
                    pieces[_INITIALS + (a * 26 + b) * 26 + c] = None
    if len(trade) == 2:  # noqa: PLR2004 - a pair
        (_, one), (_, other) = map(_read, trade)
        pieces.update((_TRADE + a * 26 + b, None) for a in one for b in other)
    return list(pieces)


@lru_cache(maxsize=32_768)
def heard(character: str) -> frozenset[str]:
    """The syllables under which a character is indexed; none for what is no hanzi."""
    return frozenset(spelling.SYLLABLES[number] for number in _read(character)[0])


@lru_cache(maxsize=32_768)
def begun(character: str) -> frozenset[str]:
    """The letters with which the indexed readings of a character begin; a letter stands for itself."""
    return frozenset(chr(ord("a") + number) for number in _read(character)[1])


@lru_cache(maxsize=32_768)
def _read(character: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of its syllables, and of the letters that they begin with; a letter stands for itself."""
    found = spelling.readings(character)
    letters = [each[0] for each in found] or [character.lower()]
    return (
        tuple(spelling.NUMBER[each] for each in found),
        tuple(dict.fromkeys(ord(each) - ord("a") for each in letters if "a" <= each <= "z")),
    )


def syllables(one: str, other: str) -> int:
    return _SYLLABLES + (spelling.NUMBER[one] << 9 | spelling.NUMBER[other])


def initials(letters: str) -> int:
    """Number of three letters anywhere in a name, or of two that are the whole trade name."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("a")
    return (_INITIALS if len(letters) == 3 else _TRADE) + number  # noqa: PLR2004 - threes and pairs


def _code(character: str) -> int:
    """Characters beyond 16 bits fall into the private area; whoever searches compares the text as well."""
    code = ord(character)
    return code if code < 0x10000 else _PRIVATE + code % _PRIVATE_SIZE  # noqa: PLR2004 - 16 bits


def _signed(number: int) -> int:
    return number - (1 << 32) if number >= 1 << 31 else number


def gaps(text: str, trade: str) -> list[int]:
    """Pairs of characters with one of the trade name between: how a slip of one character is found."""
    start = text.find(trade) if trade else -1
    if start < 0:
        return []
    places = range(max(start, 1), min(start + len(trade), len(text) - 1))
    return list(dict.fromkeys(gap(text[place - 1], text[place + 1]) for place in places))


def gap(before: str, behind: str) -> int:
    """In the private area, where no pair of characters is; whoever searches compares the text as well."""
    one, other = _code(before.upper()[0]), _code(behind.upper()[0])  # "ß" grows to two
    return _signed((_PRIVATE + one % _PRIVATE_SIZE) << 16 | other)


@lru_cache(maxsize=65_536)
def filters(*, organ: int, status: str, kind: str, industry: str, year: int | None = None) -> tuple[int, ...]:
    """Pieces for what a search may be narrowed to: city, county, status, type, year, division and class of industry.

    `organ` is the registration authority, `kind` the code of the type, `industry` a class of GB/T 4754, `year` that
    of the foundation.
    """
    found = [city(organ // 100_000), county(organ // 1_000), _STATUS[status], of_type(kind)]
    found += [of_year(year)] if year else []
    return tuple(
        found + [piece for size in (2, 4) if len(industry) >= size for piece in of_industry(industry[:size])]
    )


def rank(status: str, *, former: bool = False) -> int:
    """Who stands before whom among hits that are equally exact."""
    if former:
        return FORMER
    return ACTIVE if status == "active" else ENDED


def slice_of(key: UUID) -> int:
    """The part of SLICES in which a row with this key lies: by the random end of the key, so that all are equal."""
    return key.int >> 20 & SLICES - 1


def placed(key: UUID, rank: int) -> tuple[int, int]:
    """Pieces for the parts of its rank in which a row lies."""
    part = slice_of(key)
    return _SLICE + rank * SLICES + part, _COARSE + rank * COARSE + part // _PER_COARSE


def slices(rank: int, first: int, end: int) -> tuple[int, ...]:
    """Pieces of which each row in these parts of a rank has one; coarse ones where they are whole."""
    found, at = [], first
    while at < end:
        whole = at % _PER_COARSE == 0 and at + _PER_COARSE <= end
        found.append(_COARSE + rank * COARSE + at // _PER_COARSE if whole else _SLICE + rank * SLICES + at)
        at += _PER_COARSE if whole else 1
    return tuple(found)


def city(code: int) -> int:
    """Four digits."""
    return CITY + code


def county(code: int) -> int:
    """Six digits."""
    return COUNTY + code


def of_status(status: str) -> int:
    return _STATUS[status]


def of_type(code: str) -> int:
    return TYPE + int(code)


def of_year(year: int) -> int:
    return YEAR + year


def of_industry(code: str) -> list[int]:
    """A division (two digits) or a class (four); nothing for what is neither."""
    if not code.isdecimal():
        return []
    base = {2: DIVISION_OF_INDUSTRY, 4: CLASS_OF_INDUSTRY}.get(len(code))
    return [base + int(code)] if base else []


_STATUS = {status: STATUS + place for place, status in enumerate(STATUSES)}
