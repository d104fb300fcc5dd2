"""The short way to the database for hot public reads: libpq on the thread's own connection, text in and out.

Prepared once for each connection, outside any transaction, and tried once more on a fresh connection where the
old one has broken. A cursor of Django or psycopg costs more than such a read takes the database.
"""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import InterfaceError, OperationalError, errors, pq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from psycopg import Connection
    from psycopg.pq.abc import PGconn, PGresult

    Row = list[bytes | None]

BROKEN = (OperationalError, InterfaceError)
_numbers = count(1)


class Statement:
    """SQL with $1, $2 … for its parameters."""

    def __init__(self, sql: str) -> None:
        self.sql = sql.encode()
        self.name = f"hd_wire_{next(_numbers)}".encode()


class _Known(threading.local):
    connection: Connection[Any] | None = None
    prepared: set[bytes]


_known = _Known()


def row(statement: Statement, *parameters: str) -> Row | None:
    """First row of the answer, or None. Raises django.db.Error."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    values = [value.encode() for value in parameters]
    with wrapper.wrap_database_errors:
        if wrapper.in_atomic_block:
            return _within(_connection(wrapper), statement, values)
        try:
            return _prepared(wrapper, statement, values)
        except BROKEN:
            wrapper.close()
            return _prepared(wrapper, statement, values)


def _within(connection: Connection[Any], statement: Statement, values: Sequence[bytes]) -> Row | None:
    """In the transaction of the request, which psycopg begins with its own first statement."""
    if connection.pgconn.transaction_status == pq.TransactionStatus.IDLE:
        connection.execute("SELECT")
    return _first(connection.pgconn.exec_params(statement.sql, values))


def _prepared(wrapper: BaseDatabaseWrapper, statement: Statement, values: Sequence[bytes]) -> Row | None:
    connection = _connection(wrapper)
    if statement.name not in _known.prepared:
        _prepare(connection.pgconn, statement)
    try:
        return _first(connection.pgconn.exec_prepared(statement.name, values))
    except errors.InvalidSqlStatementName:  # psycopg forgets all prepared statements after a rollback
        _prepare(connection.pgconn, statement)
        return _first(connection.pgconn.exec_prepared(statement.name, values))


def _connection(wrapper: BaseDatabaseWrapper) -> Connection[Any]:
    if wrapper.connection is None:
        wrapper.ensure_connection()
    connection: Connection[Any] = wrapper.connection
    if _known.connection is not connection:
        _known.connection, _known.prepared = connection, set()
    return connection


def _prepare(pgconn: PGconn, statement: Statement) -> None:
    _check(pgconn.prepare(statement.name, statement.sql))
    _known.prepared.add(statement.name)


def _first(result: PGresult) -> Row | None:
    _check(result)
    if not result.ntuples:
        return None
    return [result.get_value(0, column) for column in range(result.nfields)]


def _check(result: PGresult) -> None:
    if result.status not in {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}:
        raise _error(result)


def _error(result: PGresult) -> Exception:
    """A connection that breaks has no code of PostgreSQL to tell."""
    if result.error_field(pq.DiagnosticField.SQLSTATE) is None:
        return OperationalError(result.error_message.decode(errors="replace"))
    return errors.error_from_result(result)
