"""Hand-over, extension, withdrawal, transfer, escalation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from hongdun.audit.models import Event
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases import queries
from hongdun.cases.models import Case, Task, Transfer
from hongdun.outbox.models import Message
from hongdun.parties.models import Involvement
from tests.cases import builders as make

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def _task(case: Case) -> Task:
    with system_scope("测试"):
        return Task.objects.waiting().get(case=case.id)


def test_a_task_handed_over_leaves_the_lists_of_others() -> None:
    case = make.case()
    head, chosen, other = make.officer("head"), make.officer("examiner"), make.officer("examiner")
    with acting(head):
        assert cases.hand_over([_task(case).id], to=chosen.person, actor=head, reason="休假") == 1
    for officer, seen in ((chosen, 1), (other, 0)):
        with acting(officer):
            assert queries.work_list(officer).filter(case=case.id).count() == seen
    with pytest.raises(cases.NotAllowed):
        make.finish(case.number, "examine", "agree", by=other)
    make.finish(case.number, "examine", "agree", by=chosen)


def test_nobody_gets_a_task_that_their_post_does_not_cover() -> None:
    case = make.case()
    head = make.officer("head")
    for receiver in (make.officer("counter"), make.officer("examiner", organ=make.OTHER)):
        with acting(head), pytest.raises(cases.Refused, match="接收人员"):
            cases.hand_over([_task(case).id], to=receiver.person, actor=head, reason="休假")


def test_an_officer_hands_over_only_what_is_theirs() -> None:
    case = make.case()
    examiner, friend, counter = make.officer("examiner"), make.officer("examiner"), make.officer("counter")
    with acting(counter), pytest.raises(cases.NotAllowed):
        cases.hand_over([_task(case).id], to=friend.person, actor=counter, reason="休假")
    with acting(examiner):
        assert cases.hand_over([_task(case).id], to=friend.person, actor=examiner, reason="休假") == 1
    with acting(examiner), pytest.raises(cases.NotAllowed):
        cases.hand_over([_task(case).id], to=examiner.person, actor=examiner, reason="休假")


def test_tasks_of_another_city_are_out_of_reach() -> None:
    case = make.case()
    head = make.officer("head", organ=make.OTHER)
    with acting(head):
        assert cases.hand_over([_task(case).id], to=None, actor=head, reason="休假") == 0


def test_the_head_extends_once_and_with_a_reason() -> None:
    case = make.case()
    head = make.officer("head")
    before = make.reload(case.number).clock_due
    with acting(head):
        with pytest.raises(cases.Incomplete):
            cases.extend(case.number, actor=head, reason=" ")
        cases.extend(case.number, actor=head, reason="情形复杂")
        with pytest.raises(cases.Refused, match="一次"):
            cases.extend(case.number, actor=head, reason="再来")
    after = make.reload(case.number)
    assert before
    assert after.clock_due
    assert after.clock_due > before
    assert _task(case).due == after.clock_due
    examiner = make.officer("examiner")
    other = make.case()
    with acting(examiner), pytest.raises(cases.NotAllowed):
        cases.extend(other.number, actor=examiner, reason="情形复杂")


def test_a_period_that_has_run_out_is_not_extended() -> None:
    case = make.case(received=date(2025, 9, 25))
    head = make.officer("head")
    with acting(head), pytest.raises(cases.Refused, match="届满前"):
        cases.extend(case.number, actor=head, reason="忘了")


def test_the_applicant_withdraws_until_it_is_decided() -> None:
    who = make.applicant()
    case = make.case(by=who)
    with acting(who):
        cases.withdraw(case.number, actor=who)
    closed = make.reload(case.number)
    assert closed.closed
    assert closed.outcome == "withdrawn"
    assert make.open_steps(case.number) == []
    later = make.case(by=who)
    make.finish(later.number, "examine", "agree", by=make.officer("examiner"))
    with acting(who), pytest.raises(cases.Refused, match="已作出决定"):
        cases.withdraw(later.number, actor=who)
    examiner = make.officer("examiner")
    with acting(examiner), pytest.raises(cases.NotAllowed):
        cases.withdraw(later.number, actor=examiner)


def test_a_transferred_case_is_seen_there_and_no_longer_here() -> None:
    case = make.case()
    head = make.officer("head")
    with acting(head):
        cases.transfer(case.number, to=make.OTHER, actor=head, reason="住所在柳州城中")
    there, here = make.officer("examiner", organ=make.OTHER), make.officer("examiner")
    with acting(there):
        assert Case.objects.get(number=case.number).organ == make.OTHER
        assert Transfer.objects.get(case=case.id).reason == "住所在柳州城中"
        assert Event.objects.filter(case_id=case.id, verb="case.transferred").exists()
        assert Involvement.objects.filter(case_id=case.id, organ=make.OTHER).exists()
    with acting(here):
        assert not Case.objects.filter(number=case.number).exists()
    make.finish(case.number, "examine", "agree", by=there)


@pytest.mark.parametrize("role", ["examiner", "clerk", "counter"])
def test_only_a_head_transfers_by_click_and_by_sql(role: str) -> None:
    case = make.case()
    officer = make.officer(role)
    with acting(officer), pytest.raises(cases.NotAllowed):
        cases.transfer(case.number, to=make.OTHER, actor=officer, reason="想移走")
    with (
        acting(officer), connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="may not transfer"), transaction.atomic(),
    ):  # fmt: skip
        cursor.execute("SELECT cases_transfer(%s, %s, %s)", [case.id, make.OTHER, "想移走"])


def test_a_case_out_of_range_is_not_transferred_by_sql_either() -> None:
    case = make.case()
    head = make.officer("head", organ=make.OTHER)
    with (
        acting(head), connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="out of range"), transaction.atomic(),
    ):  # fmt: skip
        cursor.execute("SELECT cases_transfer(%s, %s, %s)", [case.id, make.OTHER, "抢案"])


def test_a_row_does_not_leave_the_range_by_plain_update() -> None:
    case = make.case()
    head = make.officer("head")
    with acting(head), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(organ=make.OTHER)


@pytest.mark.parametrize("to", [make.COUNTY, 450999000])
def test_a_transfer_names_another_existing_bureau(to: int) -> None:
    case = make.case()
    head = make.officer("head")
    with acting(head), pytest.raises(cases.Incomplete) as refused:
        cases.transfer(case.number, to=to, actor=head, reason="住所不在本辖区")
    assert refused.value.field == "to"


def test_overdue_tasks_are_escalated_once() -> None:
    late = make.case(received=date(2025, 9, 25))
    fresh = make.case()
    with system_scope("测试"):
        assert cases.escalate() == 1
        assert cases.escalate() == 0
        told = Message.objects.filter(topic="task.overdue")
        assert [m.body["number"] for m in told] == [late.number]
    assert _task(fresh).escalated is None


def test_a_station_sees_what_concerns_it_and_uses_its_bureaus_numbers() -> None:
    station = 450103001
    about = make.case(station=station)
    at_station = make.case(organ=station)
    assert make.reload(about.number).number.startswith("青秀市监试字")
    assert at_station.number.startswith("青秀市监试字")
    officer, elsewhere = make.officer("examiner", organ=station), make.officer("examiner", organ=450103002)
    with acting(officer):
        assert set(Case.objects.values_list("number", flat=True)) == {about.number, at_station.number}
        assert list(queries.work_list(officer).values_list("case", flat=True)) == [at_station.id]
    with acting(elsewhere):
        assert not Case.objects.exists()
    make.finish(at_station.number, "examine", "agree", by=officer)
    make.finish(at_station.number, "approve", "register", by=make.officer("approver"))


def test_dates_are_of_the_day_of_receipt() -> None:
    case = make.case(received=date(2025, 9, 25))
    assert case.clock_due == date(2025, 9, 29)
    assert case.received + timedelta(days=4) == case.clock_due
