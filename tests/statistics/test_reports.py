"""Figures of a small month by hand; page, spreadsheet and paper say the same."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case, Task
from hongdun.consumer.models import Kind, Matter
from hongdun.statistics.actions import folding
from hongdun.statistics.queries import figures, periods, report
from tests.cases import builders as make
from tests.cases.test_pages import sit
from tests.consumer.builders import CITY, COUNTY, SIBLING, filed, operator

if TYPE_CHECKING:
    from hongdun.statistics.queries.figures import Figures

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MONTH = periods.containing(date(2026, 6, 15), "month")
CHINA = timezone.get_default_timezone()


@pytest.fixture
def june() -> None:
    """Two complaints settled for 300 and 120.50, one refused late, one open, a report opened, one of May, a question."""
    city, sibling = operator(), operator(SIBLING)
    results = (("settled", Decimal(300), 5), ("settled", Decimal("120.50"), 4), ("refused", None, None))
    for day, (result, money, stars) in enumerate(results, 3):
        (case,) = filed(city, on=date(2026, 6, day), object_class="10501", problem_class="quality")
        _end(case, result, date(2026, 6, 20), recovered=money, rating=stars)
        _decided(case, due=date(2026, 6, 12), done=date(2026, 6, 12 + (result == "refused")))
    filed(sibling, on=date(2026, 6, 30), object_class="20101")
    (told,) = filed(city, Kind.REPORT, on=date(2026, 6, 1))
    _end(told, "opened", date(2026, 6, 30))
    filed(city, on=date(2026, 5, 31))
    filed(city, Kind.CONSULTATION, on=date(2026, 6, 2))


def _end(case: Case, result: str, day: date, **rest: object) -> None:
    with system_scope("测试"):
        closed = timezone.datetime(day.year, day.month, day.day, 23, 30, tzinfo=CHINA)
        Case.objects.filter(pk=case.pk).update(closed=closed)
        Matter.objects.filter(pk=case.pk).update(result=result, **rest)


def _decided(case: Case, *, due: date, done: date) -> None:
    with system_scope("测试"):
        at = timezone.datetime(done.year, done.month, done.day, 12, tzinfo=CHINA)
        Task.objects.filter(case=case).update(step="accept", outcome="accept", due=due, done=at)


@pytest.fixture
def counted(june: None) -> None:
    """As the worker leaves it: counted once, some folded and some not."""
    with system_scope("测试"):
        cases = list(Case.objects.order_by("number").values_list("pk", flat=True))
        folding.count(cases[:3])
    folding.fold_all()
    with system_scope("测试"):
        folding.count(cases)


def of_city(period: periods.Period = MONTH) -> Figures:
    with acting(make.officer("head", organ=CITY)):
        return figures.of([CITY], [period])[CITY, period]


@pytest.mark.usefixtures("counted")
def test_each_figure_is_what_a_recount_says() -> None:
    found = of_city()
    assert (found.complaints, found.reports, found.consultations, found.received) == (4, 1, 1, 6)
    assert (found.closed, found.complaints_closed, found.settled, found.turned_cases) == (4, 3, 2, 1)
    assert found.accepted == 3
    assert found.settled_share == pytest.approx(2 / 3)
    assert found.recovered == Decimal("420.50")
    assert found.satisfaction == 4.5
    # That of May should have been decided on by 9 June.
    assert (found.checked_met, found.checked_due) == (2, 4)


@pytest.mark.usefixtures("counted")
def test_an_organ_has_what_is_below_it_and_nothing_beside() -> None:
    with acting(make.officer("head", organ=CITY)):
        sums = figures.of([CITY, COUNTY, SIBLING], [MONTH])
    assert sums[SIBLING, MONTH].complaints == 1
    assert sums[CITY, MONTH].complaints == 4
    assert sums[COUNTY, MONTH].complaints == 0


@pytest.mark.usefixtures("counted")
def test_a_county_sees_its_own_only() -> None:
    client = sit(make.officer("head", organ=SIBLING))
    page = client.get("/desk/reports/?unit=month&day=2026-06-15").content.decode()
    assert "2026 年 6 月" in page
    assert "餐饮服务 / 堂食餐饮" in page
    assert "空调" not in page


@pytest.mark.usefixtures("counted")
def test_page_spreadsheet_and_paper_say_the_same() -> None:
    client = sit(make.officer("head", organ=CITY))
    address = "?unit=month&day=2026-06-15"
    page = client.get(f"/desk/reports/{address}").content.decode()
    sheet = client.get(f"/desk/reports/report.csv{address}").content.decode("utf-8-sig")
    paper = client.get(f"/desk/reports/report.pdf{address}").content
    book = client.get(f"/desk/reports/report.xlsx{address}").content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        cells = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>420.50</v>" in cells
    assert "<v>4.5</v>" in cells
    total = next(csv.DictReader(io.StringIO(sheet)))
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(paper)).pages)
    for figure in ("420.50", "66.67%", "4.50"):
        assert figure in page
        assert figure in total.values()
        assert figure in text
    assert total["接收"] == "6"
    assert "+500.0%" in sheet


@pytest.mark.parametrize(
    ("unit", "day", "before", "year"),
    [
        ("month", date(2026, 3, 31), date(2026, 2, 1), date(2025, 3, 1)),
        ("week", date(2026, 1, 1), date(2025, 12, 22), date(2024, 12, 30)),
        ("day", date(2024, 2, 29), date(2024, 2, 28), date(2023, 2, 28)),
        ("year", date(2026, 6, 1), date(2025, 1, 1), date(2025, 1, 1)),
    ],
)
def test_compares_with_the_period_before_and_a_year_ago(
    unit: periods.Unit, day: date, before: date, year: date
) -> None:
    period = periods.containing(day, unit)
    assert period.first <= day <= period.last
    assert period.before.first == before
    assert period.year_before.first == year


def test_changes_are_points_for_shares_and_percent_for_counts() -> None:
    assert report.change(0.5, 0.25, points=True) == "+25.00 个百分点"
    assert report.change(15, 10, points=False) == "+50.0%"
    assert report.change(15, 0, points=False) == report.NOTHING
    assert report.change(None, 0.5, points=True) == report.NOTHING


@pytest.mark.parametrize("query", ["?unit=century&day=x", "?day=0001-01-01", "?day=9999-12-31&unit=week"])
def test_a_wrong_address_shows_a_report_all_the_same(query: str) -> None:
    assert sit(make.officer("head", organ=CITY)).get(f"/desk/reports/{query}").status_code == 200


@pytest.mark.usefixtures("counted")
def test_the_leaders_month_says_what_the_report_says() -> None:
    page = sit(make.officer("head", organ=CITY)).get("/desk/month/?day=2026-06-15").content.decode()
    for said in ("2026 年 6 月", "66.67%", "420.50", "+500.0%", "2025 年 7 月"):
        assert said in page
