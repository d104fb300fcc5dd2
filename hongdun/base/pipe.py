"""The short way to the database for an event loop: one connection, and what is asked in one turn travels together.

Keys that wait for the same statement are read by one execution: for a single row, most of what the database does is to begin
and to end. What breaks off with the connection is asked once more on a fresh one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

from django.db import Error, OperationalError
from psycopg import Error as DatabaseError
from psycopg import pq

from hongdun.base import wire

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Awaitable, Callable

    from psycopg import Connection
    from psycopg.pq.abc import PGconn, PGresult

    from hongdun.base.wire import Row, Statement

P = ParamSpec("P")
T = TypeVar("T")
ALONE = b""
AWAY = "the database does not answer"


class Asked(NamedTuple):
    """One execution, and who waits for which of its rows: by the last column, or one alone for the first."""

    statement: Statement
    values: tuple[bytes, ...]
    waiting: dict[bytes, Future[Row | None]]
    again: bool = False

    def answer(self, rows: list[Row]) -> None:
        found = {ALONE if ALONE in self.waiting else row[-1]: row for row in reversed(rows)}
        for key, future in self.waiting.items():
            if not future.done():
                future.set_result(found.get(key))

    def fail(self, error: Exception) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(error)


class Pipe:
    """Belongs to one loop. One batch is on its way at a time; the next gathers meanwhile."""

    def __init__(self) -> None:
        self._connection: Connection[Any] | None = None
        self._number = -1
        self._prepared: set[bytes] = set()
        self._single: list[Asked] = []
        self._keyed: dict[Statement, dict[bytes, Future[Row | None]]] = {}
        self._sent: deque[Asked] = deque()
        self._result: list[Row] | Exception = []
        self._busy = self._waits = self._spoilt = False
        self._aside = ThreadPoolExecutor(1, "aside")

    def row(self, statement: Statement, *parameters: str) -> Future[Row | None]:
        """First row of the answer, or None. Raises django.db.Error."""
        future: Future[Row | None] = asyncio.get_running_loop().create_future()
        self._single.append(Asked(statement, tuple(each.encode() for each in parameters), {ALONE: future}))
        self._begin()
        return future

    def row_of(self, statement: Statement, key: str) -> Future[Row | None]:
        """The row whose last column is `key`, by a statement that takes an array of such keys."""
        waiting, name = self._keyed.setdefault(statement, {}), key.encode()
        if name not in waiting:
            waiting[name] = asyncio.get_running_loop().create_future()
            self._begin()
        return waiting[name]

    def aside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """What waits for the database in Django's way, in the one thread that has Django's connection."""
        return asyncio.get_running_loop().run_in_executor(self._aside, partial(function, *args, **kwargs))

    def close(self) -> None:
        connection, self._connection = self._connection, None
        self._prepared.clear()
        self._waits = self._spoilt = False
        if connection:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._number)
            loop.remove_writer(self._number)
            connection.close()

    def _begin(self) -> None:
        if not self._busy:
            self._busy = True
            asyncio.get_running_loop().call_soon(self._send)

    def _gathered(self) -> list[Asked]:
        keyed = [Asked(statement, (_array(waiting),), waiting) for statement, waiting in self._keyed.items()]
        gathered = self._single + keyed
        self._single, self._keyed = [], {}
        return gathered

    def _send(self) -> None:
        if self._connection is None:
            self._connecting = asyncio.ensure_future(self._connect())
            return
        self._sent.extend(self._gathered())
        try:
            for asked in self._sent:
                self._execute(self._connection.pgconn, asked)
        except DatabaseError:
            self._broken()
        else:
            self._flush()

    def _execute(self, line: PGconn, asked: Asked) -> None:
        name = asked.statement.name
        if name not in self._prepared:
            line.send_prepare(name, asked.statement.sql)
            self._prepared.add(name)
        line.send_query_prepared(name, asked.values)
        line.pipeline_sync()

    def _flush(self) -> None:
        """Whatever the socket doesn't take at once waits in libpq until it does."""
        assert self._connection
        loop = asyncio.get_running_loop()
        try:
            waits = self._connection.pgconn.flush()
        except DatabaseError:
            self._broken()
            return
        if waits:
            loop.add_writer(self._number, self._flush)
        elif self._waits:
            loop.remove_writer(self._number)
        self._waits = bool(waits)

    async def _connect(self) -> None:
        try:
            connection = await asyncio.to_thread(wire.opener())
        except (Error, DatabaseError) as error:
            self._give_up(error)
            return
        connection.pgconn.nonblocking = 1
        connection.pgconn.enter_pipeline_mode()
        self._connection, self._number = connection, connection.fileno()  # a broken one has none any more
        asyncio.get_running_loop().add_reader(connection.fileno(), self._read)
        self._send()

    def _read(self) -> None:
        assert self._connection
        line = self._connection.pgconn
        try:
            line.consume_input()
            while self._sent and line.status == pq.ConnStatus.OK and not line.is_busy():
                self._take(line.get_result())
        except DatabaseError:
            self._broken()
            return
        if line.status != pq.ConnStatus.OK:
            self._broken()
        elif not self._sent:
            self._finished()

    def _take(self, result: PGresult | None) -> None:
        if result is None:
            return
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            asked, found, self._result = self._sent.popleft(), self._result, []
            asked.fail(found) if isinstance(found, Exception) else asked.answer(found)
        elif result.status == pq.ExecStatus.TUPLES_OK:
            self._result = wire.rows(result)
        elif result.status == pq.ExecStatus.FATAL_ERROR:
            self._result, self._spoilt = OperationalError(result.error_message.decode(errors="replace")), True

    def _finished(self) -> None:
        if self._spoilt:
            self.close()
        if self._single or self._keyed:
            self._send()
        else:
            self._busy = False

    def _broken(self) -> None:
        """Ask anew what had no answer yet, unless it was asked anew already."""
        self.close()
        lost, self._result = list(self._sent), []
        self._sent.clear()
        for asked in lost:
            if asked.again:
                asked.fail(OperationalError(AWAY))
            else:
                self._sent.append(asked._replace(again=True))
        if self._sent or self._single or self._keyed:
            self._send()
        else:
            self._busy = False

    def _give_up(self, error: Exception) -> None:
        for asked in [*self._sent, *self._gathered()]:
            asked.fail(OperationalError(f"{AWAY}: {error}"))
        self._sent.clear()
        self._busy = False


def _array(keys: dict[bytes, Future[Row | None]]) -> bytes:
    """As PostgreSQL writes an array; keys hold no character that means something there."""
    return b"{%b}" % b",".join(keys)
