"""Looking without an account: how far a filing is, and how long filings take."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.outbox.actions import dispatch, sequence
from hongdun.registration import times
from hongdun.registration.actions.times import note
from hongdun.registration.models import FilingTime
from tests.org import builders as org
from tests.registration import applications as apply
from tests.registration import builders as build
from tests.registration import shops
from tests.registration.screened import let_rules_decide
from tests.registration.test_kinds import filed, registered

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE = "company_establishment"


def noted(minutes: Iterable[int], *, organ: int = build.QINGXIU, days_ago: int = 1) -> None:
    with system_scope("测试"):
        FilingTime.objects.bulk_create(
            FilingTime(
                case_id=uuid4(), organ=organ, procedure_code=CODE, minutes=each,
                issued=clock.today() - timedelta(days=days_ago),
            )
            for each in minutes
        )  # fmt: skip


def test_number_and_telephone_show_how_far_it_is(founder: Client) -> None:
    case = filed(founder, CODE)
    stranger = Client()
    shown = stranger.post("/apply/status/", {"number": case.number, "phone": "13800000002"})
    assert shown.status_code == 200
    page = shown.content.decode()
    assert "办理中" in page
    assert "正在审查" in page
    assert "韦小红" not in page
    registered(case)
    again = stranger.post("/apply/status/", {"number": case.number, "phone": "13800000002"}).content.decode()
    assert "统一社会信用代码" in again


def test_the_number_is_known_with_the_brackets_of_a_telephone_s_keyboard(founder: Client) -> None:
    case = filed(founder, CODE)
    typed = f" {case.number.replace('〔', '(').replace('〕', '）').removesuffix('号')} "
    shown = Client().post("/apply/status/", {"number": typed, "phone": "13800000002"})
    assert shown.status_code == 200
    assert case.number in shown.content.decode()


@pytest.mark.parametrize("phone", ["13800000003", "", "13800000011"])
def test_another_telephone_shows_nothing(founder: Client, phone: str) -> None:
    case = filed(founder, CODE)
    answer = Client().post("/apply/status/", {"number": case.number, "phone": phone})
    assert answer.status_code == 422
    assert case.title not in answer.content.decode()


def test_guessing_is_stopped(founder: Client) -> None:
    case = filed(founder, CODE)
    guesser = Client()
    for guess in range(12):
        guesser.post("/apply/status/", {"number": case.number, "phone": f"139000000{guess:02d}"})
    answer = guesser.post("/apply/status/", {"number": case.number, "phone": "13800000002"})
    assert answer.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_the_time_of_a_filing_is_noted_once_by_the_message_of_its_licence(founder: Client) -> None:
    case = filed(founder, CODE)
    registered(case)
    sequence()
    while dispatch():
        pass
    with system_scope("测试"):
        kept = FilingTime.objects.get()
    assert (kept.case_id, kept.organ, kept.procedure_code) == (case.id, case.organ, CODE)


def test_median_and_ninth_decile_of_the_last_year() -> None:
    noted([30, 90, 150, 600, 1500, 1500, 1500, 2000, 2900, 5000])
    noted([99999] * 5, days_ago=366)
    noted([99999] * 5, organ=apply.NANNING)
    (found,) = times.of_bureau(build.QINGXIU)
    assert (found.count, found.median, found.ninth) == (10, "2 天", "3 天")
    page = Client().get(f"/apply/times/{build.QINGXIU}/").content.decode()
    assert "公司设立登记" in page
    assert "3个工作日" in page


@pytest.mark.parametrize(("count", "enough"), [(times.FEWEST - 1, False), (times.FEWEST, True)])
def test_few_filings_give_no_figure(count: int, enough: bool) -> None:  # noqa: FBT001
    noted([60] * count)
    assert (times.usual(build.QINGXIU, CODE) is not None) == enough
    page = Client().get("/apply/times/", {"organ": build.QINGXIU}).content.decode()
    assert ("不统计" in page) != enough


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "不到 1 小时"), (59, "不到 1 小时"), (60, "1 小时"), (61, "2 小时"), (1439, "24 小时"), (1440, "1 天"), (1441, "2 天")],
)  # fmt: skip
def test_durations_as_people_say_them(minutes: int, words: str) -> None:
    assert times.duration(minutes) == words


def test_an_unknown_bureau_is_not_there() -> None:
    assert Client().get("/apply/times/999999999/").status_code == 404


def test_the_start_page_says_how_long_it_takes_at_a_bureau_and_whether_rules_decide(founder: Client) -> None:
    start = f"/apply/new/{CODE}/"
    assert "最近一年" not in founder.get(start).content.decode()
    noted([2000] * times.FEWEST)
    there = founder.get(start, {"organ": build.QINGXIU}).content.decode()
    assert "一半的申请在 <strong>2 天</strong>内领到执照" in there
    assert "开通了自动审核" not in there
    let_rules_decide(CODE)
    assert "开通了自动审核" in founder.get(start, {"organ": build.QINGXIU}).content.decode()
    elsewhere = founder.get(start, {"organ": apply.NANNING}).content.decode()
    assert "没有可以统计的用时" in elsewhere


def test_what_a_station_registers_counts_for_its_bureau() -> None:
    case = shops.taken_in(shops.officer())
    with system_scope("测试"):
        note(case.id, issued=clock.now())
        kept = FilingTime.objects.get(case_id=case.id)
    assert (case.organ, kept.organ) == (org.NANHU_STATION, build.QINGXIU)
