from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.audit.queries import VERBS
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.logging import scrub
from hongdun.base.scope import system_scope
from hongdun.outbox import HANDLERS
from hongdun.outbox.models import Consumer, Failure
from hongdun.outbox.queries import head, waiting

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.outbox import Handler
    from hongdun.outbox.models import Message

logger = logging.getLogger(__name__)

BATCH = 100
# After so many, others have their turn and the worker looks whether it is told to stop.
ROUND = 500
# Cursors of quiet topics move in such leaps only, to spare a write per handler and round.
LEAP = 500
ATTEMPTS = 10
LONGEST_WAIT = 300  # seconds
VERBS["outbox.retried"] = "{actor}重新投递了搁置的消息（{consumer}）"


def dispatch() -> int:
    """Deliver what is due, one transaction a message, at most ROUND to each handler; returns how many.

    More may be due as long as it returns anything.
    """
    with system_scope("消息分发"):
        upto = head()
        positions = _positions(upto)
        blocked = set(
            Failure.objects.filter(parked_at=None, retry_at__gt=now()).values_list("consumer", flat=True)
        )
    ready = [handler for handler in HANDLERS.values() if handler.name not in blocked]
    return sum(_deliver(handler, positions[handler.name], upto) for handler in ready)


def _positions(upto: int) -> dict[str, int]:
    """Cursor of every handler; a new one starts at the beginning, or here if it wants no history."""
    known = dict(Consumer.objects.values_list("name", "position"))
    new = [
        Consumer(name=handler.name, position=0 if handler.history else upto)
        for handler in HANDLERS.values()
        if handler.name not in known
    ]
    if new:
        Consumer.objects.bulk_create(new, ignore_conflicts=True)
        known = dict(Consumer.objects.values_list("name", "position"))
    return known


def _deliver(handler: Handler, after: int, upto: int) -> int:
    start, taken = after, 0
    while after < upto and taken < ROUND:
        with system_scope("消息分发"):
            messages = list(waiting(handler.topics, after, upto, BATCH))
        for message in messages:
            if not _attempt(handler, message):
                return taken
            taken += 1
        after = messages[-1].place.position if len(messages) == BATCH else upto
    if not taken and upto - start > LEAP:
        with system_scope("消息分发"):
            _claim(handler, upto)
    return taken


def _attempt(handler: Handler, message: Message) -> bool:
    """Run the handler and move its cursor in one transaction: both happen, or neither."""
    try:
        with system_scope(f"消息 {message.topic}"):
            if _claim(handler, message.place.position):
                handler.run(message)
                _forget(handler, message)
    except Exception as error:
        logger.exception(
            "handler failed", extra={"handler": handler.name, "position": message.place.position}
        )
        return _failed(handler, message, error)
    return True


def _claim(handler: Handler, position: int) -> bool:
    """Move the cursor; a second dispatcher waits for the row and then finds it moved."""
    return bool(Consumer.objects.filter(name=handler.name, position__lt=position).update(position=position))


def _forget(handler: Handler, message: Message) -> None:
    Failure.objects.filter(consumer=handler.name, position=message.place.position).delete()


def _failed(handler: Handler, message: Message, error: Exception) -> bool:
    """Note the failure; True when the message is set aside and the handler may go on past it."""
    with system_scope(f"消息 {message.topic}"):
        failure = _note(handler, message, error)
        if failure.parked_at:
            _claim(handler, message.place.position)
    return failure.parked_at is not None


def _note(handler: Handler, message: Message, error: Exception) -> Failure:
    at = now()
    failure, _ = Failure.objects.get_or_create(
        consumer=handler.name,
        position=message.place.position,
        defaults={
            "id": uuid7(),
            "message_id": message.id,
            "attempts": 0,
            "error": "",
            "first_at": at,
            "last_at": at,
            "retry_at": at,
        },
    )
    failure.attempts += 1
    failure.error = scrub(f"{type(error).__name__}: {error}")[:500]
    failure.last_at = at
    failure.retry_at = at + timedelta(seconds=min(2**failure.attempts, LONGEST_WAIT))
    failure.parked_at = at if failure.attempts >= ATTEMPTS else None
    failure.save()
    return failure


def retry_parked(failure_id: UUID, *, actor: Actor) -> None:
    """Give a message that was set aside to its handler once more; raises what the handler raises."""
    with transaction.atomic(), system_scope("重试消息"):
        failure = Failure.objects.select_for_update().get(id=failure_id, parked_at__isnull=False)
        audit.record("outbox.retried", actor=actor, subject=failure.message_id, consumer=failure.consumer)
        handler = HANDLERS[failure.consumer]
        [message] = waiting(handler.topics, failure.position - 1, failure.position, 1)
        handler.run(message)
        failure.delete()
