"""What runs by itself: calls become contacts; warnings before a period ends; mailbox, exchange folders, what was left behind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from hongdun.base.clock import now
from hongdun.base.jobs import enqueue, job
from hongdun.consumer.actions import (
    exchanging,
    hotline,
    hotlines,
    mailing,
    reminding,
    taking,
    telephone,
    warnings,
)
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


@on(
    "consumer.deadline",
    "consumer.urged",
    "consumer.supervised",
    "consumer.merchant_answered",
    "consumer.consent",
    history=False,
)
def remind_officers(message: Message) -> None:
    """One job for each officer and way, at once or when the office opens."""
    for officer in reminding.to_be_told(message.topic, message.organ or 0, message.body):
        for way in reminding.WAYS:
            enqueue(
                "consumer.remind", at=warnings.next_office_time(now()), officer=officer, way=way, topic=message.topic,
                body=message.body,
            )  # fmt: skip


@job("consumer.remind")
def remind(officer: str, way: str, topic: str, body: dict[str, Any]) -> None:
    reminding.send(UUID(officer), way, topic, body)


@job("consumer.mail_in", cron="*/2 * * * *", whole=False, attempts=1)
def mail_in() -> None:
    if settings.CONSUMER_IMAP:
        with Imap(settings.CONSUMER_IMAP) as mailbox:
            mailing.fetch(mailbox)


@job(mailing.REPLY, whole=False, attempts=5)
def send_reply(contact: str) -> None:
    mailing.reply(UUID(contact))


@job("consumer.exchange_in", cron="*/5 * * * *", whole=False, attempts=1)
def exchange_in() -> None:
    if settings.CONSUMER_EXCHANGE:
        exchanging.read_all(Path(settings.CONSUMER_EXCHANGE))
        exchanging.write_all(Path(settings.CONSUMER_EXCHANGE))


@job(hotline.TELL, whole=False, attempts=12)
def tell_hotline(order: str, state: str) -> None:
    """Tried again for over an hour; what is in doubt then, the other side asks by `workorder.status`."""
    hotlines.tell(UUID(order), state)


@job("consumer.forget_messages", cron="50 19 * * *", whole=False, attempts=1)
def forget_messages() -> None:
    hotlines.forget_old()


@job("consumer.forget_abandoned", cron="40 19 * * *", whole=False, attempts=1)
def forget_abandoned() -> None:
    taking.forget_abandoned(before=now() - ABANDONED)
