"""The mailbox at a real IMAP server: everything unread is kept once, and marked when it is."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from hongdun.consumer.actions import mailing
from hongdun.consumer.channels.mailbox import Imap, MailboxFailed
from hongdun.consumer.handlers import mail_in
from hongdun.consumer.queries import reading
from tests.consumer import imap
from tests.consumer.test_mailing import all_contacts, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.conf import LazySettings

    from tests.consumer.imap import Server

if not Path(imap.DOVECOT).exists():
    pytest.skip(
        "缺少 Dovecot（apt-get install dovecot-imapd）：略去从真实的 IMAP 服务器收信", allow_module_level=True
    )

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    yield from imap.running()


@pytest.fixture
def server(running: Server) -> Server:
    for box in ("new", "cur"):
        for mail in (running.home / "mail" / box).iterdir():
            mail.unlink()
    return running


def with_photo() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "李四 <li@example.com>", "投诉", "<photo@example.com>"
    mail.set_content("买到过期牛奶，要求赔偿。")
    mail.add_attachment(b"\x89PNG" * 200_000, maintype="image", subtype="png", filename="照片.png")
    return mail.as_bytes()


def test_the_job_takes_what_is_unread_once(server: Server, settings: LazySettings) -> None:
    settings.CONSUMER_IMAP = server.address
    server.deliver("1", message())
    server.deliver("2", with_photo())
    for _ in range(2):
        mail_in()
    kept = "".join(reading.initial(contact)["text"] for contact in all_contacts())
    assert len(all_contacts()) == kept.count("li@example.com") == 2
    assert "空调不制冷" in kept
    assert "过期牛奶" in kept
    server.deliver("3", message("X-Other: 1\r\n"))
    mail_in()
    assert len(all_contacts()) == 3


def test_what_was_kept_but_not_marked_comes_again_and_is_the_same(server: Server) -> None:
    server.deliver("1", message())
    with Imap(server.address) as box:
        [(_, raw)] = list(box.unread())
        mailing.take_email(raw)  # killed before it was marked
    with Imap(server.address) as box:
        assert mailing.fetch(box) == 1
        assert list(box.unread()) == []
    assert len(all_contacts()) == 1


def test_a_connection_is_not_left_behind(server: Server) -> None:
    for _ in range(12):  # Dovecot allows ten at once from one address
        with Imap(server.address) as box:
            assert list(box.unread()) == []


@pytest.mark.parametrize(
    "wrong",
    [(quote(imap.PASSWORD, safe=""), "wrong"), ("/INBOX", "/NoSuchBox"), ("imap://", "imaps://")],
)
def test_a_server_that_refuses_says_so_without_the_password(server: Server, wrong: tuple[str, str]) -> None:
    with pytest.raises(MailboxFailed) as failed:
        Imap(server.address.replace(*wrong))
    assert imap.PASSWORD not in str(failed.value)
