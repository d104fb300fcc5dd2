"""Answers for what somebody asks in his own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib import grams, text
from hongdun.library.models import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 8
LONGEST = 200  # characters of a question that count
# What a pair of characters is worth, by where it stands.
QUESTION, WORDS, ANSWER = 3.0, 3.0, 1.0
WEAK = 0.25  # of the best; an answer below is about something else
# Pairs that stand in nearly any question.
IDLE = frozenset(grams.bigrams("怎么办什么可以能不能吗请问我想如何怎样一个这个有没有是不是了吗了怎"))


@dataclass(frozen=True, slots=True)
class Found:
    answer: Answer
    weight: float


def find(wanted: str, *, most: int = MOST) -> list[Found]:
    """The answers nearest to a question, best first; none where no pair of characters is shared."""
    pieces = [piece for piece in _pieces(wanted[:LONGEST]) if piece not in IDLE]
    if not pieces:
        return []
    maybe = list(Answer.objects.filter(grams__overlap=pieces))
    rare = {
        piece: 1 / sum(piece in each.grams for each in maybe) ** 0.5 for piece in pieces if _in(maybe, piece)
    }
    found = [Found(each, _weight(each, rare)) for each in maybe]
    found.sort(key=lambda one: (-one.weight, one.answer.position))
    return [each for each in found[:most] if each.weight >= WEAK * found[0].weight]


def by_subject() -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in Answer.objects.all():
        found.setdefault(answer.subject, []).append(answer)
    return found


def _in(answers: Sequence[Answer], piece: int) -> bool:
    return any(piece in each.grams for each in answers)


def _weight(answer: Answer, rare: dict[int, float]) -> float:
    asked, said = set(_pieces(answer.question)), set(_pieces(answer.answer))
    words = {piece for word in answer.words.split() for piece in _pieces(word)}
    return sum(
        worth * (QUESTION * (piece in asked) + WORDS * (piece in words) + ANSWER * (piece in said))
        for piece, worth in rare.items()
    )


def _pieces(words: str) -> list[int]:
    return grams.bigrams(text.normalise_name(words))
