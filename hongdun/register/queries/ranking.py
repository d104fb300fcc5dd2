"""Hits in the order in which people look for them, and why each is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hongdun.lib import matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from hongdun.lib.matching import Part, Pattern, Span
    from hongdun.register.queries.candidates import Row
    from hongdun.register.queries.places import Key

WHOLE, TRADE, BEGINNING, WITHIN = range(4)


class Match(NamedTuple):
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
    for match in sorted(filter(None, (judged(row, found, whole) for row in rows))):
        best.setdefault(match.entity, match)
    return list(best.values())


def judged(row: Row, found: Sequence[Pattern], whole: str) -> Match | None:
    """By the first pattern that the text bears out; patterns come in the order of exactness."""
    for pattern in found:
        spans = pattern.spans(row.text)
        if spans is not None:
            exactness = _exactness(row, spans, whole)
            key = (pattern.by, exactness, int(row.former), int(not row.active), len(row.text), row.id.int)
            return Match(key, row.entity, row.text, row.former, tuple(spans))
    return None


def _exactness(row: Row, spans: Sequence[Span], whole: str) -> int:
    text, trade = row.text, row.trade
    if text == whole or spans == [(0, len(text))]:
        return WHOLE
    if trade and any(text[start:end] == trade for start, end in spans):
        return TRADE
    return BEGINNING if spans and spans[0][0] == 0 else WITHIN
