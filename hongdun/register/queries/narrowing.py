"""What a search is narrowed to, as pieces of the index: words and filters are looked up at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hongdun.lib import entitytypes, grams, industries

LONGEST_SPAN = 80  # years that are looked up one by one; a longer span is nearly everything
FIRST_YEAR, LAST_YEAR = 1850, 2200


@dataclass(frozen=True)
class Narrow:
    """Empty means everything. `type` is a code or a kind, `industry` a section, division or class of GB/T 4754.

    `city` has four digits, `county` six; both are of the registration authority.
    """

    city: str = ""
    county: str = ""
    status: str = ""
    type: str = ""
    industry: str = ""
    founded_from: date | None = None
    founded_to: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == Narrow()

    @cached_property
    def pieces(self) -> list[int]:
        """All of these an entity has."""
        found = [grams.city(int(self.city))] if self.city else []
        found += [grams.county(int(self.county))] if self.county else []
        found += [grams.of_status(self.status)] if self.status else []
        found += [grams.of_type(self.type)] if self.type.isdecimal() else []
        return found + (grams.of_industry(self.industry) if self.industry.isdecimal() else [])

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        """Of each of these an entity has one."""
        return [group for group in (self._types(), self._divisions(), self._years()) if group]

    @property
    def dates(self) -> tuple[date, date] | None:
        """Bounds that the year alone doesn't decide."""
        first, last = self.founded_from, self.founded_to
        if first is None and last is None:
            return None
        return first or date(1, 1, 1), last or date(9999, 12, 31)

    def _types(self) -> tuple[int, ...]:
        return tuple(
            grams.of_type(each.code) for each in entitytypes.TYPES.values() if each.kind == self.type
        )

    def _divisions(self) -> tuple[int, ...]:
        section = industries.section_of(self.industry) if self.industry.isalpha() else None
        if section is None:
            return ()
        numbers = range(section.first, section.last + 1)
        return tuple(piece for number in numbers for piece in grams.of_industry(f"{number:02}"))

    def _years(self) -> tuple[int, ...]:
        if self.founded_from is None and self.founded_to is None:
            return ()
        first = max(self.founded_from.year if self.founded_from else FIRST_YEAR, FIRST_YEAR)
        last = min(self.founded_to.year if self.founded_to else LAST_YEAR, LAST_YEAR)
        # An index can't tell "none of these": years turned about would find everything.
        years = tuple(grams.of_year(year) for year in range(first, last + 1)) or (grams.of_year(0),)
        return years if len(years) <= LONGEST_SPAN else ()
