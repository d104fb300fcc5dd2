"""Answers for what somebody asks in his own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.lib import grams, text
from hongdun.library.models import Answer, Issued, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

Told = Answer | Issued

MOST = 8
LONGEST = 200  # characters of a question that count
# What a pair of characters is worth, by where it stands.
QUESTION, WORDS, ANSWER = 3.0, 3.0, 1.0
WEAK = 0.25  # of the best; an answer below is about something else
# Pairs that stand in nearly any question.
IDLE = frozenset(grams.bigrams("怎么办什么可以能不能吗请问我想如何怎样一个这个有没有是不是了吗了怎"))


@dataclass(frozen=True, slots=True)
class Found:
    answer: Told
    weight: float


def find(wanted: str, *, most: int = MOST) -> list[Found]:
    """The answers nearest to a question, best first; none where no pair of characters is shared."""
    pieces = [piece for piece in _pieces(wanted[:LONGEST]) if piece not in IDLE]
    if not pieces:
        return []
    maybe = _in_force(grams__overlap=pieces)
    rare = {
        piece: 1 / sum(piece in each.grams for each in maybe) ** 0.5 for piece in pieces if _in(maybe, piece)
    }
    found = [Found(each, _weight(each, rare)) for each in maybe]
    found.sort(key=lambda one: -one.weight)
    return [each for each in found[:most] if each.weight >= WEAK * found[0].weight]


def by_subject() -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for answer in _in_force():
        found.setdefault(answer.subject, []).append(answer)
    return found


def issued_answers() -> QuerySet[Issued]:
    return Issued.objects.in_force(clock.today()).filter(kind=Kind.ANSWER)


def _in_force(**wanted: Iterable[int]) -> list[Told]:
    """The answers of the release but for those that officers have replaced, then those of the officers."""
    replaced = issued_answers().exclude(replaces="").values("replaces")
    return [
        *Answer.objects.filter(**wanted).exclude(pk__in=replaced),
        *issued_answers().filter(**wanted).order_by("pk"),
    ]


def _in(answers: Sequence[Told], piece: int) -> bool:
    return any(piece in each.grams for each in answers)


def _weight(answer: Told, rare: dict[int, float]) -> float:
    asked, said = set(_pieces(answer.question)), set(_pieces(answer.answer))
    words = {piece for word in answer.words.split() for piece in _pieces(word)}
    return sum(
        worth * (QUESTION * (piece in asked) + WORDS * (piece in words) + ANSWER * (piece in said))
        for piece, worth in rare.items()
    )


def _pieces(words: str) -> list[int]:
    return grams.bigrams(text.normalise_name(words))
