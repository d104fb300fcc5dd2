"""What the database lets this transaction see: a range of organs and one person (architecture §5)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar, Token
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
TOLD = "hongdun_scope"  # on the connection, which a thread has to itself


class NoScope(RuntimeError):
    """Scoped rows were asked for outside any scope; nothing is shown rather than everything."""


def current() -> Actor:
    actor = _actor.get()
    if actor is None:
        raise NoScope("no actor is set: use acting(…) or system_scope(…)")
    return actor


@contextmanager
def acting(actor: Actor, *, savepoint: bool = True) -> Iterator[Actor]:
    """Open a transaction in which the database shows what `actor` may see, and nothing else.

    Within another transaction a savepoint lets the caller go on after a failure; without it a failure ends that too.
    """
    told, wanted = _told(), _settings(actor)
    try:
        with transaction.atomic(savepoint=savepoint), _as(actor) as before:
            if told != wanted:
                _tell_database(wanted)
            yield actor
            back = told or (_settings(before) if before else None)
            if back and back != wanted:
                _tell_database(back)
    finally:
        setattr(connection, TOLD, told)


@contextmanager
def _as(actor: Actor) -> Iterator[Actor | None]:
    """The acting person of this context; gives the one before."""
    token = _actor.set(actor)
    try:
        yield None if token.old_value is Token.MISSING else token.old_value
    finally:
        _actor.reset(token)


@contextmanager
def system_scope(reason: str, *, savepoint: bool = True) -> Iterator[Actor]:
    """Act for the system on all organs; the reason stands in every audit row written inside."""
    with acting(system(reason), savepoint=savepoint) as actor:
        yield actor


def _settings(actor: Actor) -> list[str]:
    lo, hi = actor.range
    return [str(lo), str(hi), str(actor.person or ""), str(actor.post or "")]


def _tell_database(settings: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, settings)
    setattr(connection, TOLD, settings)


def _told() -> list[str] | None:
    """What this connection's open transaction was last told. The context can't say: another thread may share it."""
    return getattr(connection, TOLD, None) if connection.in_atomic_block else None
