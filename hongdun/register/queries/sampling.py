"""Whether there are more hits than are counted, told from a part of the rows.

Slices are cut at random, so what is found in a few of them tells what is in all: where they hold six deviations more than
they would if there were only just too many to count, there are more for certain (one search in a thousand million errs).
"""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

from hongdun.lib import grams
from hongdun.lib.matching import WORDS
from hongdun.register.queries import candidates, ranking, shares
from hongdun.register.queries.candidates import DENSE, Part, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.lib.matching import Pattern
    from hongdun.register.queries.asked import Asked
    from hongdun.register.queries.candidates import Source
    from hongdun.register.queries.narrowing import Narrow

DEVIATIONS, AT_LEAST = 6, 4
# A coarse slice tells for lists that are this many times too long to be counted; for shorter ones some more are needed.
VERY, MORE = 8, 4
MOST_LOOKED_AT = 2000
MOST_DOUBTED = 20
SPARE = 2  # times as many are read, for texts refuse some that the index holds


def are_many(source: Source, asked: Asked, most: int) -> bool:
    """Whether there are surely more than `most`; False also where that can't be told."""
    narrow = asked.narrow
    share = candidates.share(source, asked.patterns, narrow)
    if shares.rows(share) < most:
        return False
    width = _width(share, most)
    just_too_many = most * width / grams.SLICES
    enough = ceil(just_too_many + DEVIATIONS * sqrt(just_too_many)) + AT_LEAST
    sample = Reading(SPARE * enough, _slices(width, grams.RANKS))
    proven = [each for each in asked.patterns if each.proven]
    if shares.rows(candidates.share(source, proven, narrow)) < most:
        rows = candidates.read(source, asked.patterns, narrow, sample)
        return len(ranking.matches(rows, asked.patterns, asked.whole)) >= enough
    return candidates.count(source, proven, narrow, sample) >= enough


def told(source: Source, asked: Asked, most: int) -> int:
    """How many there are, up to `most`, where the texts of a few rows at most tell it; 0 elsewhere."""
    proven = [each for each in asked.patterns if each.proven]
    doubtful = [each for each in asked.patterns if not each.proven]
    if all(each.by == WORDS for each in proven):
        return 0  # letters as they are written are rare
    found = candidates.count(source, proven, asked.narrow, Reading(most + 1))
    if found > most:
        return most
    return 0 if doubtful and _borne_out(source, asked, doubtful) else found


def _borne_out(source: Source, asked: Asked, doubtful: Sequence[Pattern]) -> bool:
    rows = candidates.read(source, doubtful, asked.narrow, Reading(MOST_DOUBTED))
    return len(rows) == MOST_DOUBTED or bool(ranking.matches(rows, doubtful, asked.whole))


def _width(share: float, most: int) -> int:
    """How many slices are looked into."""
    if share >= DENSE:
        return 1
    coarse = grams.SLICES // grams.COARSE
    return coarse if shares.rows(share) >= VERY * most else MORE * coarse


def part(source: Source, found: Sequence[Pattern], narrow: Narrow) -> Part:
    """As much of the active rows as holds MOST_LOOKED_AT that the pieces lead to."""
    hits = max(1.0, shares.rows(candidates.share(source, found, narrow)))
    width = max(1, min(grams.SLICES, int(grams.SLICES * MOST_LOOKED_AT / hits)))
    return _slices(width, [grams.ACTIVE])


def _slices(width: int, ranks: Sequence[int]) -> Part:
    pieces = [piece for rank in ranks for piece in grams.slices(rank, 0, width)]
    return Part(tuple(pieces), width / grams.SLICES)
