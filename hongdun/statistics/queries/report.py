"""A report as rows: what is shown on the page, in the spreadsheet and on paper, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.org.models import Organ
from hongdun.statistics.queries import figures, tops

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from hongdun.lib.xlsx import Format
    from hongdun.statistics.queries.figures import Figures
    from hongdun.statistics.queries.periods import Period
    from hongdun.statistics.queries.tops import Ranking

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    meaning: str
    value: Callable[[Figures], float | Decimal | None]
    words: Callable[[float | Decimal], str]

    @property
    def format(self) -> Format:
        """What a spreadsheet calls it."""
        return FORMATS[self.words]


def _count(value: float | Decimal) -> str:
    return f"{value:,}"


def _percent(value: float | Decimal) -> str:
    return f"{100 * value:.2f}%"


def _money(value: float | Decimal) -> str:
    return f"{value:,.2f}"


def _stars(value: float | Decimal) -> str:
    return f"{value:.2f}"


FORMATS: dict[Callable[[float | Decimal], str], Format] = {
    _count: "count",
    _percent: "percent",
    _money: "money",
    _stars: "decimal",
}


COLUMNS = (
    Column("接收", "本期收到的投诉、举报、咨询和建议", lambda f: f.received, _count),
    Column("投诉", "其中投诉", lambda f: f.complaints, _count),
    Column("举报", "其中举报", lambda f: f.reports, _count),
    Column("咨询", "其中咨询", lambda f: f.consultations, _count),
    Column("建议", "其中建议", lambda f: f.suggestions, _count),
    Column("受理", "本期决定受理的投诉", lambda f: f.accepted, _count),
    Column("按时初查率", "受理期限在本期届满的投诉中，按期作出决定的", lambda f: f.checked_in_time, _percent),
    Column(
        "按期办结率", "调解或者核查期限在本期届满的案件中，按期完成的", lambda f: f.finished_in_time, _percent
    ),
    Column("调解成功率", "本期办结的投诉中，调解或者和解成功的", lambda f: f.settled_share, _percent),
    Column("诉转案", "本期办结的举报中，决定立案的", lambda f: f.turned_cases, _count),
    Column("举报核查率", "核查期限在本期届满的举报中，按期核查的", lambda f: f.verified_in_time, _percent),
    Column("挽回经济损失（元）", "本期办结的投诉中记录的金额合计", lambda f: f.recovered, _money),
    Column("可公示", "本期办结、同意公示且经营者在登记簿内的投诉", lambda f: f.publishable, _count),
    Column("公示率", "可公示的投诉中，已经列入公示的", lambda f: f.published_share, _percent),
    Column("满意度", "本期办结的案件的平均评分，满分 5 分", lambda f: f.satisfaction, _stars),
)


@dataclass(frozen=True, slots=True)
class Cell:
    value: str
    number: float | Decimal | None = None
    month_on_month: str = ""
    year_on_year: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    organ: int
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Report:
    organ: str
    period: Period
    total: Line
    lines: tuple[Line, ...]
    rankings: tuple[Ranking, ...]


def of(organ: int, period: Period) -> Report:
    """The organ and its direct subordinates, each compared with the period before and a year ago."""
    bureau = Organ.objects.get(code=organ)
    below = list(Organ.objects.on(clock.today()).filter(parent=organ).order_by("code"))
    codes = [organ, *(each.code for each in below)]
    sums = figures.of(codes, list(dict.fromkeys((period, period.before, period.year_before))))
    lines = [
        Line(
            each.code,
            each.short,
            _cells(*(sums[each.code, of] for of in (period, period.before, period.year_before))),
        )
        for each in (bureau, *below)
    ]
    return Report(bureau.name, period, lines[0], tuple(lines[1:]), tuple(tops.rankings(organ, period)))


def _cells(now: Figures, before: Figures, year: Figures) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            shown(column, now),
            column.value(now),
            change(column.value(now), column.value(before), points=column.words is _percent),
            change(column.value(now), column.value(year), points=column.words is _percent),
        )
        for column in COLUMNS
    )


def shown(column: Column, of_organ: Figures) -> str:
    value = column.value(of_organ)
    return NOTHING if value is None else column.words(value)


def change(now: float | Decimal | None, then: float | Decimal | None, *, points: bool) -> str:
    """Shares change by percentage points, counts by percent of what they were; nothing where there was nothing."""
    if now is None or then is None:
        return NOTHING
    if points:
        return f"{100 * (float(now) - float(then)):+.2f} 个百分点"
    return f"{100 * (float(now) - float(then)) / float(then):+.1f}%" if then else NOTHING
