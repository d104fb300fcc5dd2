"""A report on paper, typeset; never a printed web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.documents import fonts, typeset
from hongdun.documents.words import midnight, written_date
from hongdun.statistics.queries import periods
from hongdun.statistics.queries.report import COLUMNS

if TYPE_CHECKING:
    from datetime import date

    from hongdun.statistics.queries.report import Line, Report


def print_report(report: Report, *, made: date) -> bytes:
    """PDF; raises MissingGlyphs before printing an empty box."""
    title = f"12315 投诉举报{periods.UNITS[report.period.unit]}"
    fonts.require(title, report.organ, *(line.name for line in report.lines), *_words(report))
    return typeset.compile_pdf(
        "report.typ",
        {
            "title": title,
            "organ": report.organ,
            "period": str(report.period),
            "date": written_date(made),
            "issued": [made.year, made.month, made.day],
            "columns": [column.label for column in COLUMNS],
            "meanings": [f"{column.label}：{column.meaning}" for column in COLUMNS],
            "total": [[c.value, c.month_on_month, c.year_on_year] for c in report.total.cells],
            "rankings": [
                {"words": ranking.words, "tops": [[top.label, str(top.count)] for top in ranking.tops]}
                for ranking in report.rankings
            ],
            "lines": [_line(line) for line in (report.total, *report.lines)],
        },
        made=midnight(made),
        body=True,
    )


def _words(report: Report) -> list[str]:
    return [top.label for ranking in report.rankings for top in ranking.tops]


def _line(line: Line) -> list[typeset.Json]:
    return [line.name, *(cell.value for cell in line.cells)]
