"""Many at once: one case for one submission, one join for two branches, numbers without gaps."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.db import connection

from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from tests.cases import builders as make
from tests.cases import procedures

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db15, pytest.mark.slow]
T = TypeVar("T")


def together(*work: Callable[[], T]) -> list[T | Exception]:
    """Run each in a thread with a connection of its own, all starting at the same moment."""
    barrier = threading.Barrier(len(work))

    def run(one: Callable[[], T]) -> T | Exception:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return one()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def test_fifty_identical_submissions_make_one_case() -> None:
    who, key = make.applicant(), uuid7()
    opened = together(*[lambda: make.case(by=who, submission=key).number] * 50)
    assert len(set(opened)) == 1, opened
    with system_scope("测试"):
        assert Case.objects.count() == 1
        assert Task.objects.count() == 1


def test_two_branches_that_end_at_once_open_the_join_once() -> None:
    clerk, one, two = make.officer("clerk"), make.officer("examiner"), make.officer("examiner")
    for _ in range(8):
        case = make.case(procedures.JOIN)
        make.finish(case.number, "receive", "accept", by=clerk)
        ended = together(
            lambda number=case.number: make.finish(number, "name", "fit", by=one).number,
            lambda number=case.number: make.finish(number, "papers", "fit", by=two).number,
        )
        assert ended == [case.number] * 2
        assert make.open_steps(case.number) == ["decide"]


def test_a_double_click_finishes_once() -> None:
    examiner = make.officer("examiner")
    case = make.case()
    ended = together(*[lambda: make.finish(case.number, "examine", "agree", by=examiner).number] * 4)
    assert ended == [case.number] * 4
    with system_scope("测试"):
        assert Task.objects.filter(case=case.id).count() == 2


def test_of_two_officers_the_second_is_told_who_was_faster() -> None:
    one, two = make.officer("examiner"), make.officer("examiner")
    case = make.case()
    ended = together(
        lambda: make.finish(case.number, "examine", "agree", by=one),
        lambda: make.finish(case.number, "examine", "agree", by=two),
    )
    refused = [e for e in ended if isinstance(e, cases.NotOpen)]
    assert len(refused) == 1, ended
    assert "已由" in str(refused[0])


def test_numbers_of_eight_writers_have_no_gap_and_no_twin() -> None:
    people = [make.applicant() for _ in range(8)]

    def write(who: object) -> Callable[[], list[str]]:
        return lambda: [make.case(by=who).number for _ in range(6)]

    written = together(*[write(who) for who in people])
    failed = [w for w in written if isinstance(w, Exception)]
    assert not failed, failed
    numbers = sorted(int(n.rpartition("〕")[2].removesuffix("号")) for some in written for n in some)
    assert numbers == list(range(1, 49))
