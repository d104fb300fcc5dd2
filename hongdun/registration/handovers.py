"""Which department hears what of a registration: a dated table, and what was sent of a case."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from hongdun.audit import queries as audit
from hongdun.base.parts import SummaryRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

SENT = "registration.handed_over"
# Public items of the register only (企业信息公示暂行条例 art. 6): no department needs more for its own first step.
FIELDS: dict[str, tuple[str, Callable[[Entity], object]]] = {
    "uscc": ("统一社会信用代码", lambda e: e.uscc),
    "name": ("名称", lambda e: e.name),
    "type": ("类型", lambda e: e.entity_type.label),
    "representative": ("法定代表人（负责人、经营者）", lambda e: e.representative),
    "address": ("住所（经营场所）", lambda e: e.address),
    "scope": ("经营范围", lambda e: e.scope),
    "capital": ("注册资本（出资额）", lambda e: str(e.money) if e.money else ""),
    "established": ("成立日期", lambda e: e.established),
    "status": ("登记状态", lambda e: e.status_label),
}
# Whoever delivers adds how far what was sent of a case has got.
ARRIVALS: list[Callable[[UUID], list[Arrival]]] = []
UNTIL = ("until", "异议期最后一日")


@dataclass(frozen=True, slots=True)
class Arrival:
    """`words`: whether the department has it; `at`: since when, None where nothing has happened yet."""

    department: str
    occasion: str
    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """`fields`: all that it may have on these `occasions`, by which article."""

    department: str
    label: str
    occasions: frozenset[str]
    fields: tuple[str, ...]
    article: str
    since: date
    until: date | None

    def hears(self, occasions: frozenset[str], on: date) -> bool:
        in_force = self.since <= on and (self.until is None or on <= self.until)
        return in_force and bool(self.occasions & occasions)

    @property
    def words(self) -> str:
        labels = {code: label for code, (label, _) in FIELDS.items()} | dict([UNTIL])
        return "、".join(labels[code] for code in self.fields)


def recipients(occasions: frozenset[str], *, on: date) -> list[Recipient]:
    return [each for each in _table() if each.hears(occasions, on)]


def departments() -> dict[str, str]:
    """All that hear of anything, by code; where one has several names, the first."""
    found: dict[str, str] = {}
    for each in _table():
        found.setdefault(each.department, each.label)
    return found


def arrivals(case: Case) -> list[Arrival]:
    return [each for ask in ARRIVALS for each in ask(case.id)]


def sent(case: Case) -> list[SummaryRow]:
    """To whom what was sent of a case and when, from the audit; and whether it has arrived."""
    found = sorted((each for each in audit.of_case(case.id) if each.verb == SENT), key=lambda each: each.at)
    arrived = {(each.department, each.occasion): each for each in arrivals(case)}
    return [
        SummaryRow(
            each.data["department"],
            f"{localtime(each.at):%Y-%m-%d %H:%M}　{each.data['fields']}"
            + _in_words(arrived.get((each.data["department"], each.data.get("occasion", "")))),
        )
        for each in found
    ]


def _in_words(arrival: Arrival | None) -> str:
    if arrival is None:
        return ""
    return f"　{arrival.words}" + (f"（{localtime(arrival.at):%m-%d %H:%M}）" if arrival.at else "")


@cache
def _table() -> tuple[Recipient, ...]:
    text = (files("hongdun.registration") / "tables" / "handovers.csv").read_text("utf-8")
    return tuple(
        Recipient(
            row["department"], row["label"], frozenset(row["occasions"].split()), tuple(row["fields"].split()), row["article"],
            date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip
