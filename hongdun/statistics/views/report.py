"""Daily, weekly, monthly and yearly reports: page, spreadsheet, paper, all from the same rows."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.lib import tabular
from hongdun.statistics.queries import paper as on_paper
from hongdun.statistics.queries import periods, report
from hongdun.statistics.queries import sheet as spreadsheet

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.statistics.queries.periods import Period
    from hongdun.statistics.queries.report import Report

SEE = action("statistics.report", "看统计报表", "officer")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(SEE)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    period, found = asked(request), made(request)
    context = {
        "report": found,
        "columns": report.COLUMNS,
        "figures": list(zip(report.COLUMNS, found.total.cells, strict=True)),
        "period": period,
        "units": periods.UNITS,
        "query": f"unit={period.unit}&day={period.first}",
        "earlier": period.before.first,
    }
    return render(request, "statistics/report.html", context)


@requires(SEE)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """CSV that spreadsheets open as it is; each figure is followed by its two comparisons."""
    found = made(request)
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["单位", *(words for each in report.COLUMNS for words in (each.label, "环比", "同比"))])
    for line in (found.total, *found.lines):
        values = [v for cell in line.cells for v in (cell.value, cell.month_on_month, cell.year_on_year)]
        writer.writerow([tabular.cell(line.name), *values])
    return _file(request, found, out.getvalue().encode(), "csv", "text/csv; charset=utf-8")


@requires(SEE)
@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    found = made(request)
    return _file(request, found, spreadsheet.workbook(found), "xlsx", XLSX)


@requires(SEE)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    found = made(request)
    return _file(request, found, on_paper.print_report(found, made=clock.today()), "pdf", "application/pdf")


def asked(request: HttpRequest) -> Period:
    """The period of the address; this month where it names none."""
    unit = request.GET.get("unit", "")
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clock.today()
    # The comparisons look a year back; the calendar of Python begins with the year 1.
    day = min(max(day, date(2000, 1, 1)), date(2999, 12, 31))
    return periods.containing(day, unit if periods.is_unit(unit) else "month")


def made(request: HttpRequest) -> Report:
    return report.of(actor_of(request).organ or 0, asked(request))


def _file(request: HttpRequest, found: Report, body: bytes, ending: str, kind: str) -> HttpResponse:
    title = f"{found.organ}{periods.UNITS[found.period.unit]}（{found.period}）"
    audit.record("statistics.exported", actor=actor_of(request), subject=title, kind=ending)
    response = HttpResponse(body, content_type=kind)
    name = f"report-{found.period.unit}-{found.period.first}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
