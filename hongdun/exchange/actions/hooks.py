"""Webhooks: entering an address, taking it back, telling it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base.jobs import enqueue
from hongdun.exchange.models import Webhook
from hongdun.exchange.queries import changes as feed
from hongdun.exchange.queries.follows import person_of
from hongdun.lib import outbound, webhooks

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor

MOST = 5
WAKE = "exchange.wake"


class WebhookError(ValueError):
    """What can't be done with a webhook; the message says why and how to mend it."""


def may_be_local() -> bool:
    """Only an instance that is no service to the public posts into its own machine."""
    return not settings.PRODUCTION


@transaction.atomic
def register(*, url: str, covers: str, actor: Actor) -> Webhook:
    """From now on the address is told; its host is resolved at each telling, not here."""
    try:
        outbound.check(url, local=may_be_local())
    except outbound.Unfit as error:
        raise WebhookError(str(error)) from error
    if Webhook.objects.filter(person=person_of(actor)).count() >= MOST:
        raise WebhookError(f"最多登记 {MOST} 个推送地址，请先删除不用的")
    made = Webhook.objects.create(
        person=person_of(actor), url=url, covers=covers, position=feed.head(), secret=webhooks.new_secret()
    )
    audit.record("webhook.registered", actor=actor, subject=made.pk, covers=covers)
    return made


@transaction.atomic
def remove(number: UUID, *, actor: Actor) -> None:
    found = _mine(number, actor)
    audit.record("webhook.removed", actor=actor, subject=found.pk)
    found.delete()


@transaction.atomic
def replay(number: UUID, *, after: int, actor: Actor) -> None:
    """Tell everything after a position again."""
    found = _mine(number, actor)
    extent = feed.extent()
    if extent.ahead(after) or extent.lost(after):
        lowest = max(extent.oldest - 1, 0)
        raise WebhookError(f"序号应在 {lowest} 到 {extent.newest} 之间，推送从它的下一个开始")
    audit.record("webhook.replayed", actor=actor, subject=found.pk, after=after)
    _restart(found, position=after)


@transaction.atomic
def enable(number: UUID, *, actor: Actor) -> None:
    """Try again at once, from where it stopped or from the oldest change that is still kept."""
    found = _mine(number, actor)
    audit.record("webhook.enabled", actor=actor, subject=found.pk)
    _restart(found, position=max(found.position, feed.extent().oldest - 1))


@transaction.atomic
def test(number: UUID, *, actor: Actor) -> None:
    """Send a message of no consequence, so that the receiver can be tried out."""
    enqueue("exchange.test_webhook", webhook=_mine(number, actor).pk)


def _mine(number: UUID, actor: Actor) -> Webhook:
    """Raises Webhook.DoesNotExist for others'."""
    return Webhook.objects.select_for_update().filter(person=person_of(actor)).get(pk=number)


def _restart(found: Webhook, *, position: int) -> None:
    found.position = position
    found.failures, found.failing_since, found.retry_at, found.disabled_at = 0, None, None, None
    found.save()
    enqueue(WAKE, once=WAKE)
