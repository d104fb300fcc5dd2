"""Reading everything that is public as of one moment, for the snapshot."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import zstandard
from django.db import connection
from psycopg.rows import dict_row

from hongdun.exchange.queries import columns, ownership
from hongdun.lib import changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSITION = "SELECT coalesce(max(position), 0) AS position FROM exchange_change"
ENTITIES = f"""
COPY (SELECT {", ".join(column.name for column in columns.ENTITIES)} FROM register_entity)
TO STDOUT (FORMAT csv, HEADER)
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Taken:
    """`position` is that of the last change before the moment; `statements` how many on ownership."""

    position: int
    statements: int


def extract(raw: Path, statements: Path) -> Taken:
    with _moment() as database:
        row = database.execute(POSITION).fetchone()
        assert row is not None
        with raw.open("wb") as file, database.cursor() as cursor, cursor.copy(ENTITIES) as copy:
            for block in copy:
                file.write(block)
        return Taken(row["position"], _write(statements, database))


@contextmanager
def _moment() -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """A connection of its own as the role that serves, whose every statement sees the same state."""
    known = connection.get_connection_params()
    wanted = {name: known[name] for name in ("dbname", "host", "port", "user", "password") if name in known}
    with psycopg.connect(**wanted, row_factory=dict_row) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        database.read_only = True
        database.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        yield database


def _write(path: Path, database: psycopg.Connection[dict[str, Any]]) -> int:
    count = 0
    with zstandard.open(path, "wt", encoding="utf-8") as file:
        for statement in ownership.of_all(database):
            file.write(changes.line(statement) + "\n")
            count += 1
    return count
