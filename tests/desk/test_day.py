"""Figures of one day: each officer's own work, deputies' apart, windows by the numbers they called."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Task
from hongdun.desk import figures
from hongdun.registration.models import Ticket
from tests.cases import builders as make
from tests.cases.test_pages import sit

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_median_and_ninety_percent_of_what_an_officer_did_today() -> None:
    examiner = make.officer("examiner", name="莫文")
    for minutes in range(1, 11):
        case = make.case()
        make.finish(case.number, "examine", "agree", by=examiner)
        with system_scope("测试"):
            task = Task.objects.get(case=case, step="examine")
            Task.objects.filter(pk=task.pk).update(opened=task.done - timedelta(minutes=10 * minutes))
    with acting(examiner):
        [row] = figures.done([examiner.person], clock.today())
        assert figures.done([examiner.person], clock.today() - timedelta(1)) == []
    assert (row.name, row.role, row.total, row.returned) == ("莫文", "examiner", 10, 0)
    assert (row.median, row.ninth) == (50, 90)


def test_heads_see_everybody_others_themselves() -> None:
    examiner, other = make.officer("examiner", name="莫文"), make.officer("examiner", name="李四")
    make.finish(make.case().number, "examine", "agree", by=examiner)
    for actor, seen in ((examiner, True), (other, False), (make.officer("head"), True)):
        page = sit(actor).get("/desk/day/")
        assert ("莫文</th>" in page.content.decode()) == seen
    assert "没有办过件" in sit(examiner).get("/desk/day/?day=2020-01-01").content.decode()
    assert sit(examiner).get("/desk/day/?day=nonsense").status_code == 200


def test_windows_by_the_numbers_they_called() -> None:
    now = clock.now()
    with system_scope("测试"):
        for number, (window, waited) in enumerate([("1 号", 5), ("1 号", 25), ("2 号", 3), ("", None)], 1):
            Ticket.objects.create(
                organ=make.COUNTY, day=clock.today(), number=number, window=window, taken=now - timedelta(minutes=waited or 0),
                called=None if waited is None else now,
            )  # fmt: skip
    with acting(make.officer("counter")):
        found = figures.windows(make.COUNTY, clock.today())
    assert [(w.name, w.called, w.waited) for w in found] == [("1 号", 2, 5), ("2 号", 1, 3)]
