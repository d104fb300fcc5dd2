"""Two applications of one name: whichever is entered first bears it, the other is told before anything is done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.clock import today
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Task
from hongdun.documents import queries as documents
from hongdun.register import actions as register
from hongdun.register.models import Entity, UsccBlock
from hongdun.registration.actions import drafts
from tests.org.builders import an_actor, enter
from tests.parties.builders import an_applicant
from tests.register.builders import founded
from tests.registration import builders as build

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
ARTICLE = "企业名称登记管理规定第十七条"


def examined(founder: Actor) -> Case:
    with acting(founder):
        case = build.sent(founder)
    with acting(build.officer("examiner")) as examiner:
        cases.finish_step(case.number, "examine", Decision("pass"), actor=examiner)
    return case


def approve(case: Case) -> None:
    with acting(build.officer("approver")) as approver:
        cases.finish_step(case.number, "approve", Decision("register"), actor=approver)


def test_the_second_approval_is_refused_on_its_page_and_nothing_is_half_done() -> None:
    first, second = examined(build.applicant()), examined(build.applicant("陆小明"))
    approve(first)
    with system_scope("测试"):
        drawn = list(UsccBlock.objects.values_list("prefix", "next"))
        papers = documents.of_case(second.id).count()
    client, approver = Client(), an_actor("approver")
    enter(client, approver)
    page = client.post(f"/cases/{second.number}/approve/", {"outcome": "register", "opinion": "同意"})
    assert page.status_code == 409
    assert ARTICLE in page.content.decode()
    with system_scope("测试"):
        case = Case.objects.get(pk=second.pk)
        assert (case.entity, case.approver, case.clock_due) == (None, None, second.clock_due)
        assert [t.step for t in Task.objects.filter(case=case, done__isnull=True)] == ["approve"]
        assert documents.of_case(second.id).count() == papers
        assert list(UsccBlock.objects.values_list("prefix", "next")) == drawn
    assert Entity.objects.count() == 1


def test_a_name_taken_meanwhile_is_refused_when_the_draft_is_sent() -> None:
    founder, late = build.applicant(), an_applicant(7)
    with acting(late):
        waiting = build.draft(late)
    approve(examined(founder))
    with acting(late):
        with pytest.raises(cases.Incomplete, match=ARTICLE):
            drafts.send(waiting.id, actor=late)
        assert not Case.objects.filter(person=late.person).exists()
    client = Client()
    enter(client, late)
    answer = client.post(f"/apply/{waiting.id}/check/")
    assert answer.status_code == 409
    assert ARTICLE in answer.content.decode()
    assert f"/apply/{waiting.id}/name/" in answer.content.decode()


def test_what_fails_while_it_is_sent_leaves_no_case_behind() -> None:
    late = an_applicant(7)
    with acting(late):
        draft = build.draft(late, name="广西\U00031354源科技有限公司")
    client = Client()
    enter(client, late)
    answer = client.post(f"/apply/{draft.id}/check/")
    assert answer.status_code == 409
    assert "U+31354" in answer.content.decode()
    with system_scope("测试"):
        assert not Case.objects.filter(person=late.person).exists()


def test_sending_again_after_the_own_company_is_entered_gives_the_same_case() -> None:
    founder = build.applicant()
    with acting(founder):
        draft = build.draft(founder)
        case = drafts.send(draft.id, actor=founder)
    with acting(build.officer("examiner")) as examiner:
        cases.finish_step(case.number, "examine", Decision("pass"), actor=examiner)
    approve(case)
    with acting(founder):
        assert drafts.send(draft.id, actor=founder).pk == case.pk


def test_a_mended_application_meets_the_register_as_it_is_then() -> None:
    first, second = examined(build.applicant()), examined(late := build.applicant("陆小明"))
    with acting(build.officer("approver")) as approver:
        items = ({"text": "章程缺少签名", "article": ""},)
        cases.finish_step(second.number, "approve", Decision("return", items=items), actor=approver)
    approve(first)
    with acting(late):
        draft = drafts.mend(Case.objects.get(pk=second.pk), actor=late)
        with pytest.raises(cases.Incomplete, match=ARTICLE):
            drafts.send(draft.id, actor=late)
        drafts.save_topic(draft, "name", {"name": "广西鑫泉数字科技有限公司", "type": "1130"})
        assert drafts.send(draft.id, actor=late).title == "广西鑫泉数字科技有限公司"


@pytest.mark.parametrize(("ended", "free"), [(date(2025, 3, 1), True), (today(), False)])
def test_the_name_of_a_cancelled_company_may_be_taken_after_a_year(ended: date, free: bool) -> None:  # noqa: FBT001
    chair = build.officer("approver")
    old = founded(name="广西鑫源数字科技有限公司", actor=chair)
    with acting(chair):
        register.set_status(
            entity=old, status="cancelled", on=ended, reason="决议解散", case_id=None, actor=chair
        )
    if not free:
        with pytest.raises(cases.Incomplete, match=ARTICLE):
            examined(build.applicant("陆小明"))
        return
    approve(examined(build.applicant("陆小明")))
    assert Entity.objects.exclude(status="cancelled").get().established == today()
