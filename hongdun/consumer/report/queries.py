"""Under which laws a reporter is told of the result (办法 art. 36): a dated table, the officer applies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.consumer.models import Matter, Reporter
from hongdun.consumer.queries import tables

if TYPE_CHECKING:
    from hongdun.cases.models import Case

TABLE = "report_notices"


def laws(case: Case) -> list[tables.Line]:
    """Those in force on the day of receipt that reach this reporter; none for the anonymous ones that want a name."""
    reporter = Reporter.objects.filter(case=case.pk).first()
    if reporter is None or not reporter.phone:
        return []
    found = tables.in_force(TABLE, case.received)
    return [line for line in found if line["named_only"] == "0" or not reporter.is_anonymous]


def usual(case: Case) -> str:
    """The law that goes with the class of the problem."""
    problem = Matter.objects.values_list("problem_class", flat=True).get(pk=case.pk)
    return next((line["code"] for line in laws(case) if problem and line["problem_class"] == problem), "")
