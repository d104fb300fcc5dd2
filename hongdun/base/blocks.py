"""Facts about an entity that stand against filings: told by whoever keeps them, read by registration.

The app that keeps such facts registers in `ready()`: `blocks.add(listings)`; `listings(entity, on=day)` yields what is
so on that day. Which filing a fact stands against, and by which article, is registration's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import date

Kind = Literal[
    "abnormal",
    "lost_contact",
    "serious",
    "frozen",
    "pledged",
    "mortgaged",
    "investigated",
    "litigation",
    "unpaid",
    "barred",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """`text` says what, since when and by which decision, so that the owner can clear it."""

    kind: Kind
    text: str


Source = Callable[..., Iterable[Fact]]
SOURCES: list[Source] = []


def add(source: Source) -> None:
    if source not in SOURCES:
        SOURCES.append(source)


def standing(entity: Any, *, on: date) -> list[Fact]:
    return [fact for source in SOURCES for fact in source(entity, on=on)]
