"""A leader's page: the month in large figures, against the month before and a year ago, with its twelve months' course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from hongdun.base.authorise import action, actor_of, requires
from hongdun.statistics.queries import course, periods, report
from hongdun.statistics.views.report import asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SEE = action("statistics.month", "看每月要情", "head", "approver")


@requires(SEE)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    organ = actor_of(request).organ or 0
    month = periods.containing(asked(request).first, "month")
    found = report.of(organ, month)
    context = {
        "report": found,
        "month": month,
        "figures": course.of(organ, month, found),
        "weakest": course.weakest(found),
    }
    return render(request, "statistics/month.html", context)
