"""Sections of the public page of an entity that other apps add: the page itself need not know them.

An app registers in `ready()`: `sections.add(Section("penalties", "行政处罚", "enforcement/entity.html", 70, facts))`;
`facts` gets the entity and gives what its template shows, or None when there is nothing to show.
A section says in `changes_with` what it depends on, as SQL over the entity `e`: pages are kept until that is another.
One that doesn't makes every page rendered for each reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """`place` orders the page: its own sections stand at 10, 20, 30 …"""

    anchor: str
    title: str
    template: str
    place: int
    facts: Callable[[Any], Facts | None]
    changes_with: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with what it shows; `count` stands beside its title where that tells something."""

    section: Section
    facts: Facts = field(default_factory=dict)

    @property
    def count(self) -> int | None:
        return self.facts.get("count")


SECTIONS: list[Section] = []


def add(section: Section) -> None:
    if section.anchor not in {each.anchor for each in SECTIONS}:
        SECTIONS.append(section)


def shown(own: list[Section], subject: object, entity: object) -> list[Shown]:
    """Those of the page (which get its `subject`) and those added, without the empty ones, in order."""
    found = [(each, each.facts(subject)) for each in own]
    found += [(each, each.facts(entity)) for each in SECTIONS]
    kept = [Shown(each, facts) for each, facts in found if facts is not None]
    return sorted(kept, key=lambda one: one.section.place)
