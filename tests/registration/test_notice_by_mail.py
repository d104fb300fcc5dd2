"""An applicant who left a mailbox is told by e-mail, all the way from the page of the examiner."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from hongdun.audit.models import Event
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.outbox.actions import dispatch, sequence
from hongdun.parties.models import Person
from tests.org.builders import an_actor, enter
from tests.registration.test_applicant_pages import PASSWORD, begun, fill, number

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
WHO = {"name": "韦小红", "id_number": number(2), "phone": "13800000002", **PASSWORD}


def run_jobs() -> None:
    """What the worker does: messages to their handlers, then the jobs that these queue."""
    sequence(window=None)
    dispatch()
    for job in ProcrastinateJob.objects.filter(task_name="cases.send_notice").order_by("id"):
        queue.tasks[job.task_name].func(SimpleNamespace(job=SimpleNamespace(id=job.id)), **job.args)


def test_a_one_time_notice_reaches_the_mailbox_of_the_applicant(mailoutbox: list[EmailMessage]) -> None:
    founder, examiner = Client(), Client()
    assert founder.post("/account/register/", {**WHO, "email": "Wei@Example.cn "}).status_code == 302
    draft = begun(founder)
    fill(founder, draft)
    assert founder.post(f"{draft}check/").status_code == 302
    run_jobs()
    mailoutbox.clear()
    with system_scope("测试"):
        case = Case.objects.get()
    enter(examiner, an_actor("examiner"))
    defects = {"outcome": "return", "more_items": "章程缺少韦丽华的签名"}
    answer = examiner.post(f"/cases/{case.number}/examine/", defects)
    assert answer.status_code == 302, answer.content.decode()
    run_jobs()
    run_jobs()
    assert [(m.to, m.subject) for m in mailoutbox] == [(["Wei@Example.cn"], f"一次性告知书（{case.number}）")]
    assert f"/my/{case.number}/" in str(mailoutbox[0].body)
    assert "章程" not in str(mailoutbox[0].body)
    with system_scope("测试"):
        assert "Example.cn" not in str([event.data for event in Event.objects.all()])


def test_the_mailbox_is_optional_and_sealed_and_a_wrong_one_is_named() -> None:
    wrong = Client().post("/account/register/", {**WHO, "email": "wei.example.cn"})
    assert "电子邮箱" in wrong.content.decode()
    assert "name@example.cn" in wrong.content.decode()
    assert Client().post("/account/register/", WHO).status_code == 302
    with system_scope("测试"):
        assert Person.objects.get(name="韦小红").email == ""
