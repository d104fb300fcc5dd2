"""What the register tells, told on: to the public, to followers, to others' machines."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hongdun.base.jobs import enqueue, job
from hongdun.exchange.actions import feed, follows, handovers, mailing, sending, snapshots
from hongdun.exchange.actions.hooks import WAKE
from hongdun.exchange.models import Follower
from hongdun.lib import changes
from hongdun.outbox import on
from hongdun.registration.handovers import SENT

if TYPE_CHECKING:
    from hongdun.outbox.models import Message


@on(*changes.TOPICS)
def make_public(message: Message) -> None:
    change = feed.append(message)
    if change:
        follows.match(change)
        enqueue(WAKE, once=WAKE)


@job(WAKE, cron="* * * * *")
def wake() -> None:
    """Soon after each change, and each minute for what failed before."""
    sending.wake()
    mailing.queue_due(Follower.Mail.AT_ONCE)


@job(sending.DELIVER, whole=False, attempts=3)
def deliver(webhook: str) -> None:
    sending.deliver(UUID(webhook))


@job("exchange.test_webhook", whole=False, attempts=1)
def send_test(webhook: str) -> None:
    sending.send_test(UUID(webhook))


@job(sending.DISABLED)
def tell_disabled(webhook: str) -> None:
    mailing.tell_disabled(UUID(webhook))


@on(SENT)
def queue_for_department(message: Message) -> None:
    handovers.enter(message)


@job(handovers.WAKE, cron="* * * * *")
def wake_departments() -> None:
    """Soon after each registration, and each minute for what failed before."""
    handovers.wake()


@job(handovers.PUSH, whole=False, attempts=3)
def push_handovers(department: str) -> None:
    handovers.push(department)


@job("exchange.mail_daily", cron="0 23 * * *")
def mail_daily() -> None:
    """At seven in the morning in Nanning."""
    mailing.queue_due(Follower.Mail.DAILY)


@job(mailing.MAIL)
def mail(follower: str) -> None:
    mailing.tell(UUID(follower))


@job("exchange.snapshot", cron="30 17 * * *", whole=False, attempts=3)
def snapshot() -> None:
    """At half past one at night."""
    snapshots.make()


@job("exchange.forget", cron="10 19 * * *", whole=False)
def forget() -> None:
    feed.forget_old()
    sending.forget_old()
