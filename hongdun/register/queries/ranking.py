"""Hits in the order in which people look for them, and why each is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib import matching
from hongdun.lib.matching import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from hongdun.lib.matching import Part, Pattern
    from hongdun.register.queries.candidates import Row
    from hongdun.register.queries.places import Key

WHOLE, TRADE, BEGINNING, WITHIN = range(4)


@dataclass(frozen=True, slots=True)
class Match:
    """A text that was found: `by` is one of `matching.BY`."""

    key: Key
    entity: UUID
    text: str
    former: bool
    spans: tuple[Span, ...]

    @property
    def by(self) -> str:
        return matching.BY[self.key[0]]

    @property
    def parts(self) -> list[Part]:
        return matching.highlighted(self.text, self.spans)


def matches(rows: Iterable[Row], found: Sequence[Pattern], whole: str) -> list[Match]:
    """Those rows that really match, the best text of each entity only, best first."""
    best: dict[UUID, Match] = {}
    for row in rows:
        match = judged(row, found, whole)
        if match and (row.entity not in best or match.key < best[row.entity].key):
            best[row.entity] = match
    return sorted(best.values(), key=lambda one: one.key)


def judged(row: Row, found: Sequence[Pattern], whole: str) -> Match | None:
    """By the first pattern that the text bears out; patterns come in the order of exactness."""
    for pattern in found:
        spans = pattern.spans(row.text)
        if spans is not None:
            exactness = _exactness(row, spans, whole)
            key = (pattern.by, exactness, int(row.former), int(not row.active), len(row.text), row.id)
            return Match(key, row.entity, row.text, row.former, tuple(spans))
    return None


def _exactness(row: Row, spans: Sequence[Span], whole: str) -> int:
    if row.text == whole or spans == [Span(0, len(row.text))]:
        return WHOLE
    words = {row.text[span.start : span.end] for span in spans}
    if row.trade and row.trade in words:
        return TRADE
    return BEGINNING if spans and spans[0].start == 0 else WITHIN
