"""What a backup holds, so that a restored database can be proven to be the same."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from hongdun.site.run.errors import CannotProceed

FORMAT = 1
NAME = "manifest.json"

TABLES = """
SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
 WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""
# Sixty bits of each row's hash, summed: the same rows give the same sum in whatever order they are read.
DIGEST = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) FROM ONLY {} AS t"
)
# Text forms of values depend on these.
FORMS = "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1; SET bytea_output = 'hex'"


@dataclass(frozen=True)
class Table:
    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    created: str
    postgres: int  # major version; the dump can be read by this one and newer ones
    dump_sha256: str
    files: int
    keys: bool
    tables: Mapping[str, Table]
    recordings: int = 0  # backups of before had none
    format: int = field(default=FORMAT)

    def write(self, directory: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (directory / NAME).write_text(text)


def read(directory: Path) -> Manifest:
    try:
        body: dict[str, Any] = json.loads((directory / NAME).read_text())
    except FileNotFoundError:
        raise CannotProceed(f"{directory} 中没有 {NAME}：不是备份目录，或备份没有完成。") from None
    if body["format"] != FORMAT:
        raise CannotProceed(
            f"{directory} 的备份格式为 {body['format']}，本版本只认 {FORMAT}；请用相应版本的红盾恢复。"
        )
    tables = {name: Table(**each) for name, each in body.pop("tables").items()}
    return Manifest(**body, tables=tables)


def tables(connection: psycopg.Connection) -> dict[str, Table]:
    """Row count and content digest of every table, as this connection's snapshot sees it."""
    connection.execute(FORMS)
    return {
        f"{schema}.{name}": _digest(connection, schema, name)
        for schema, name in connection.execute(TABLES).fetchall()
    }


def _digest(connection: psycopg.Connection, schema: str, name: str) -> Table:
    row = connection.execute(sql.SQL(DIGEST).format(sql.Identifier(schema, name))).fetchone()
    assert row is not None
    return Table(rows=row[0], digest=str(row[1]))


def differences(wanted: Mapping[str, Table], found: Mapping[str, Table]) -> list[str]:
    """Every table that isn't what the backup holds, in words."""
    return [
        f"{name}：备份 {_words(wanted.get(name))}，恢复后 {_words(found.get(name))}"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
    ]


def _words(table: Table | None) -> str:
    return "没有此表" if table is None else f"{table.rows} 行（内容 {table.digest[-8:]}）"
