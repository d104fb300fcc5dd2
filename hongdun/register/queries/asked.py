"""A question as it is answered page by page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hongdun.lib import matching
from hongdun.register.queries import places

if TYPE_CHECKING:
    from hongdun.lib.matching import Pattern
    from hongdun.register.queries.narrowing import Narrow


LONG = 6


@dataclass(frozen=True)
class Asked:
    """`where` is what the reader wants searched, empty for what finds something."""

    words: tuple[str, ...]
    narrow: Narrow
    where: str
    size: int

    @cached_property
    def mark(self) -> str:
        return places.mark(self.words, self.narrow, self.where)

    @cached_property
    def whole(self) -> str:
        return "".join(self.words)

    @property
    def is_long(self) -> bool:
        """So many characters in a row that nobody hits upon them by a slip: where they are found, they were meant."""
        return any(len(word) >= LONG for word in self.words)

    @cached_property
    def plain(self) -> Pattern | None:
        """The only thing that can be meant, where that is words without upper and lower case."""
        one = self.patterns[0] if len(self.patterns) == 1 and self.words else None
        return one if one and one.by == matching.WORDS and self.whole.upper() == self.whole.lower() else None

    @cached_property
    def patterns(self) -> list[Pattern]:
        """Empty where the words are too short; one without conditions where there are none."""
        return matching.patterns(self.words) if self.words else [matching.Pattern(())]
