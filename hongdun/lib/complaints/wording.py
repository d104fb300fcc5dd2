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
            beginning[word[:2]].add(word)
        self._single = frozenset(each for each in beginning if len(each) == 1)
        self._beginning = {
            pair: tuple(sorted(those, key=len, reverse=True)) for pair, those in beginning.items()
        }

    def find(self, text: str) -> dict[str, int]:
        """Each word of the list that the text holds, with its first place."""
        found: dict[str, int] = {}
        place, end = 0, len(text)
        while place < end:
            word = self._at(text, place)
            if word:
                found.setdefault(word, place)
            place += len(word) or 1
        return found

    def _at(self, text: str, place: int) -> str:
        for word in self._beginning.get(text[place : place + 2], ()):
            if text.startswith(word, place):
                return word
        return text[place] if text[place] in self._single else ""
