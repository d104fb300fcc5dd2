"""Suggesting the classes, the kind and the right authority for a text, with how sure that is and why."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from hongdun.lib.complaints import classes, evidence, kinds
from hongdun.lib.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.lib.complaints.classes import Axis

SHOWN = 3
WORDS_SHOWN = 5
# How far a weight can be trusted, and what stands for "none of these": fitted by Brier score on the part `tune` of
# tests/lib/complaint_labels.csv and reviews held back; the part `test` and bench/complaints.py say how well.
_SHARPNESS: dict[str, float] = {"object": 1.2, "problem": 1.6, "mode": 0.9, "kind": 0.3, "destination": 0.12}
_UNKNOWN: dict[str, float] = {"object": 0.8, "problem": 0.3, "mode": -1.0, "kind": -1.0, "destination": 0.0}
# Where the wording says nothing more, something bought is most often simply bad.
_USUAL = {"problem": {"quality": 0.3}}
# Half of what speaks for 食品 speaks for each kind of food; a class alone is a little less than its best part.
_INHERITED, _ALONE = 0.5, 0.8
_PART = 5
# What is wrong with goods or a business is the market regulator's; how strongly, beside the learned pairs.
_OURS = 2.5


@dataclass(frozen=True, slots=True)
class Guess:
    code: str
    label: str
    confidence: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The likeliest first, none where nothing in the text points anywhere."""

    objects: tuple[Guess, ...]
    problems: tuple[Guess, ...]
    modes: tuple[Guess, ...]
    kinds: tuple[Guess, ...]
    destinations: tuple[Guess, ...]

    @property
    def elsewhere(self) -> Guess | None:
        """The authority that the text is rather meant for, where that is not market regulation."""
        first = self.destinations[0] if self.destinations else None
        return first if first and first.code != "market" else None


def classify(text: str) -> Suggestion:
    text = clean(text)
    problems = evidence.of("problem", text)
    return Suggestion(
        objects=_objects(evidence.of("object", text)),
        problems=_guesses("problem", problems),
        modes=_guesses("mode", evidence.of("mode", text)),
        kinds=_kinds(text),
        destinations=_destinations(text, sum(problems.weight.values())),
    )


def _objects(found: evidence.Evidence) -> tuple[Guess, ...]:
    whole = evidence.Evidence()
    for code, weight in found.weight.items():
        above = code[:-2] if len(code) == _PART else ""
        whole.weight[code] = weight + _INHERITED * found.weight.get(above, 0) if above else weight * _ALONE
        whole.words[code] = found.words[code] + found.words.get(above, [])
    return _guesses("object", whole)


def _guesses(axis: Axis, found: evidence.Evidence) -> tuple[Guess, ...]:
    if not found.weight:
        return ()
    weights = {**found.weight}
    for code, usual in _USUAL.get(axis, {}).items():
        weights[code] = weights.get(code, 0) + usual
    return tuple(
        Guess(code, classes.label(axis, code), confidence, tuple(found.words.get(code, ())[:WORDS_SHOWN]))
        for code, confidence in _likeliest(axis, weights)
    )


def _kinds(text: str) -> tuple[Guess, ...]:
    found = kinds.of(text)
    return tuple(
        Guess(code, kinds.LABELS[code], confidence, tuple(found.words[code][:WORDS_SHOWN]))
        for code, confidence in _likeliest("kind", found.weight)
    )


def _destinations(text: str, wrong: float) -> tuple[Guess, ...]:
    weights = evidence.destinations(text)
    if not weights:
        return ()
    weights["market"] += _OURS * wrong
    labels = {row["code"]: row["label"] for row in classes.rows("destinations")}
    return tuple(
        Guess(code, labels[code], confidence, ()) for code, confidence in _likeliest("destination", weights)
    )


def _likeliest(axis: str, weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """The best classes and their share of all evidence, "none of these" included."""
    sharpness, top = _SHARPNESS[axis], max(weights.values(), default=0)
    powers = {code: exp(sharpness * (weight - top)) for code, weight in weights.items()}
    total = sum(powers.values()) + exp(sharpness * (_UNKNOWN[axis] - top))
    best = sorted(powers, key=lambda code: (-powers[code], code))[:SHOWN]
    return [(code, round(powers[code] / total, 3)) for code in best]
