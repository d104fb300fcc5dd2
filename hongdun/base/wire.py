"""The short way to the database for hot public reads: libpq on lines of their own, text in and out.

A line is a connection on which such statements are prepared once. The one that was used last is taken first: a few
warm backends answer for all threads. A statement is tried once more on a fresh line where the old one has broken. A
cursor of Django or psycopg costs more than such a read takes the database. Within a transaction it is that
transaction's connection that answers.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Error, InterfaceError, OperationalError, errors, pq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from psycopg import Connection
    from psycopg.pq.abc import PGresult

    Row = list[bytes | None]

BROKEN = (OperationalError, InterfaceError)
# Single rows by their keys: a bitmap never pays, and to plan them again is dearer than to read them.
OPTIONS = "-c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan -c TimeZone={}"
ANSWERED = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_numbers = count(1)


class Statement:
    """SQL with $1, $2 … for its parameters."""

    def __init__(self, sql: str) -> None:
        self.sql = sql.encode()
        self.name = f"hd_wire_{next(_numbers)}".encode()


def opener() -> Callable[[], Connection[Any]]:
    """Opens a connection for such statements, outside any transaction; any thread may call it."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    given = wrapper.get_connection_params()
    options = f"{given.get('options', '')} {OPTIONS.format(wrapper.timezone_name)}"
    return partial(wrapper.get_new_connection, given | {"options": options})


class _Line:
    """A connection outside any transaction, and what is prepared on it."""

    def __init__(self) -> None:
        self.connection = opener()()
        self._pgconn = self.connection.pgconn
        self._prepared: set[bytes] = set()

    def row(self, statement: Statement, values: Sequence[bytes]) -> Row | None:
        if statement.name not in self._prepared:
            _check(self._pgconn.prepare(statement.name, statement.sql))
            self._prepared.add(statement.name)
        return _first(self._pgconn.exec_prepared(statement.name, values))


# Idle ones by database. A list is taken from and given back to in one step each: threads need no lock.
_idle: defaultdict[tuple[str, str], list[_Line]] = defaultdict(list)


def row(statement: Statement, *parameters: str) -> Row | None:
    """First row of the answer, or None. Raises django.db.Error."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    values = [value.encode() for value in parameters]
    try:
        if wrapper.in_atomic_block:
            return _within(wrapper, statement, values)
        return _on_a_line(wrapper, statement, values)
    except Error:
        with wrapper.wrap_database_errors:
            raise


def array(keys: Iterable[str]) -> str:
    """As PostgreSQL writes it; of keys that hold nothing but letters and digits."""
    return f"{{{','.join(keys)}}}"


def hang_up() -> None:
    """Close the idle lines."""
    for lines in _idle.values():
        while lines:
            lines.pop().connection.close()


def _within(wrapper: BaseDatabaseWrapper, statement: Statement, values: Sequence[bytes]) -> Row | None:
    """In the transaction of the request, which psycopg begins with its own first statement."""
    wrapper.ensure_connection()
    connection: Connection[Any] = wrapper.connection
    if connection.pgconn.transaction_status == pq.TransactionStatus.IDLE:
        connection.execute("SELECT")
    return _first(connection.pgconn.exec_params(statement.sql, values))


def _on_a_line(wrapper: BaseDatabaseWrapper, statement: Statement, values: Sequence[bytes]) -> Row | None:
    place = wrapper.settings_dict
    idle = _idle[place["HOST"], place["NAME"]]
    try:
        line = idle.pop()
    except IndexError:
        line = _Line()
    try:
        found = line.row(statement, values)
    except BROKEN:
        line.connection.close()
        hang_up()
        line = _Line()
        found = line.row(statement, values)
    idle.append(line)
    return found


def rows(result: PGresult) -> list[Row]:
    columns = range(result.nfields)
    return [[result.get_value(number, column) for column in columns] for number in range(result.ntuples)]


def _first(result: PGresult) -> Row | None:
    _check(result)
    return next(iter(rows(result)), None)


def _check(result: PGresult) -> None:
    if result.status not in ANSWERED:
        raise _error(result)


def _error(result: PGresult) -> Exception:
    """A connection that breaks has no code of PostgreSQL to tell."""
    if result.error_field(pq.DiagnosticField.SQLSTATE) is None:
        return OperationalError(result.error_message.decode(errors="replace"))
    return errors.error_from_result(result)
