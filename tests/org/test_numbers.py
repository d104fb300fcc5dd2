from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from hongdun.base.scope import acting, system_scope
from hongdun.org import actions, queries
from tests.org.builders import LIUZHOU_CHENGZHONG, NANHU_STATION, QINGXIU, an_actor
from tests.parties.builders import an_applicant


def take(organ: int = QINGXIU, series: str = "登", year: int = 2026) -> int:
    number = actions.next_number(organ=organ, series=series, year=year)
    return int(number.partition("〕")[2].removesuffix("号"))


@pytest.mark.django_db
def test_each_organ_series_and_year_counts_for_itself() -> None:
    with system_scope("测试"):
        assert [take(), take(), take(series="罚"), take(year=2027), take(LIUZHOU_CHENGZHONG), take()] == [
            1,
            2,
            1,
            1,
            1,
            3,
        ]


@pytest.mark.django_db
def test_a_station_and_an_applicant_draw_from_the_county_bureau() -> None:
    with acting(an_actor("station", organ=NANHU_STATION)):
        assert take(NANHU_STATION) == 1
    with acting(an_applicant()):
        assert take() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("organ", [QINGXIU, NANHU_STATION])
def test_the_number_on_the_paper(organ: int) -> None:
    with system_scope("测试"):
        numbers = [actions.next_number(organ=organ, series="登", year=2026) for _ in range(2)]
    assert numbers == ["青秀市监登字〔2026〕1号", "青秀市监登字〔2026〕2号"]


@pytest.mark.django_db
def test_papers_of_a_station_bear_the_county_bureaus_name() -> None:
    assert queries.county_bureau_of(NANHU_STATION).name == "南宁市青秀区市场监督管理局"
    assert queries.government_of(NANHU_STATION) == "南宁市青秀区人民政府"
    assert queries.government_of(450_171_000) == "南宁市人民政府"


@pytest.mark.django_db(transaction=True)
def test_no_gap_and_no_double_when_many_draw_and_some_fail() -> None:
    def draw(turn: int) -> int | None:
        try:
            with system_scope("测试"):
                # Every fifth filing fails after it has drawn its number.
                return take() // bool(turn % 5)
        except ZeroDivisionError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        drawn = [number for number in pool.map(draw, range(100)) if number is not None]
    assert sorted(drawn) == list(range(1, 81))
