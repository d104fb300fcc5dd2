"""Notices reach the applicant over every channel that they left an address for, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.audit.models import Event
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases import handlers
from hongdun.cases.models import Notice
from hongdun.parties.models import Person
from tests.cases import builders as make

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from hongdun.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def extended() -> Case:
    """A case whose applicant left a telephone and a mailbox, and was told of a longer period."""
    who = make.applicant("李建国")
    with system_scope("测试"):
        person = Person.objects.get(id=who.person)
        person.phone, person.email = "13877100001", "li@example.cn"
        person.save()
    case = make.case(by=who)
    head = make.officer("head")
    with acting(head):
        cases.extend(case.number, actor=head, reason="情形复杂")
    return case


def _deliver(case: Case) -> Notice:
    with system_scope("测试"):
        notice = Notice.objects.get(case=case.id)
        for channel in handlers.CHANNELS:
            handlers.send_notice(str(notice.id), channel)
        return Notice.objects.get(case=case.id)


def test_an_extension_is_told_in_writing(extended: Case) -> None:
    with system_scope("测试"):
        notice = Notice.objects.get(case=extended.id)
    assert notice.title == "延长办理期限告知书"
    assert notice.document
    assert "情形复杂" in notice.body["paragraphs"][0]


def test_both_channels_carry_it_once(
    extended: Case, mailoutbox: list[EmailMessage], capsys: pytest.CaptureFixture[str]
) -> None:
    first = _deliver(extended)
    again = _deliver(extended)
    assert set(first.sent) == {"sms", "email"}
    assert again.sent == first.sent
    assert [m.to for m in mailoutbox] == [["li@example.cn"]]
    assert extended.number in mailoutbox[0].subject
    printed = capsys.readouterr().out
    assert printed.count("短信") == 1
    assert "13877100001" not in printed


def test_no_address_stands_in_audit_or_notice(extended: Case) -> None:
    notice = _deliver(extended)
    with system_scope("测试"):
        events = list(Event.objects.filter(case_id=extended.id))
    kept = str([notice.sent, notice.body, *(e.data for e in events)])
    assert "13877100001" not in kept
    assert "li@example.cn" not in kept
    assert [e.data["channel"] for e in events if e.verb == "notice.sent"] == ["sms", "email"]


def test_who_left_no_address_reads_it_on_the_page() -> None:
    case = make.case()
    head = make.officer("head")
    with acting(head):
        cases.extend(case.number, actor=head, reason="情形复杂")
    assert _deliver(case).sent == {}
