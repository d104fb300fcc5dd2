"""What of a closed complaint is published, from when to when, and when not: dated rules (办法 art. 39, before it none)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.consumer.models import Kind, Matter
from hongdun.consumer.publicity.models import Publication
from hongdun.law import queries as law
from hongdun.law.models import Statute
from hongdun.lib import articles
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from hongdun.cases.models import Case

WAIT, TERM = "consumer_publicity", "consumer_publicity_shown"


@dataclass(frozen=True, slots=True)
class Ground:
    """A case in which nothing is published: by rule at once, or when an officer finds it so."""

    code: str
    label: str
    by_officer: bool
    statute: str
    article: str
    valid_from: date
    valid_to: date | None
    verified: bool

    @property
    def citation(self) -> str:
        return articles.cite(Statute.objects.get(code=self.statute).short, self.article)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def period(closed: date) -> tuple[date, date] | None:
    """First and last day of publication of what was closed on this day; None where no rule stood."""
    try:
        first = law.due(WAIT, closed).date
    except law.LawError:
        return None
    return first, law.due(TERM, first).date


def exception(matter: Matter, *, on: date) -> Ground | None:
    """The first case that the rules themselves see."""
    applies = {
        "refused": matter.result == "refused",
        "unnamed": not (matter.entity and Entity.objects.filter(pk=matter.entity).exists()),
        "not_agreed": not matter.may_publish,
    }
    return next((found for found in grounds(on=on) if applies.get(found.code)), None)


def grounds(*, on: date, by_officer: bool | None = None) -> list[Ground]:
    return [
        found for found in _grounds() if found.in_force(on) and by_officer in {None, found.by_officer}
    ]


def ground(code: str) -> Ground:
    return next(found for found in _grounds() if found.code == code)


def words(case: Case) -> str:
    """Where a closed complaint stands, for its officers."""
    if not case.closed or case.procedure_code != f"consumer.{Kind.COMPLAINT}":
        return ""
    row = Publication.objects.filter(case=case).first()
    if row is None:
        found = exception(Matter.objects.get(pk=case.pk), on=timezone.localdate(case.closed))
        return f"不公示：{found.label}（{found.citation}）。" if found else "不公示：办结之日没有公示的规定。"
    if row.withdrawn:
        return f"已停止公示：{ground(row.ground).label}（{ground(row.ground).citation}）。"
    return f"公示：{row.shown_from} 至 {row.shown_until}，显示在经营者的公开页面上，不含投诉人的信息。"


@cache
def _grounds() -> tuple[Ground, ...]:
    text = (files("hongdun.consumer") / "tables" / "publicity.csv").read_text("utf-8")
    return tuple(
        Ground(
            row["code"], row["label"], row["by"] == "officer", row["statute"], row["article"],
            date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["verified"] == "1",
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip
