"""Conditions in force, what they said of an application, and what others would have said of past ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hongdun.base import clock
from hongdun.base.sealed import fingerprint
from hongdun.lib import organs
from hongdun.registration.screening import draw
from hongdun.registration.screening.comparing import plain
from hongdun.registration.screening.models import Condition, Screening, Switch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted

MOST_TRIED = 2_000  # past applications that a simulation looks at
MOST_SHOWN = 100


def conditions(procedure: str, *, on: date) -> list[Condition]:
    """Conditions of a filing in force on a day, in the order of the table."""
    rows = Condition.objects.filter(procedure_code=procedure, valid_from__lte=on).select_related("statute")
    newest = {row.code: row for row in rows.order_by("valid_from", "id")}
    return sorted((row for row in newest.values() if not row.off), key=lambda row: (row.position, row.code))


def switch(organ: int, procedure: str, *, on: date) -> Switch | None:
    """What this bureau, or the nearest one above it, has laid down for the day."""
    rows = Switch.objects.filter(
        organ__in=organs.ancestors(organ), procedure_code=procedure, valid_from__lte=on
    )
    return max(rows, key=lambda row: (row.organ, row.valid_from, row.id), default=None)


def switches_seen_by(actor: Actor, procedure: str) -> list[Switch]:
    """The newest of what bureaus in range and those above have laid down for a filing."""
    above = organs.ancestors(actor.organ) if actor.organ else ()
    rows = Switch.objects.filter(Q(organ__range=actor.range) | Q(organ__in=above), procedure_code=procedure)
    return list(rows.order_by("-valid_from", "-id")[:MOST_SHOWN])


def results(found: Sequence[Condition], facts: Mapping[str, Wanted]) -> list[dict[str, Any]]:
    """Each condition with what it wants, what the application has, and whether that is met; failed ones first."""
    rows = [
        {
            "code": each.code, "label": each.label, "article": each.citation, "wanted": each.wanted,
            "found": plain(facts.get(each.fact)), "met": each.met_by(facts.get(each.fact)),
        }
        for each in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: bool(row["met"]))


def of(case: Case) -> Screening | None:
    """What the rules found, to whom may see the case; None where people decided from the beginning."""
    found: Screening | None = getattr(case, "screening", None)
    return found


def seed(day: date) -> bytes:
    """The lottery's seed of a month. It is derived from the installation's key, so nobody can foresee it."""
    return bytes.fromhex(fingerprint(f"{day:%Y-%m}", kind="registration.review_draw"))


def published_seed(month: date) -> str:
    """The seed of a month that is over, for anybody who repeats the draw; empty while it is still in use."""
    over = (month.year, month.month) < (clock.today().year, clock.today().month)
    return seed(month).hex() if over else ""


def drawn(case: Case) -> int:
    return draw.number(seed(case.received), case.number)


@dataclass(frozen=True, slots=True)
class Trial:
    """Past applications under other conditions: how many would be decided by the rules, and those that differ."""

    looked_at: int
    before: int
    after: int
    changed: list[tuple[Screening, bool]]


def simulate(procedure: str, wanted: Sequence[Condition], *, actor: Actor) -> Trial:
    """Hold the newest applications in range against `wanted`, by the facts that were noted when they came in."""
    rows = list(newest(procedure, actor=actor).select_related("case")[:MOST_TRIED])
    after = {row.pk: all(each.met_by(row.facts.get(each.fact)) for each in wanted) for row in rows}
    changed = [(row, after[row.pk]) for row in rows if after[row.pk] != row.passed]
    return Trial(len(rows), sum(row.passed for row in rows), sum(after.values()), changed[:MOST_SHOWN])


def failing(procedure: str, *, actor: Actor) -> list[tuple[str, int]]:
    """Which conditions keep the newest applications from being decided by the rules, the most frequent first."""
    rows = newest(procedure, actor=actor).values_list("results", flat=True)[:MOST_TRIED]
    counted = Counter(each["label"] for found in rows for each in found if not each["met"])
    return counted.most_common()


def newest(procedure: str, *, actor: Actor) -> Any:
    found = Screening.objects.filter(procedure_code=procedure, organ__range=actor.range)
    return found.order_by("-at")
