"""Letters by e-mail and text message: kept as they came, once, and answered with a link."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from hongdun.base.scope import system_scope
from hongdun.consumer.actions import mailing, taking
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import contacts, reading
from tests.exchange.jobs import finish

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

MESSAGE = (
    "From: =?utf-8?b?5p2O5Zub?= <li@example.com>\r\nSubject: =?utf-8?b?5oqV6K+J?=\r\n"
    "Message-ID: <1@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n{more}\r\n空调不制冷，要退款。\r\n"
)


@dataclass
class Box:
    """A mailbox whose server forgets marks as often as `breaks` says."""

    messages: list[bytes]
    seen: set[str] = field(default_factory=set)

    def unread(self) -> Iterator[tuple[str, bytes]]:
        yield from ((str(at), raw) for at, raw in enumerate(self.messages) if str(at) not in self.seen)

    def taken(self, name: str) -> None:
        self.seen.add(name)


def message(more: str = "") -> bytes:
    return MESSAGE.format(more=more).encode()


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name=mailing.REPLY):
        finish(job)


def all_contacts() -> list[Contact]:
    with system_scope("测试"):
        return list(Contact.objects.all())


def test_a_message_is_kept_once_and_answered_once_with_a_link() -> None:
    assert mailing.fetch(Box([message(), message()])) == 2
    [contact] = all_contacts()
    run_jobs()
    [answer] = mail.outbox
    assert answer.to == ["li@example.com"]
    assert contacts.reference(contact) in answer.body
    assert taking.link(contact).split("continue/")[0] in answer.body
    assert answer.extra_headers["In-Reply-To"] == "<1@example.com>"
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"


def test_what_it_says_is_read_for_the_officer() -> None:
    said = reading.initial(mailing.take_email(message()))
    assert said["sender_name"] == "李四"
    assert "空调不制冷" in said["text"]
    assert "li@example.com" in said["text"]


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied\r\n", "List-Id: <news>\r\n"])
def test_a_machine_is_not_answered(header: str) -> None:
    mailing.take_email(message(header))
    run_jobs()
    assert mail.outbox == []
    assert len(all_contacts()) == 1


def test_other_words_under_the_same_message_id_are_kept_too() -> None:
    mailing.take_email(message())
    mailing.take_email(message("X-Other: 1\r\n"))
    assert len(all_contacts()) == 2


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"From: none\r\n\r\n", b"no header at all"])
def test_whatever_comes_is_kept(raw: bytes) -> None:
    contact = mailing.take_email(raw)
    reading.initial(contact)
    run_jobs()
    assert mail.outbox == []


def test_a_text_message_is_answered_by_text_message(capsys: pytest.CaptureFixture[str]) -> None:
    contact = mailing.take_sms(key="9", number="13800001111", text="卖过期牛奶")
    assert mailing.take_sms(key="9", number="13800001111", text="卖过期牛奶") == contact
    run_jobs()
    said = capsys.readouterr().out
    assert contacts.reference(contact) in said
    assert said.count("短信") == 1
