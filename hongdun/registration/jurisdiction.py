"""Which authority registers what (实施细则 art. 4), by a dated table that the region sets within the rule."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hongdun.lib import organs
from hongdun.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Iterable


class NoAuthority(LookupError):
    """The table names no authority for a type on a day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`types`: beginnings of type codes; `owner`: "provincial" where such an owner makes the difference."""

    types: tuple[str, ...]
    owner: str
    level: organs.Level
    says: str
    article: str
    since: date
    until: date | None

    def covers(self, entity_type: str, owner: str, on: date) -> bool:
        in_force = self.since <= on and (self.until is None or on <= self.until)
        return in_force and entity_type.startswith(self.types) and self.owner in {"", owner}


def rule(entity_type: str, *, owner: str = "", on: date) -> Rule:
    """The first row that covers the type: those for special owners stand on top."""
    found = next((each for each in _rules() if each.covers(entity_type, owner, on)), None)
    if found is None:
        raise NoAuthority(f"{on} 没有规定类型 {entity_type} 的登记机关")
    return found


def problem(entity_type: str, organ: int, *, owner: str = "", on: date) -> str:
    """Why this authority doesn't register such an entity, and which one does; empty where it is the right one."""
    found = rule(entity_type, owner=owner, on=on)
    level = organs.level(organ)
    if level == found.level:
        return ""
    if level < found.level:
        where = "请改选住所所在县（市、区）的市场监督管理局"
    else:
        right = organs.ancestors(organ)[level - found.level]
        where = f"请改选“{org.organ(right).name}”"
    return f"{found.says}（{found.article}），{where}。"


def only_counties(types: Iterable[str], *, owners: Iterable[str], on: date) -> bool:
    """Whether no authority above the county registers any of these types."""
    levels = {rule(each, owner=owner, on=on).level for each in types for owner in ("", *owners)}
    return levels == {organs.COUNTY}


@cache
def _rules() -> tuple[Rule, ...]:
    levels: dict[str, organs.Level] = {"region": 1, "city": 2, "county": 3}
    text = (files("hongdun.registration") / "tables" / "jurisdiction.csv").read_text("utf-8")
    return tuple(
        Rule(
            tuple(row["types"].split()), row["owner"], levels[row["level"]], row["says"], row["article"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip
