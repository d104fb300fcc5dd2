"""What runs by itself: calls become contacts; warnings before a period ends; mailbox, exchange folders, what was left behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from hongdun.base.clock import now
from hongdun.base.jobs import job
from hongdun.consumer.actions import exchanging, mailing, taking, telephone, warnings
from hongdun.consumer.channels.mailbox import Imap
from hongdun.outbox import on

if TYPE_CHECKING:
    from hongdun.outbox.models import Message

ABANDONED = timedelta(days=2)


@on("calls.arrived")
def keep_contact(message: Message) -> None:
    telephone.keep(message.body["call"])


@job("consumer.warn", cron="15 0-9 * * *")
def warn() -> None:
    """Each hour of the day in Guangxi (UTC+8); holidays and week-ends are left alone."""
    warnings.warn()


@job("consumer.mail_in", cron="*/2 * * * *", whole=False, attempts=1)
def mail_in() -> None:
    if settings.CONSUMER_IMAP:
        mailing.fetch(Imap(settings.CONSUMER_IMAP))


@job(mailing.REPLY, whole=False, attempts=5)
def send_reply(contact: str) -> None:
    mailing.reply(UUID(contact))


@job("consumer.exchange_in", cron="*/5 * * * *", whole=False, attempts=1)
def exchange_in() -> None:
    if settings.CONSUMER_EXCHANGE:
        exchanging.read_all(Path(settings.CONSUMER_EXCHANGE))
        exchanging.write_all(Path(settings.CONSUMER_EXCHANGE))


@job("consumer.forget_abandoned", cron="40 19 * * *", whole=False, attempts=1)
def forget_abandoned() -> None:
    taking.forget_abandoned(before=now() - ABANDONED)
