"""What of a closed complaint is published, from when to when, and when not: dated rules (办法 art. 39, before it none)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.base import clock
from hongdun.consumer.models import Kind, Matter
from hongdun.consumer.publicity.models import Objection, Publication
from hongdun.consumer.queries import tables
from hongdun.law import queries as law
from hongdun.register.models import Entity

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

WAIT, TERM = "consumer_publicity", "consumer_publicity_shown"
TABLE = "publicity"
MOST = 50


def period(closed: date) -> tuple[date, date] | None:
    """First and last day of publication of what was closed on this day; None where no rule stood."""
    try:
        first = law.due(WAIT, closed).date
    except law.LawError:
        return None
    return first, law.due(TERM, first).date


def exception(matter: Matter, *, on: date) -> tables.Line | None:
    """The first case that the rules themselves see."""
    applies = {
        "refused": matter.result == "refused",
        "unnamed": not (matter.entity and Entity.objects.filter(pk=matter.entity).exists()),
        "not_agreed": not matter.may_publish,
    }
    return next((line for line in tables.in_force(TABLE, on) if applies.get(line["code"])), None)


def found_by_officers(*, on: date) -> list[tuple[str, str]]:
    """Grounds that take a look at the file."""
    return [(line["code"], line["label"]) for line in tables.in_force(TABLE, on) if line["by"] == "officer"]


def codes(*, on: date) -> frozenset[str]:
    return frozenset(line["code"] for line in tables.in_force(TABLE, on))


def may_object(row: Publication) -> bool:
    """While it is to be shown or is shown, and nobody has stopped it."""
    return row.withdrawn is None and clock.today() <= row.shown_until


def objection(case: Case) -> Objection | None:
    return Objection.objects.select_related("publication").filter(publication__case=case).first()


def objections(actor: Actor) -> list[Objection]:
    """Those in range that wait for an answer, the first due first."""
    waiting = Objection.objects.filter(organ__range=actor.range, decided=None).order_by("due", "id")
    return list(waiting.select_related("publication__case")[:MOST])


def ground(code: str) -> tables.Line:
    return next(line for line in tables.lines(TABLE) if line["code"] == code)


def words(case: Case) -> str:
    """Where a closed complaint stands, for its officers."""
    if not case.closed or case.procedure_code != f"consumer.{Kind.COMPLAINT}":
        return ""
    row = Publication.objects.filter(case=case).first()
    if row is None:
        found = exception(Matter.objects.get(pk=case.pk), on=timezone.localdate(case.closed))
        return (
            f"不公示：{found['label']}（{found.citation}）。" if found else "不公示：办结之日没有公示的规定。"
        )
    if row.withdrawn:
        return f"已停止公示：{ground(row.ground)['label']}（{ground(row.ground).citation}）。"
    return f"公示：{row.shown_from} 至 {row.shown_until}，显示在经营者的公开页面上，不含投诉人的信息。"
