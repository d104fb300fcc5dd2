"""The dated tables beside this app: each line from its first to its last day in force, with its article."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from hongdun.law.models import Statute
from hongdun.lib import articles


@dataclass(frozen=True, slots=True)
class Line:
    """One line as text; `verified` 0: the article was not at hand."""

    row: dict[str, str]
    valid_from: date
    valid_to: date | None

    def __getitem__(self, column: str) -> str:
        return self.row[column]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def citation(self) -> str:
        """By the law's own title, or by the code that the law tables know it under."""
        title = self.row.get("title") or Statute.objects.get(code=self["statute"]).short
        return articles.cite(title, self["article"])


@cache
def lines(table: str) -> tuple[Line, ...]:
    text = (files("hongdun.consumer") / "tables" / f"{table}.csv").read_text("utf-8")
    return tuple(_line(row) for row in csv.DictReader(text.splitlines()))


def in_force(table: str, on: date) -> list[Line]:
    return [line for line in lines(table) if line.in_force(on)]


def _line(row: dict[str, str]) -> Line:
    last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return Line(row, date.fromisoformat(row["valid_from"]), last)
