"""A report as a spreadsheet: figures to reckon with, their comparisons, the rankings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.lib import xlsx
from hongdun.lib.xlsx import Cell, Sheet
from hongdun.statistics.queries.report import COLUMNS

if TYPE_CHECKING:
    from hongdun.statistics.queries.report import Line, Report

NAME, FIGURE = 24, 14  # characters


def workbook(report: Report) -> bytes:
    return xlsx.workbook([_figures(report), _changes(report), _rankings(report)])


def _figures(report: Report) -> Sheet:
    head = _head("单位", *(column.label for column in COLUMNS))
    rows = [[Cell(line.name), *_numbers(line)] for line in (report.total, *report.lines)]
    return Sheet("指标", [head, *rows], [NAME, *[FIGURE] * len(COLUMNS)])


def _numbers(line: Line) -> list[Cell]:
    return [
        Cell(cell.number if cell.number is not None else cell.value, column.format)
        for column, cell in zip(COLUMNS, line.cells, strict=True)
    ]


def _changes(report: Report) -> Sheet:
    words = [f"{column.label}{kind}" for column in COLUMNS for kind in ("环比", "同比")]
    rows = [
        [
            Cell(line.name),
            *(Cell(said) for cell in line.cells for said in (cell.month_on_month, cell.year_on_year)),
        ]
        for line in (report.total, *report.lines)
    ]
    return Sheet("环比同比", [_head("单位", *words), *rows], [NAME, *[FIGURE] * len(words)])


def _rankings(report: Report) -> Sheet:
    rows = [
        [Cell(ranking.words), Cell(top.label), Cell(top.count, "count")]
        for ranking in report.rankings
        for top in ranking.tops
    ]
    return Sheet("排行", [_head("排行", "名称", "件数"), *rows], [NAME, 2 * NAME, FIGURE])


def _head(*words: str) -> list[Cell]:
    return [Cell(each, "head") for each in words]
