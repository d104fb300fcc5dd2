"""What a list too long to be ranked consists of: stretches of falling exactness, in each the active before the ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from hongdun.lib import grams, names
from hongdun.lib.matching import PINYIN, WORDS, Pattern
from hongdun.register.queries import candidates, shares
from hongdun.register.queries.candidates import NAMES, Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongdun.register.queries.asked import Asked
    from hongdun.register.queries.candidates import Source

FEW = 300  # rows that are read at once
LAST = "\U0010ffff"
CURRENT = Condition("n.kind = 'current'")


class Order(Enum):
    """FEW rows of both ranks at once, the active first; one rank BY_NAME or by SLICES."""

    FEW = auto()
    BY_NAME = auto()
    SLICES = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that match one of `found` by exactness `by`, of one rank, under some more conditions.

    `key`: what another index leads to, where it is only a small part of the slices.
    """

    order: Order
    found: Sequence[Pattern]
    also: tuple[Condition, ...] = ()
    rank: int = grams.ACTIVE
    by: int | None = None
    key: Condition | None = None

    @property
    def is_former(self) -> bool:
        return self.rank == grams.FORMER


def stretches(source: Source, asked: Asked) -> list[Stretch]:
    found = asked.patterns
    if source is not NAMES:
        return [Stretch(Order.SLICES, found, rank=rank) for rank in _ranks(asked)]
    if not asked.whole:
        return [Stretch(Order.SLICES, found, (CURRENT,), rank) for rank in _ranks(asked)]
    former = Stretch(Order.SLICES, found, rank=grams.FORMER)
    if len(found) == 1 and found[0].by == WORDS:
        return [*_written(asked, found), former]
    by_exactness = (_meant(asked, by) for by in sorted({each.by for each in found}))
    return [*(stretch for level in by_exactness for stretch in level), former]


def _ranks(asked: Asked) -> list[int]:
    """Those that the filter for the status leaves."""
    if not asked.narrow.status:
        return [grams.ACTIVE, grams.ENDED]
    return [grams.rank(asked.narrow.status)]


def _written(asked: Asked, found: Sequence[Pattern]) -> Iterator[Stretch]:
    """The name itself, the trade name, names that begin so, and the others."""
    whole, words = asked.whole, list(asked.words)
    other_trade = Condition("n.trade <> ALL(%s)", (words,))
    begins = f"{NAMES.text} ~>=~ %s AND {NAMES.text} ~<~ %s"
    bounds = (words[0], words[0] + LAST)
    yield Stretch(Order.FEW, found, (CURRENT, Condition("n.name = %s", (whole,))))
    yield Stretch(
        Order.FEW, found, (CURRENT, Condition("n.trade = ANY(%s) AND n.name <> %s", (words, whole)))
    )
    beginning = (Condition(begins, bounds), CURRENT, other_trade, Condition("n.name <> %s", (whole,)))
    yield from (Stretch(Order.BY_NAME, found, beginning, rank) for rank in _ranks(asked))
    within = (CURRENT, other_trade, Condition(f"NOT ({begins})", bounds))
    yield from (Stretch(Order.SLICES, found, within, rank) for rank in _ranks(asked))


def _meant(asked: Asked, by: int) -> Iterator[Stretch]:
    """What is meant in one way: trade names that are read so, then the others."""
    found = [each for each in asked.patterns if each.by == by]
    if by == WORDS and shares.rows(candidates.share(NAMES, found, asked.narrow)) < FEW:
        yield Stretch(Order.FEW, found, (CURRENT,), by=by)
        return
    sounds = sorted({way.sound for each in found for way in each.ways if way.sound}) if by == PINYIN else []
    others: tuple[Condition, ...] = (CURRENT,)
    if sounds:
        key = Condition("n.keys && %s::bigint[]", (names.sounding_so(sounds),))
        others = (CURRENT, Condition(f"NOT {key.text}", key.values))
        yield from (Stretch(Order.SLICES, found, (CURRENT,), rank, by, key) for rank in _ranks(asked))
    yield from (Stretch(Order.SLICES, found, others, rank, by) for rank in _ranks(asked))
