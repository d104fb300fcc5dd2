"""The classes of complaints on three axes: what it is about, what is wrong with it, how it was sold.

No official tree is public: the tables are our own where tables/README.md says so, and codes never change their meaning.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Axis = Literal["object", "problem", "mode"]
AXES: tuple[Axis, ...] = ("object", "problem", "mode")
_DEPTHS = {1: 1, 3: 2, 5: 3}


@dataclass(frozen=True, slots=True)
class Class:
    code: str
    label: str
    source: str
    words: tuple[str, ...]

    @property
    def depth(self) -> int:
        """Goods and services have three levels, told by the length of the code; the other axes one."""
        return _DEPTHS[len(self.code)] if self.code.isdecimal() else 1

    @property
    def above(self) -> str:
        return self.code[:-2] if self.code.isdecimal() else ""


@cache
def classes(axis: Axis) -> dict[str, Class]:
    """Every class of an axis by its code, in the order of the table."""
    return {
        row["code"]: Class(row["code"], row["label"], row["source"], tuple(row["words"].split()))
        for row in rows(f"{axis}s")
    }


def label(axis: Axis, code: str) -> str:
    """商品 / 家用电器 / 空调、冰箱、洗衣机: the class with those above it."""
    known = classes(axis)
    names = [known[code].label]
    while code := known[code].above:
        names.append(known[code].label)
    return " / ".join(reversed(names))


def rows(table: str) -> list[dict[str, str]]:
    source = files(__package__).joinpath(f"tables/{table}.csv").read_text("utf-8")
    return list(csv.DictReader(source.splitlines()))
