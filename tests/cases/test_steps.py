"""What finishing a step does, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from hongdun.audit.models import Event
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, ProcedureSetting, Task
from hongdun.outbox.models import Message
from tests.cases import builders as make
from tests.cases import procedures

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
GROUND = "unlawful"


def test_a_case_goes_from_hand_to_hand_and_leaves_a_trace() -> None:
    case = make.case()
    make.finish(case.number, "examine", "agree", by=make.officer("examiner"), opinion="材料齐全")
    make.finish(case.number, "approve", "register", by=make.officer("approver"))
    ended = make.finish(case.number, "issue", "issued", by=make.officer("counter"))
    assert ended.closed
    assert ended.outcome == "issued"
    assert make.open_steps(case.number) == []
    with system_scope("测试"):
        verbs = list(Event.objects.filter(case_id=case.id).order_by("at").values_list("verb", flat=True))
        moved = Message.objects.filter(topic="case.moved", body__number=case.number).count()
    assert verbs == [
        "test_pair.opened", "test_pair.examine.agree", "test_pair.approve.register", "test_pair.issue.issued",
    ]  # fmt: skip
    assert moved == 3


@pytest.mark.parametrize(
    ("outcome", "given", "field"),
    [
        ("refuse", {"opinion": "不符合规定"}, "grounds"),
        ("refuse", {"grounds": (GROUND,)}, "opinion"),
        ("refuse", {"grounds": ("invented",), "opinion": "不符合规定"}, "grounds"),
        ("refuse", {"grounds": ("originals",), "opinion": "2022 年前的依据"}, "grounds"),
        ("back", {}, "opinion"),
    ],
)
def test_what_the_law_wants_said_must_be_said(outcome: str, given: dict[str, object], field: str) -> None:
    case = make.case()
    make.finish(case.number, "examine", "agree", by=make.officer("examiner"))
    with pytest.raises(cases.Incomplete) as refused:
        make.finish(case.number, "approve", outcome, by=make.officer("approver"), **given)
    assert refused.value.field == field
    assert make.open_steps(case.number) == ["approve"]


def test_a_notice_of_defects_names_them() -> None:
    case = make.case()
    with pytest.raises(cases.Incomplete) as refused:
        make.finish(case.number, "examine", "defect", by=make.officer("examiner"))
    assert refused.value.field == "items"


def test_one_person_never_examines_and_approves_by_click() -> None:
    case = make.case()
    examiner = make.officer("examiner")
    make.finish(case.number, "examine", "agree", by=examiner)
    both = make.same_person(examiner, "approver")
    with pytest.raises(cases.NotAllowed, match="一审一核"):
        make.finish(case.number, "approve", "register", by=both)
    assert make.open_steps(case.number) == ["approve"]


def test_one_person_never_examines_and_approves_by_sql() -> None:
    case = make.case()
    examiner = make.officer("examiner")
    make.finish(case.number, "examine", "agree", by=examiner)
    with system_scope("测试"), connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="two duties"), transaction.atomic():
            cursor.execute(
                "UPDATE cases_task SET done = now(), done_by = %s WHERE case_id = %s AND done IS NULL",
                [examiner.person, case.id],
            )
        with pytest.raises(IntegrityError, match="case_duties_apart"), transaction.atomic():
            cursor.execute("UPDATE cases_case SET approver = examiner WHERE id = %s", [case.id])


def test_a_single_officer_may_do_both_where_the_bureau_decided_so() -> None:
    case = make.case(mode="single")
    examiner = make.officer("examiner")
    make.finish(case.number, "examine", "agree", by=examiner)
    make.finish(case.number, "approve", "register", by=make.same_person(examiner, "approver"))
    assert make.open_steps(case.number) == ["issue"]


def test_three_officers_where_the_bureau_decided_so() -> None:
    case = make.case(procedures.JOIN, mode="three")
    clerk = make.officer("clerk")
    make.finish(case.number, "receive", "accept", by=clerk)
    with (
        system_scope("测试"),
        pytest.raises(IntegrityError, match="case_three_duties_apart"),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=case.pk).update(examiner=clerk.person)


def test_a_recused_officer_stays_out() -> None:
    case = make.case()
    examiner = make.officer("examiner")
    with acting(examiner):
        cases.recuse(case.number, actor=examiner, officer=examiner.person, reason="申请人是本人亲属")
    with pytest.raises(cases.NotAllowed, match="回避"):
        make.finish(case.number, "examine", "agree", by=examiner)


def test_only_the_head_keeps_another_officer_out() -> None:
    case = make.case()
    examiner, other = make.officer("examiner"), make.officer("examiner")
    with acting(examiner), pytest.raises(cases.NotAllowed):
        cases.recuse(case.number, actor=examiner, officer=other.person, reason="听说有关系")


@pytest.mark.parametrize(
    ("role", "organ"), [("counter", make.COUNTY), ("examiner", make.OTHER), ("examiner", 450100000)]
)
def test_others_may_not_do_the_step(role: str, organ: int) -> None:
    case = make.case()
    with pytest.raises(cases.Refused):
        make.finish(case.number, "examine", "agree", by=make.officer(role, organ=organ))
    assert make.open_steps(case.number) == ["examine"]


def test_an_officer_of_another_city_does_not_even_learn_that_the_case_exists() -> None:
    case = make.case()
    with pytest.raises(cases.NotOpen, match="没有找到案件"):
        make.finish(case.number, "examine", "agree", by=make.officer("examiner", organ=make.OTHER))


def test_a_stranger_may_not_mend_another_applicants_case() -> None:
    case = make.case()
    make.finish(case.number, "examine", "defect", by=make.officer("examiner"), items=({"text": "缺章程"},))
    with pytest.raises(cases.NotOpen):
        make.finish(case.number, "correct", "resubmit", by=make.applicant("乙"))


def test_pressing_twice_changes_nothing() -> None:
    case = make.case()
    examiner = make.officer("examiner")
    make.finish(case.number, "examine", "agree", by=examiner)
    make.finish(case.number, "examine", "agree", by=examiner)
    with system_scope("测试"):
        assert Task.objects.filter(case=case.id, step="examine").count() == 1
    with pytest.raises(cases.NotOpen, match="已由韦丽华办理"):
        make.finish(case.number, "examine", "agree", by=make.officer("examiner", name="莫文"))
    with pytest.raises(cases.NotOpen):
        make.finish(case.number, "issue", "issued", by=make.officer("counter"))


def test_an_unknown_outcome_is_refused() -> None:
    case = make.case()
    with pytest.raises(cases.NotOpen, match="没有"):
        make.finish(case.number, "examine", "nonsense", by=make.officer("examiner"))


def test_rules_decide_an_automatic_step_from_the_start() -> None:
    passed = make.case(procedures.AUTOMATIC, data={"complete": True})
    assert passed.closed
    handed = make.case(procedures.AUTOMATIC)
    assert make.open_steps(handed.number) == ["examine"]
    with system_scope("测试"):
        assert Task.objects.get(case=handed.id, step="weigh").opinion == "缺少材料，转人工"


def test_a_step_for_each_paper_and_none_for_no_papers() -> None:
    many = make.case(procedures.EACH, data={"papers": ["甲", "乙", "丙"]})
    clerk, examiner = make.officer("clerk"), make.officer("examiner")
    make.finish(many.number, "receive", "accept", by=clerk)
    assert make.open_steps(many.number) == ["check"] * 3
    for instance in ("0", "1"):
        make.finish(many.number, "check", "right", by=examiner, instance=instance)
    make.finish(many.number, "check", "right", by=examiner, instance="1")
    assert make.open_steps(many.number) == ["check"]
    make.finish(many.number, "check", "right", by=examiner, instance="2")
    assert make.open_steps(many.number) == ["decide"]
    none = make.case(procedures.EACH, data={"papers": []})
    make.finish(none.number, "receive", "accept", by=clerk)
    assert make.open_steps(none.number) == ["decide"]


def test_a_refused_step_leaves_nothing_behind() -> None:
    case = make.case()
    with system_scope("测试"):
        before = Event.objects.count(), Message.objects.count()
    with pytest.raises(cases.Refused):
        make.finish(case.number, "examine", "defect", by=make.officer("examiner"))
    with system_scope("测试"):
        assert (Event.objects.count(), Message.objects.count()) == before


def test_a_bureau_may_give_a_step_to_another_role_from_a_day_on() -> None:
    case = make.case()
    with system_scope("测试"):
        for organ, role, since in (
            (450000000, "clerk", date(2020, 1, 1)),
            (make.COUNTY, "counter", date(2020, 1, 1)),
            (make.COUNTY, "archivist", date(2099, 1, 1)),
        ):
            ProcedureSetting.objects.create(
                organ=organ, procedure_code="test_pair", step="approve", key="role", value=role,
                valid_from=since, basis="测试",
            )  # fmt: skip
    make.finish(case.number, "examine", "agree", by=make.officer("examiner"))
    make.finish(case.number, "approve", "register", by=make.officer("counter"))
    assert make.open_steps(case.number) == ["issue"]
