"""An absent officer's work is the deputy's for those days only, with duties kept apart and no chains."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Task
from hongdun.desk import queries as desk
from hongdun.org import queries
from hongdun.org.actions import absences
from hongdun.org.models import Absence, Role
from tests.cases import builders as make
from tests.cases.test_pages import sit

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
DAY = timedelta(days=1)


def away(
    who: Actor, deputy: Actor, *, first: date | None = None, days: int = 3, by: Actor | None = None
) -> Absence:
    start = first or clock.today()
    assert who.person
    assert deputy.person
    with acting(by or who):
        return absences.set_absence(
            officer=who.person, deputy=deputy.person, first_day=start, last_day=start + (days - 1) * DAY,
            reason="年休假", actor=by or who,
        )  # fmt: skip


def fresh(actor: Actor) -> Actor:
    """The actor as the middleware knows them from now on."""
    assert actor.post
    assert actor.person
    post = queries.post_in_force(actor.post, officer_id=actor.person, stamp=0)
    assert post
    return queries.actor_for(post)


def given_to(case: Case, officer: Actor) -> None:
    head = make.officer("head")
    with system_scope("测试"):
        key = Task.objects.waiting().get(case=case).pk
    with acting(head):
        cases.hand_over([key], to=officer.person, actor=head, reason="由经办人继续办理")


def seen_by(actor: Actor, **wanted: str) -> list[str]:
    with acting(actor):
        return [t.case.number for t in desk.page(actor, desk.Wanted(**wanted)).tasks]  # type: ignore[arg-type]  # words of filters


def test_the_deputy_does_what_was_given_to_the_absent_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    who, deputy = make.officer("examiner", name="张三"), make.officer("examiner", name="莫文")
    case = make.case()
    given_to(case, who)
    assert seen_by(fresh(deputy)) == []
    today = clock.today()
    away(who, deputy, first=today + DAY)
    assert seen_by(fresh(deputy)) == []
    for later, seen in ((1, True), (3, True), (4, False)):
        monkeypatch.setattr(queries, "today", lambda later=later: today + later * DAY)
        assert (case.number in seen_by(fresh(deputy))) == seen
        assert (case.number in seen_by(fresh(deputy), assignee="absent")) == seen
        assert case.number in seen_by(fresh(who))
    monkeypatch.setattr(queries, "today", lambda: today + 2 * DAY)
    done = make.finish(case.number, "examine", "agree", by=fresh(deputy))
    task = done.tasks.get(step="examine")
    assert (task.done_by, task.data["for"]) == (deputy.person, str(who.person))


def test_a_third_officer_never_gets_it() -> None:
    who, deputy, third = (make.officer("examiner", name=n) for n in ("张三", "莫文", "李四"))
    case = make.case()
    given_to(case, who)
    away(who, deputy)
    with pytest.raises(cases.NotAllowed):
        make.finish(case.number, "examine", "agree", by=fresh(third))


def test_duties_stay_apart_for_the_deputy() -> None:
    """Who examined may not approve in another's stead either (细则 art. 17)."""
    approver, deputy = make.officer("approver"), make.officer("examiner", name="莫文")
    second = make.same_person(deputy, "approver")
    case = make.case()
    make.finish(case.number, "examine", "agree", by=deputy)
    given_to(case, approver)
    away(approver, second)
    with pytest.raises(cases.NotAllowed, match="另一人员"):
        make.finish(case.number, "approve", "register", by=fresh(second))


@pytest.mark.parametrize(
    ("deputy_role", "refused"), [("counter", True), ("examiner", True), ("approver", False), ("head", False)]
)
def test_the_deputy_has_the_same_authority(deputy_role: str, *, refused: bool) -> None:
    who, deputy = make.officer("approver"), make.officer(deputy_role, name="莫文")
    if not refused:
        assert away(who, deputy).deputy_id == deputy.person
        return
    with pytest.raises(absences.AbsenceRefused, match="没有“核准”岗位"):
        away(who, deputy)


def test_neither_twice_nor_in_a_chain() -> None:
    first, second, third = (make.officer("examiner", name=n) for n in ("张三", "莫文", "李四"))
    away(first, second)
    tomorrow = clock.today() + DAY
    for who, deputy, words in (
        (first, third, "已经登记不在岗"),
        (third, first, "自己也不在岗"),
        (second, third, "正代理张三"),
    ):
        with pytest.raises(absences.AbsenceRefused, match=words):
            away(who, deputy, first=tomorrow)
    away(first, third, first=clock.today() + 3 * DAY)  # the day after the first absence


def test_the_database_allows_one_absence_at_a_time() -> None:
    first, second = make.officer("examiner"), make.officer("examiner")
    row = away(first, second)
    with system_scope("测试"), pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            officer_id=row.officer_id, deputy_id=row.deputy_id, organ_id=row.organ_id,
            first_day=row.last_day, last_day=row.last_day,
        )  # fmt: skip


def test_only_the_head_sets_it_for_others_and_it_ends_at_once() -> None:
    who, deputy, head = make.officer("examiner"), make.officer("examiner"), make.officer("head")
    with pytest.raises(PermissionDenied):
        away(who, deputy, by=deputy)
    row = away(who, deputy, by=head)
    case = make.case()
    given_to(case, who)
    assert seen_by(fresh(deputy)) == [case.number]
    with acting(deputy), pytest.raises(PermissionDenied):
        absences.end_absence(row.pk, actor=deputy)
    with acting(who):
        absences.end_absence(row.pk, actor=who)
    assert seen_by(fresh(deputy)) == []


def test_it_is_set_and_ended_on_the_page() -> None:
    who, deputy = make.officer("examiner", name="张三"), make.officer("examiner", name="莫文")
    client = sit(who)
    today = clock.today()
    typed = {
        "officer": str(who.person), "deputy": str(deputy.person), "first_day": str(today),
        "last_day": str(today + DAY), "reason": "陪护家人",
    }  # fmt: skip
    wrong = client.post("/desk/absences/", typed | {"last_day": str(today - DAY)})
    assert "最后一天不能早于第一天" in wrong.content.decode()
    page = client.post("/desk/absences/", typed, follow=True).content.decode()
    assert "莫文" in page
    assert "陪护家人" not in page
    assert "您正在代理" in sit(deputy).get("/desk/work/").content.decode()
    row = Absence.objects.get()
    page = client.post(f"/desk/absences/{row.pk}/end/", follow=True).content.decode()
    assert "您没有登记不在岗" in page
    assert client.post(f"/desk/absences/{row.pk}/end/").status_code == 404


def test_an_officer_chooses_only_themselves() -> None:
    who, deputy = make.officer("examiner"), make.officer("examiner")
    page = sit(who).get("/desk/absences/")
    assert [key for key, _ in page.context["form"].fields["officer"].choices] == [who.person]
    head = sit(make.officer(Role.HEAD)).get("/desk/absences/")
    assert {who.person, deputy.person} <= {key for key, _ in head.context["form"].fields["officer"].choices}
