"""Telling webhooks: in order, one change at a time, again and later after a failure, until it has arrived."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from hongdun.base.clock import now
from hongdun.base.jobs import enqueue
from hongdun.base.scope import system_scope
from hongdun.exchange.actions.hooks import WAKE, may_be_local
from hongdun.exchange.models import Delivery, Webhook
from hongdun.exchange.queries import hooks as queries
from hongdun.lib import canonical, changes, outbound, webhooks

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.exchange.models import Change
    from hongdun.lib.outbound import Answer

TIMEOUT_SECONDS = 5.0
BUDGET_SECONDS = 10.0  # then others have their turn
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
PATIENCE = timedelta(days=5)
KEPT = timedelta(days=30)
DELIVER, DISABLED = "exchange.deliver", "exchange.webhook_disabled"


def wake() -> None:
    """Queue a job for each webhook that has something to be told; at most one waits for each."""
    for number in queries.due():
        mark = f"{DELIVER}:{number}"
        enqueue(DELIVER, once=mark, lock=mark, webhook=number)


def deliver(number: UUID) -> None:
    """Tell one webhook what it has not been told, until a failure or the end of its turn."""
    stop = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < stop:
        with system_scope("推送"):
            found = Webhook.objects.filter(pk=number, disabled_at=None).first()
            change = queries.next_change(found) if found else None
        if found is None or change is None:
            return
        answer = _post(found, f"change-{change.position}", queries.payload(change))
        with system_scope("推送"):
            _note(found, answer, position=change.position)
            if answer.ok:
                _arrived(found, change)
            else:
                _failed(found)
                return
    with system_scope("推送"):
        enqueue(WAKE, once=WAKE)


def send_test(number: UUID) -> None:
    with system_scope("推送测试"):
        found = Webhook.objects.filter(pk=number).first()
    if found is None:
        return
    at = now()
    body = {"type": "test", "timestamp": canonical.instant(at), "data": {"message": "红盾网推送测试"}}
    answer = _post(found, f"test-{at.timestamp():.0f}", body)
    with system_scope("推送测试"):
        if Webhook.objects.filter(pk=number).exists():
            _note(found, answer, position=None)


def forget_old() -> None:
    with system_scope("清理推送记录"):
        Delivery.objects.filter(at__lt=now() - KEPT).delete()


def _post(found: Webhook, number: str, body: dict[str, Any]) -> Answer:
    data = changes.line(body).encode()
    headers = webhooks.headers(found.secret, number, int(now().timestamp()), data)
    return outbound.post(found.url, data, headers, local=may_be_local(), timeout=TIMEOUT_SECONDS)


def _note(found: Webhook, answer: Answer, *, position: int | None) -> None:
    Delivery.objects.create(
        webhook=found,
        person=found.person,
        position=position,
        status=answer.status,
        problem=answer.problem[:300],
        milliseconds=answer.milliseconds,
    )


def _arrived(found: Webhook, change: Change) -> None:
    """Go on to the next; unless it was told meanwhile to begin elsewhere."""
    here = Webhook.objects.filter(pk=found.pk, position=found.position)
    here.update(position=change.position, failures=0, failing_since=None, retry_at=None)


def wait_after(failures: int) -> timedelta:
    """Before the next attempt, after so many that failed."""
    doubled: int = 2 ** min(failures, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _failed(found: Webhook) -> None:
    at = now()
    since = found.failing_since or at
    here = Webhook.objects.filter(pk=found.pk, position=found.position)
    with transaction.atomic():
        here.update(failures=F("failures") + 1, failing_since=since, retry_at=at + wait_after(found.failures))
        if at - since > PATIENCE and here.update(disabled_at=at):
            enqueue(DISABLED, webhook=found.pk)
