"""64-bit keys by which names that may be taken for each other find one another in an index.

Two names that `rules.compare` finds alike share a key: a name is stored under `stored`, looked for under `wanted`.
What shares a key need not be alike; the rules decide. The registrar is no part of a key: a name of the region is
compared with those of every city, and fifteen times as many keys cost more than the names of other cities.
"""

from __future__ import annotations

import struct
from hashlib import blake2b
from typing import TYPE_CHECKING

from hongdun.lib import spelling
from hongdun.lib.names import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongdun.lib.names.parts import Parts

VERSION = 2  # raised with every change of what is keyed; `hongdun index-names` makes old rows new
ANY = "*"
SHORTEST_PART = 2
SHORTEST_SOUND = 3  # of a part that sounds alike
SHORTEST_SLIP = 3  # of names that differ in one character: two of two characters are simply others
SHORTEST_GAP = 4  # of the longer name where the other lacks one character within
LONGEST = 8  # a longer trade name is a sentence, or wasn't understood: compared as a whole only


def stored(parts: Parts) -> list[int]:
    """Keys of a name borne or reserved."""
    trade, group = parts.trade, parts.group
    made = set(_whole(parts))
    for scope in {group, ANY}:
        made |= {("U", scope, part) for part in pieces(trade)}
        made |= {("V", scope, part) for part in sounding(trade)}
    made |= {("M", group, mask) for mask in masks(trade)}
    made |= {("W", group, part) for part in {trade, *gaps(trade)}}
    return _hashed(made)


def wanted(parts: Parts) -> list[int]:
    """Keys to look for, so that every name that could be alike is found."""
    if not parts.trade or parts.branch:
        return []
    trade, group = parts.trade, parts.group
    scopes = {group, ""} if group else {ANY}
    made = set(_whole(parts))
    for scope in scopes:
        made.add(("U", scope, trade))
        made |= {("V", scope, part) for part in _heard(trade)}
    # Parts of the wanted name: whether such a name bears the same industry the rules see.
    made |= {("E", "", part) for part in pieces(trade)}
    made |= {("P", "", part) for part in sounding(trade)}
    made |= {("M", group, mask) for mask in masks(trade)}
    made |= {("W", group, part) for part in {trade, *gaps(trade)}}
    return _hashed(made)


def sounding_so(spelled: Iterable[str]) -> list[int]:
    """Keys of trade names that are read so, syllable by syllable."""
    return _hashed(("P", "", each) for each in spelled)


def pieces(trade: str) -> set[str]:
    """Parts of a trade name, the whole left out."""
    size = len(trade)
    if size > LONGEST:
        return set()
    return {
        trade[start:end]
        for start in range(size)
        for end in range(start + SHORTEST_PART, size + 1)
        if end - start < size
    }


def sounding(trade: str) -> set[str]:
    """Spellings of its longer parts, the whole left out."""
    return {heard for part in pieces(trade) if len(part) >= SHORTEST_SOUND for heard in _heard(part)}


def masks(trade: str) -> set[str]:
    if not SHORTEST_SLIP <= len(trade) <= LONGEST:
        return set()
    return {f"{trade[:place]}*{trade[place + 1 :]}" for place in range(len(trade))}


def gaps(trade: str) -> set[str]:
    if not SHORTEST_GAP <= len(trade) <= LONGEST:
        return set()
    return {trade[:place] + trade[place + 1 :] for place in range(len(trade))}


def _whole(parts: Parts) -> Iterator[tuple[str, str, str]]:
    trade = parts.trade
    yield ("E", "", trade)
    yield ("S", "", "".join(sorted(trade)))
    yield ("G", "", shapes.normal(trade))
    for heard in _heard(trade):
        yield ("P", "", heard)


def _heard(word: str) -> set[str]:
    return {" ".join(each) for each in spelling.spellings(word)}


def _hashed(made: Iterable[tuple[str, str, str]]) -> list[int]:
    return sorted(_hash("|".join(each)) for each in made)


def _hash(text: str) -> int:
    number: int = struct.unpack("<q", blake2b(text.encode(), digest_size=8).digest())[0]
    return number
