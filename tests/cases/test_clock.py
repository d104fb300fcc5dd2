"""The statutory clock under each regime: what a defect does to it, what is left of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.cases.models import Task
from tests.cases import builders as make

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
ITEM = ({"text": "章程未签字"},)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def set_day(day: date) -> None:
        monkeypatch.setattr("hongdun.base.clock.today", lambda: day)

    return set_day


def _returned_and_resubmitted(
    on_day: Callable[[date], None], received: date, returned: date, again: date
) -> Case:
    who = make.applicant()
    on_day(received)
    case = make.case(by=who, received=received)
    on_day(returned)
    make.finish(case.number, "examine", "defect", by=make.officer("examiner"), items=ITEM)
    on_day(again)
    make.finish(case.number, "correct", "resubmit", by=who)
    return make.reload(case.number)


def test_received_before_the_make_up_sunday_is_due_on_the_29th(on_day: Callable[[date], None]) -> None:
    on_day(date(2025, 9, 25))
    case = make.case(received=date(2025, 9, 25))
    assert case.clock_due == date(2025, 9, 29)
    assert not case.clock_provisional


def test_while_the_applicant_mends_no_clock_runs(on_day: Callable[[date], None]) -> None:
    on_day(date(2025, 9, 25))
    case = make.case(received=date(2025, 9, 25))
    make.finish(case.number, "examine", "defect", by=make.officer("examiner"), items=ITEM)
    stopped = make.reload(case.number)
    assert stopped.clock_due is None
    with system_scope("测试"):
        assert Task.objects.get(case=case.id, step="correct").due is None


def test_since_2022_a_resubmission_opens_three_new_days(on_day: Callable[[date], None]) -> None:
    case = _returned_and_resubmitted(on_day, date(2025, 9, 25), date(2025, 9, 26), date(2025, 10, 9))
    assert case.received == date(2025, 10, 9)
    assert case.clock_due == date(2025, 10, 13)  # the Saturday 11th is worked
    with system_scope("测试"):
        assert Task.objects.waiting().get(case=case.id).due == date(2025, 10, 13)


def test_before_2022_the_clock_goes_on_with_what_was_left(on_day: Callable[[date], None]) -> None:
    case = _returned_and_resubmitted(on_day, date(2021, 3, 1), date(2021, 3, 4), date(2021, 3, 15))
    assert case.received == date(2021, 3, 1)
    assert case.clock_left is None
    assert case.clock_days == 12  # 15 less the 3 used
    assert case.clock_due == date(2021, 3, 31)


def test_a_second_defect_pauses_what_is_left_again(on_day: Callable[[date], None]) -> None:
    case = _returned_and_resubmitted(on_day, date(2021, 3, 1), date(2021, 3, 4), date(2021, 3, 15))
    on_day(date(2021, 3, 17))
    make.finish(case.number, "examine", "defect", by=make.officer("examiner"), items=ITEM)
    assert make.reload(case.number).clock_left == 10


def test_the_regime_is_that_of_the_day_of_receipt(on_day: Callable[[date], None]) -> None:
    on_day(date(2022, 2, 28))
    old = make.case(received=date(2022, 2, 28))
    on_day(date(2022, 3, 1))
    new = make.case(received=date(2022, 3, 1))
    assert (old.clock_days, new.clock_days) == (15, 3)


def test_past_the_announced_holidays_a_date_is_provisional(on_day: Callable[[date], None]) -> None:
    on_day(date(2026, 12, 31))
    case = make.case(received=date(2026, 12, 31))
    assert case.clock_provisional
    with system_scope("测试"):
        assert Task.objects.get(case=case.id).provisional
