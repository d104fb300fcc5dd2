"""GB/T 2260 codes through time: which code stands today for one found in an old number."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["division", "zone", "registrar"]

_KINDS: dict[str, Kind] = {"division": "division", "zone": "zone", "registrar": "registrar"}


@dataclass(frozen=True, slots=True)
class Division:
    """A code and its name in the year-end lists from `first_year` to `last_year`; None is open."""

    code: str
    name: str
    first_year: int | None
    last_year: int | None
    successor: str | None
    kind: Kind

    @property
    def current(self) -> bool:
        return self.last_year is None and self.successor is None


@dataclass(frozen=True, slots=True)
class Resolution:
    """`path` leads from the code asked for to today's; `exact` is False when only the city could be told."""

    division: Division
    path: tuple[str, ...]
    exact: bool


class Divisions:
    def __init__(self, rows: Iterable[Division]) -> None:
        self._rows: dict[str, list[Division]] = {}
        for row in sorted(rows, key=lambda row: row.first_year or 0):
            self._rows.setdefault(row.code, []).append(row)
        self._current = {row.code: row for found in self._rows.values() for row in found if row.current}

    def current(self, code: str) -> Division | None:
        return self._current.get(code)

    def resolve(self, code: str) -> Resolution | None:
        """Today's division for six digits; an unknown number falls back to its city, a foreign one to None."""
        path = [code]
        while path[-1] not in self._current:
            successor = self._successor(path[-1])
            if successor is None or successor in path:
                return self._city(code)
            path.append(successor)
        return Resolution(self._current[path[-1]], tuple(path), exact=True)

    def name(self, code: str, year: int) -> str | None:
        """What a code was called at the end of a year."""
        for row in self._rows.get(code, ()):
            if (row.first_year or 0) <= year <= (row.last_year or year):
                return row.name
        return None

    def _successor(self, code: str) -> str | None:
        rows = self._rows.get(code)
        return rows[-1].successor if rows else None

    def _city(self, code: str) -> Resolution | None:
        city = self._current.get(code[:4] + "00")
        return Resolution(city, (code, city.code), exact=False) if city else None


def read(lines: Iterable[str]) -> Divisions:
    """From the lines of a table with the columns code, name, first_year, last_year, successor, kind."""
    return Divisions(
        Division(
            code=row["code"],
            name=row["name"],
            first_year=int(row["first_year"]) if row["first_year"] else None,
            last_year=int(row["last_year"]) if row["last_year"] else None,
            successor=row["successor"] or None,
            kind=_KINDS[row["kind"]],
        )
        for row in csv.DictReader(lines)
    )
