"""Weighing the words of a text for the classes of one axis, and what was learned from real texts beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from hongdun.lib.complaints import classes
from hongdun.lib.complaints.wording import Lexicon

if TYPE_CHECKING:
    from hongdun.lib.complaints.classes import Axis

READ = 1500  # characters: what comes later repeats
_OPENING = 40  # who complains names the matter first
_FADING = 400
_BY_LENGTH = {1: 0.6, 2: 1.0, 3: 1.5}
_LONG = 2.0
# A market or shop is mostly where something was bought, seldom what the complaint is about.
_SALES, _PLACE = "209", 0.5
# Learned wording speaks where the lists are silent, and less the more these have found.
_LEARNED, _MOST_LEARNED, _YIELDS = 0.3, 6.0, 4.0


@dataclass(slots=True)
class Evidence:
    """Weight and words for each class."""

    weight: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    words: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, code: str, weight: float, word: str) -> None:
        self.weight[code] += weight
        self.words[code].append(word)


def of(axis: Axis, text: str) -> Evidence:
    found = Evidence()
    lexicon, meanings = _listed(axis)
    for word, place in lexicon.find(text[:READ]).items():
        weight = _BY_LENGTH.get(len(word), _LONG)
        weight *= 2 if place < _OPENING else 1 / (1 + place / _FADING)
        for code in meanings[word]:
            found.add(code, weight * (_PLACE if code.startswith(_SALES) else 1), word)
    if axis == "object":
        _add_learned(text, found)
    return found


def destinations(text: str) -> dict[str, float]:
    """Log odds for each authority that a letter may be meant for, by pairs of characters (naive Bayes)."""
    table = _pairs()
    total: defaultdict[str, float] = defaultdict(float)
    for pair in {text[place : place + 2] for place in range(min(len(text), READ) - 1)}:
        for code, weight in table.get(pair, ()):
            total[code] += weight
    return total


def _add_learned(text: str, found: Evidence) -> None:
    lexicon, meanings = _learned()
    learned = Evidence()
    for word in lexicon.find(text[:READ]):
        code, weight = meanings[word]
        learned.add(code, weight, word)
    yields = 1 + sum(found.weight.values()) / _YIELDS
    for code, weight in learned.weight.items():
        found.weight[code] += min(_LEARNED * weight, _MOST_LEARNED) / yields
        found.words[code] += [word for word in learned.words[code] if word not in found.words[code]]


@cache
def _listed(axis: Axis) -> tuple[Lexicon, dict[str, list[str]]]:
    meanings: defaultdict[str, list[str]] = defaultdict(list)
    for each in classes.classes(axis).values():
        for word in each.words:
            meanings[word].append(each.code)
    return Lexicon(meanings), dict(meanings)


@cache
def _learned() -> tuple[Lexicon, dict[str, tuple[str, float]]]:
    table = {row["gram"]: (row["code"], float(row["weight"])) for row in classes.rows("learned_objects")}
    return Lexicon(table), table


@cache
def _pairs() -> dict[str, tuple[tuple[str, float], ...]]:
    table: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in classes.rows("learned_destinations"):
        gram = row.pop("gram")
        table[gram] = [(code, float(weight)) for code, weight in row.items()]
    return {gram: tuple(weights) for gram, weights in table.items()}
