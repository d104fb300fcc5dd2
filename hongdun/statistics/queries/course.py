"""The course of each figure over twelve months, and who is behind: what a leader looks at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.statistics.queries import figures
from hongdun.statistics.queries.report import COLUMNS, shown

if TYPE_CHECKING:
    from hongdun.statistics.queries.periods import Period
    from hongdun.statistics.queries.report import Cell, Line, Report

MONTHS = 12
WIDTH, HEIGHT = 240, 48
FIRST = (
    "接收",
    "按时初查率",
    "按期办结率",
    "调解成功率",
    "举报核查率",
    "挽回经济损失（元）",
    "公示率",
    "满意度",
)
# Shares by which subordinates are compared; higher is better.
COMPARED = ("按时初查率", "按期办结率", "举报核查率", "公示率")
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Course:
    label: str
    cell: Cell
    months: tuple[tuple[str, str], ...]  # month and figure, for who can't see the line
    line: str  # points of an SVG polyline


@dataclass(frozen=True, slots=True)
class Behind:
    label: str
    lines: tuple[tuple[str, str], ...]


def of(organ: int, month: Period, report: Report) -> list[Course]:
    months = [month]
    while len(months) < MONTHS:
        months.append(months[-1].before)
    months.reverse()
    sums = figures.of([organ], months)
    found = []
    for column, cell in zip(COLUMNS, report.total.cells, strict=True):
        if column.label in FIRST:
            values = [column.value(sums[organ, each]) for each in months]
            told = tuple((str(each), shown(column, sums[organ, each])) for each in months)
            found.append(
                Course(column.label, cell, told, _line([None if v is None else float(v) for v in values]))
            )
    return found


def weakest(report: Report) -> list[Behind]:
    """For each share the subordinates that are furthest behind, where any is below the whole."""
    found = []
    for place, column in enumerate(COLUMNS):
        if column.label in COMPARED and (behind := _behind(report, place)):
            found.append(Behind(column.label, tuple((line.name, line.cells[place].value) for line in behind)))
    return found


def _behind(report: Report, place: int) -> list[Line]:
    whole = report.total.cells[place].number
    if whole is None:
        return []
    told = [
        (float(number), line) for line in report.lines if (number := line.cells[place].number) is not None
    ]
    below = sorted(
        (pair for pair in told if pair[0] < float(whole)), key=lambda pair: (pair[0], pair[1].organ)
    )
    return [line for _, line in below[:SHOWN]]


def _line(values: list[float | None]) -> str:
    """Left to right; months without a figure are left out."""
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - one point is no line
        return ""
    low, span = min(known), max(known) - min(known) or 1
    step = WIDTH / (len(values) - 1)
    return " ".join(
        f"{round(step * place)},{round(4 + (HEIGHT - 8) * (1 - (value - low) / span))}"
        for place, value in enumerate(values)
        if value is not None
    )
