"""Finding the words of a list in running text: the longest at each place, none within another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lexicon:
    def __init__(self, words: Iterable[str]) -> None:
        beginning: defaultdict[str, set[str]] = defaultdict(set)
        for word in words:
            beginning[word[0]].add(word)
        self._beginning = {
            first: tuple(sorted(those, key=len, reverse=True)) for first, those in beginning.items()
        }

    def find(self, text: str) -> dict[str, int]:
        """Each word of the list that the text holds, with its first place."""
        found: dict[str, int] = {}
        place, beginning = 0, self._beginning
        while place < len(text):
            for word in beginning.get(text[place], ()):
                if text.startswith(word, place):
                    found.setdefault(word, place)
                    place += len(word) - 1
                    break
            place += 1
        return found
