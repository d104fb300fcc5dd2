"""What the database lets this transaction see: a range of organs and one person (architecture §5)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import connection, transaction

from hongdun.base.actor import Actor, system

if TYPE_CHECKING:
    from collections.abc import Iterator

_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)

SET = (
    "SELECT set_config('hd.lo', %s, true), set_config('hd.hi', %s, true),"
    " set_config('hd.person', %s, true), set_config('hd.post', %s, true)"
)


class NoScope(RuntimeError):
    """Scoped rows were asked for outside any scope; nothing is shown rather than everything."""


def current() -> Actor:
    actor = _actor.get()
    if actor is None:
        raise NoScope("no actor is set: use acting(…) or system_scope(…)")
    return actor


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Open a transaction in which the database shows what `actor` may see, and nothing else."""
    before = _actor.get()
    # A context that was handed to another thread brings the actor, but not the transaction that was told of it.
    told = _settings(before) if before is not None and connection.in_atomic_block else None
    with transaction.atomic():
        if told != _settings(actor):
            _tell_database(actor)
        token = _actor.set(actor)
        try:
            yield actor
        finally:
            _actor.reset(token)
        if before is not None and told != _settings(actor):
            _tell_database(before)


@contextmanager
def system_scope(reason: str) -> Iterator[Actor]:
    """Act for the system on all organs; the reason stands in every audit row written inside."""
    with acting(system(reason)) as actor:
        yield actor


def _settings(actor: Actor) -> list[str]:
    lo, hi = actor.range
    return [str(lo), str(hi), str(actor.person or ""), str(actor.post or "")]


def _tell_database(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, _settings(actor))
