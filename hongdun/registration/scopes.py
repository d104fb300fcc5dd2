"""Business scopes: phrases to choose from, and which items may be done only with whose permit (条例 art. 14, 细则 art. 12)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hongdun.lib import articles, scopeitems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHOWN = 12
# The sentence that closes a scope with licensed items (细则 art. 13).
REMARK = (
    "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以相关部门批准文件或许可证件为准）"
)


@dataclass(frozen=True, slots=True)
class Permit:
    """What a line of business needs; `before`: it is handed in with the application (条例 art. 14)."""

    words: tuple[str, ...]
    never: tuple[str, ...]
    name: str
    department: str
    before: bool
    citation: str
    since: date
    until: date | None

    def covers(self, item: str, on: date) -> bool:
        in_force = self.since <= on and (self.until is None or on <= self.until)
        return in_force and any(w in item for w in self.words) and not any(n in item for n in self.never)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of business; `count`: how often it stands in entries of the register."""

    text: str
    count: int
    permits: tuple[Permit, ...] = ()

    @property
    def hint(self) -> str:
        needed = "、".join(f"{each.name}（{each.department}）" for each in self.permits)
        return f"须办{needed}" if needed else ""


def find(words: str, *, on: date) -> list[Phrase]:
    """Phrases that hold all of the words, those that begin with them first, then the most usual."""
    wanted = words.split()
    if not wanted:
        return []
    found = [(text, count) for text, count, _ in _phrases() if all(word in text for word in wanted)]
    found.sort(key=lambda each: (not each[0].startswith(wanted[0]), -each[1], len(each[0])))
    return [Phrase(text, count, permits(text, on=on)) for text, count in found[:SHOWN]]


def of_shops(*, on: date) -> list[Phrase]:
    """Those that shop-keepers tick, in the order in which they are offered."""
    offered = sorted((place, text, count) for text, count, place in _phrases() if place)
    return [Phrase(text, count, permits(text, on=on)) for _, text, count in offered]


def is_usual(item: str) -> bool:
    """Whether an item stands in the catalogue in these words (细则 art. 12)."""
    return item in _texts()


def permits(item: str, *, on: date) -> tuple[Permit, ...]:
    return tuple(each for each in _permits() if each.covers(item, on))


def licensed(text: str, *, on: date) -> list[tuple[str, Permit]]:
    """Items of a scope with each permit that they need, in their order."""
    return [(item.text, each) for item in scopeitems.split(text).items for each in permits(item.text, on=on)]


def arranged(text: str, *, on: date) -> str:
    """The scope with its licensed items apart, as the licence prints them; one that is sorted already stays."""
    scope = scopeitems.split(text)
    if any(item.head for item in scope.items) or not licensed(text, on=on):
        return text
    return written([item.text for item in scope.items], on=on)


def written(items: Sequence[str], *, on: date) -> str:
    """A scope of these items, under its two heads."""
    needing = [item for item in items if permits(item, on=on)]
    others = [item for item in items if item not in needing]
    licensed = f"许可项目：{'；'.join(needing)}{REMARK}。" if needing else ""
    return licensed + (f"一般项目：{'；'.join(others)}。" if others else "")


@cache
def _phrases() -> tuple[tuple[str, int, int], ...]:
    """Words, how often, and the place among those of shops, 0 for none."""
    return tuple((row["phrase"], int(row["count"]), int(row["shop"] or 0)) for row in _rows("phrases"))


@cache
def _texts() -> frozenset[str]:
    return frozenset(text for text, *_ in _phrases())


@cache
def _permits() -> tuple[Permit, ...]:
    return tuple(
        Permit(
            tuple(row["words"].split()), tuple(row["except"].split()), row["permit"], row["department"],
            row["stage"] == "before", f"{row['citation']}{articles.reference(row['article'])}",
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _rows("permits")
    )  # fmt: skip


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = (files("hongdun.registration") / "tables" / f"{table}.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines())
