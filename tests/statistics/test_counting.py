"""Every figure of every organ and period equals its recount by SQL of its own, whatever became of the cases."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, current, system_scope
from hongdun.cases.models import Case, Task
from hongdun.consumer.models import Kind, Matter
from hongdun.lib import organs
from hongdun.lib.complaints.classes import label
from hongdun.outbox import HANDLERS
from hongdun.outbox.models import Message
from hongdun.statistics.actions import folding
from hongdun.statistics.models import Delta, Summary
from hongdun.statistics.queries import figures, periods, tops
from hongdun.statistics.queries.figures import Figures
from tests.cases import builders as make
from tests.consumer.builders import CITY, COUNTY, SIBLING, STATION, filed, go, operator
from tests.register.builders import founded

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHINA = timezone.get_default_timezone()
REGION = 450_000_000
YEAR = periods.containing(date(2026, 1, 1), "year")
ORGANS = (REGION, CITY, COUNTY, STATION, SIBLING)
CLOSED = "(c.closed AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s"
RECEIVED = "m.received BETWEEN %(first)s AND %(last)s"
# Written from what the columns of the report say, not from the code that counts.
CASES = "SELECT {what} FROM cases_case c, consumer_matter m WHERE m.case_id = c.id AND c.organ BETWEEN %(lo)s AND %(hi)s"
PUBLISHED = (
    "(SELECT count(*) FILTER (WHERE verb <> 'consumer.withheld') > count(*) FILTER (WHERE verb = 'consumer.withheld')"
    " FROM audit_event e WHERE e.case_id = c.id AND verb IN ('consumer.published', 'consumer.withheld'))"
)
RECOUNTS = {
    "complaints": ("count(*)", f"{RECEIVED} AND m.kind = 'complaint'"),
    "reports": ("count(*)", f"{RECEIVED} AND m.kind = 'report'"),
    "consultations": ("count(*)", f"{RECEIVED} AND m.kind = 'consultation'"),
    "suggestions": ("count(*)", f"{RECEIVED} AND m.kind = 'suggestion'"),
    "closed": ("count(*)", f"{CLOSED} AND m.kind IN ('complaint', 'report')"),
    "complaints_closed": ("count(*)", f"{CLOSED} AND m.kind = 'complaint'"),
    "settled": ("count(*)", f"{CLOSED} AND m.kind = 'complaint' AND m.result IN ('settled', 'odr_settled')"),
    "turned_cases": ("count(*)", f"{CLOSED} AND m.kind = 'report' AND m.result = 'opened'"),
    "publishable": (
        "count(*)",
        f"{CLOSED} AND m.kind = 'complaint' AND m.may_publish AND m.entity IS NOT NULL",
    ),
    "published": (
        "count(*)",
        f"{CLOSED} AND m.kind = 'complaint' AND m.may_publish AND m.entity IS NOT NULL AND {PUBLISHED}",
    ),
    "recovered": ("coalesce(sum(m.recovered), 0)", CLOSED),
    "rated": ("count(m.rating)", CLOSED),
    "stars": ("coalesce(sum(m.rating), 0)", CLOSED),
}
TASKS = "SELECT count(*) FROM cases_case c, cases_task t WHERE t.case_id = c.id AND t.organ BETWEEN %(lo)s AND %(hi)s AND "
ACCEPTED = (
    "c.procedure_code = 'consumer.complaint' AND t.step = 'accept' AND t.outcome = 'accept'"
    " AND (t.done AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s"
)
# Each history here has one limited step of a kind; `last` takes the one opened last.
DUE = (
    "t.due BETWEEN %(first)s AND %(last)s AND (t.done IS NOT NULL OR t.due < %(today)s) AND c.procedure_code = ANY(%(codes)s)"
    " AND t.id = (SELECT l.id FROM cases_task l WHERE l.case_id = c.id AND l.due IS NOT NULL AND l.step = ANY(%(steps)s)"
    "              ORDER BY l.opened DESC, l.id DESC LIMIT 1)"
)
MET = DUE + " AND (t.done AT TIME ZONE 'Asia/Shanghai')::date <= t.due AND t.step = ANY(%(final)s)"
EARLY = ["route", "accept", "prove", "dispute", "designate"]
VERIFYING = ["route", "place", "dispute", "designate", "assign", "verify", "test"]
MEDIATING = ["place", "assign", "consent", "arrange", "mediate", "test", "recuse", "tell", "verify"]
LIMITS = {
    "checked": (["consumer.complaint"], EARLY, ["accept"]),
    "verified": (["consumer.report"], VERIFYING, ["verify"]),
    "finished": (
        ["consumer.complaint", "consumer.report"],
        MEDIATING,
        ["mediate", "consent", "tell", "verify"],
    ),
}


def recounted(organ: int, period: periods.Period) -> Figures:
    scope = organs.scope(organ)
    given = {
        "lo": scope.lo,
        "hi": scope.hi,
        "first": period.first,
        "last": period.last,
        "today": clock.today(),
    }
    found = Figures()
    with system_scope("测试"), connection.cursor() as cursor:

        def one(sql: str, **more: object) -> int | Decimal:
            cursor.execute(sql, given | more)
            return cursor.fetchone()[0]

        for name, (what, where) in RECOUNTS.items():
            setattr(found, name, one(f"{CASES.format(what=what)} AND {where}"))
        found.accepted = int(one(TASKS + ACCEPTED))
        for name, (codes, steps, final) in LIMITS.items():
            more = {"codes": codes, "steps": steps, "final": final}
            setattr(found, f"{name}_due", one(TASKS + DUE, **more))
            setattr(found, f"{name}_met", one(TASKS + MET, **more))
    return found


def name_of(entity: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM register_entity WHERE id = %s", [entity])
        row = cursor.fetchone()
    return row[0] if row else "（登记簿外）"


# Axis of a ranking: its column, and how the code is named.
NAMED = {
    "object": ("m.object_class", partial(label, "object")),
    "problem": ("m.problem_class", partial(label, "problem")),
    "merchant": ("m.entity::text", name_of),
}


def ranked(axis: str, organ: int, period: periods.Period) -> list[tuple[str, int]]:
    scope = organs.scope(organ)
    given = {"lo": scope.lo, "hi": scope.hi, "first": period.first, "last": period.last}
    column, named = NAMED[axis]
    where = f"{RECEIVED} AND m.kind IN ('complaint', 'report') AND {column} <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10"
    with system_scope("测试"), connection.cursor() as cursor:
        cursor.execute(f"{CASES.format(what=f'{column}, count(*)')} AND {where}", given)
        return [(named(code), count) for code, count in cursor.fetchall()]


def history(dice: Random, desk: int, merchants: list[UUID]) -> None:
    """A case of any kind with any fate, over the turn of a year and into the days to come."""
    kind = dice.choice(list(Kind))
    (case,) = filed(
        operator(desk),
        kind,
        on=date(2026, 10, 1) + timedelta(days=dice.randrange(54)),
        object_class=dice.choice(["10501", "20101"]),
        problem_class=dice.choice(["", "quality", "price"]),
    )
    fate = {
        "may_publish": dice.random() < 0.7,
        "entity": dice.choice(merchants) if dice.random() < 0.7 else None,
    }
    with system_scope("测试"):
        if dice.random() < 0.7:
            fate |= {
                "result": dice.choice(["opened", ""] if kind == Kind.REPORT else ["settled", "odr_settled", "refused"]),
                "recovered": dice.choice([None, Decimal("99.99"), Decimal(300)]), "rating": dice.choice([None, 1, 5]),
            }  # fmt: skip
            Case.objects.filter(pk=case.pk).update(closed=moment(dice))
            for verb in dice.choice(
                [[], ["published"], ["published", "withheld"], ["published", "withheld", "published"]]
            ):
                audit.record(f"consumer.{verb}", actor=current(), subject=case.number, case_id=case.pk)
        Matter.objects.filter(pk=case.pk).update(**fate)
        task = Task.objects.filter(case=case)
        if dice.random() < 0.9:
            due = date(2026, 10, 5) + timedelta(days=dice.randrange(100))
            done = dice.choice([None, at(due, 0, 30), at(due, 23, 30), at(due + timedelta(days=1), 0, 30)])
            step = dice.choice(
                ["verify", "assign"] if kind == Kind.REPORT else ["accept", "accept", "mediate"]
            )
            task.update(step=step, outcome=dice.choice(["accept", "refuse"]), due=due, done=done)


def at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)


def moment(dice: Random) -> datetime:
    return at(date(2026, 10, 3) + timedelta(days=dice.randrange(51)), dice.choice([0, 12, 23]), 30)


def check() -> None:
    asked = [periods.containing(date(2026, 11, 9), unit) for unit in periods.UNITS]
    asked += [periods.containing(date(2026, month, 15), "month") for month in (10, 12)]
    with acting(make.officer("head", organ=REGION)):
        found = figures.of(ORGANS, asked)
    for (organ, period), said in found.items():
        assert said == recounted(organ, period), (organ, period)
    for each in fields(Figures):
        assert any(getattr(said, each.name) for said in found.values()), (
            f"{each.name} was never put to the test"
        )
    for organ, period in ((REGION, YEAR), (CITY, YEAR), (COUNTY, asked[2]), (STATION, asked[3])):
        with acting(make.officer("head", organ=REGION)):
            rankings = tops.rankings(organ, period)
        for ranking, axis in zip(rankings, NAMED, strict=True):
            assert [(top.label, top.count) for top in ranking.tops] == ranked(axis, organ, period), (
                ranking.words
            )
            assert ranking.tops or organ == STATION, f"{axis} was never put to the test"


def test_every_figure_equals_its_recount_before_and_after_folding_and_when_cases_change() -> None:
    dice = Random(4)
    merchants = [founded(name=f"南宁{name}商贸有限公司").pk for name in ("红豆", "青瓷", "白鹭")]
    merchants += [uuid7() for _ in range(9)]
    for number in range(100):
        history(dice, (CITY, COUNTY, STATION, SIBLING)[number % 4], merchants)
    folding.recount(everything=True)
    check()
    folding.fold_all()
    check()
    with system_scope("测试"):
        assert folding.recount(everything=True) == 0
        Matter.objects.filter(result="settled").update(
            result="refused", recovered=None, rating=3, entity=merchants[0]
        )
    assert folding.recount(everything=True) > 0
    check()
    folding.fold_all()
    check()


def test_the_summaries_are_the_sums_of_the_deltas() -> None:
    filed(operator(COUNTY), on=date(2026, 11, 2), object_class="10501", problem_class="quality")
    folding.recount(everything=True)
    folding.fold_all()
    folding.fold_all()
    with system_scope("测试"):
        assert set(Delta.objects.values_list("figure", "folded")) == {
            ("complaints", True), ("object", True), ("problem", True), ("checked_due", True)
        }  # fmt: skip
        rows = set(
            Summary.objects.filter(figure="complaints").values_list("organ", "unit", "first", "amount")
        )
    firsts = {
        "day": date(2026, 11, 2),
        "week": date(2026, 11, 2),
        "month": date(2026, 11, 1),
        "year": date(2026, 1, 1),
    }
    assert rows == {
        (organ, unit, first, 1) for organ in (REGION, CITY, COUNTY) for unit, first in firsts.items()
    }


def test_a_case_that_moves_takes_its_figures_along() -> None:
    clerk = operator(CITY)
    (case,) = filed(clerk)
    hear("case.opened")
    go(case, "route", "send", clerk, data={"route_to": str(COUNTY)})
    hear("case.routed")
    today = periods.containing(clock.today(), "day")
    with acting(make.officer("head", organ=CITY)):
        found = figures.of([CITY, COUNTY, SIBLING], [today])
        ledger = list(Delta.objects.filter(figure="complaints").order_by("id").values_list("organ", "amount"))
    assert [found[organ, today].complaints for organ in (CITY, COUNTY, SIBLING)] == [1, 1, 0]
    assert sorted(ledger) == [(CITY, -1), (CITY, 1), (COUNTY, 1)]


def hear(topic: str) -> None:
    """The message twice, as after a restart."""
    with system_scope("测试"):
        message = Message.objects.filter(topic=topic).latest("at")
        HANDLERS["statistics.count_case"].run(message)
        HANDLERS["statistics.count_case"].run(message)
