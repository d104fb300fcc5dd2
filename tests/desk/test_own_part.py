"""What an officer may not do for having had to do with the case: said in the list, passed over by the next task."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hongdun.audit.models import Event
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.desk import queries
from hongdun.parties.models import Person
from tests.cases import builders as make
from tests.cases.test_pages import sit

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

pytestmark = pytest.mark.django_db


def recused_from(case: Case, examiner: Actor) -> None:
    with acting(examiner):
        cases.recuse(case.number, actor=examiner, officer=examiner.person, reason="申请人是本人亲属")  # type: ignore[arg-type]


def test_a_recused_officer_is_told_in_the_list_and_led_past_the_case() -> None:
    first, second = make.case(title="广西甲有限公司"), make.case(title="广西乙有限公司")
    examiner = make.officer("examiner")
    recused_from(first, examiner)
    client = sit(examiner)
    page = client.get("/desk/work/").content.decode()
    assert "您已回避" in page
    assert f'href="{first.get_absolute_url()}"' in page
    assert f'href="{second.get_absolute_url()}examine/' in page
    assert f"/cases/{second.number}/examine/" in unquote(client.get("/desk/work/next/").headers["Location"])
    assert "您已回避" in client.get("/desk/").content.decode()
    assert "您已回避" not in sit(make.officer("examiner")).get("/desk/work/").content.decode()


def test_who_examined_is_not_led_to_approve() -> None:
    own, other = make.case(title="广西甲有限公司"), make.case(title="广西乙有限公司")
    examiner, colleague = make.officer("examiner"), make.officer("examiner")
    make.finish(own.number, "examine", "agree", by=examiner)
    make.finish(other.number, "examine", "agree", by=colleague)
    client = sit(make.same_person(examiner, "approver"))
    page = client.get("/desk/work/").content.decode()
    assert page.count("须由他人办理") == 1
    assert f"/cases/{other.number}/approve/" in unquote(client.get("/desk/work/next/").headers["Location"])


def test_a_single_officer_may_do_the_rest() -> None:
    own = make.case(mode="single")
    examiner = make.officer("examiner")
    make.finish(own.number, "examine", "agree", by=examiner)
    page = sit(make.same_person(examiner, "approver")).get("/desk/work/").content.decode()
    assert "须由他人办理" not in page


def test_the_number_of_tasks_stands_in_the_head_of_every_office_page_for_one_query() -> None:
    case = make.case()
    client = sit(make.officer("examiner"))
    client.get("/desk/find/")
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/desk/find/")
    assert "待办 1<" in page.content.decode()
    assert sum("cases_task" in query["sql"] for query in seen.captured_queries) == 1
    assert "待办 1<" in client.get(f"/cases/{case.number}/").content.decode()
    with CaptureQueriesContext(connection) as public:
        client.get("/search/")
    assert not any("cases_task" in query["sql"] for query in public.captured_queries)


def test_the_number_is_not_counted_beyond_a_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SHOWN_IN_HEAD", 2)
    for _ in range(3):
        make.case()
    assert "待办 2+<" in sit(make.officer("examiner")).get("/desk/find/").content.decode()


def test_people_of_a_case_lead_to_their_fields_and_reading_names_the_case() -> None:
    who = make.applicant("李建国")
    with system_scope("测试"):
        person = Person.objects.get(id=who.person)
        person.phone = "13877100001"
        person.save()
    case = make.case(by=who)
    client = sit(make.officer("examiner"))
    page = client.get(f"/cases/{case.number}/").content.decode()
    address = f"/desk/person/{who.person}/?case={case.id}&amp;next={quote(case.get_absolute_url())}"
    assert address in page
    shown = client.get(address.replace("&amp;", "&")).content.decode()
    assert "138****0001" in shown
    assert "13877100001" not in shown
    assert f'href="{case.get_absolute_url()}"' in shown
    answer = client.post(address.replace("&amp;", "&"), {"field": "phone", "reason": "核对联系方式"})
    assert "13877100001" in answer.content.decode()
    with system_scope("测试"):
        read = Event.objects.get(verb="personal.read")
    assert (read.case_id, read.data["fields"]) == (case.id, ["phone"])
    elsewhere = make.case()
    client.post(
        f"/desk/person/{who.person}/?case={elsewhere.id}", {"field": "phone", "reason": "核对联系方式"}
    )
    with system_scope("测试"):
        assert Event.objects.filter(verb="personal.read", case_id=elsewhere.id).count() == 0
