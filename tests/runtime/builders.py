from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import psycopg

from hongdun.lib import pgplace
from hongdun.lib.pglocal import LocalPostgres

if TYPE_CHECKING:
    from pathlib import Path

# An empty cluster tells nothing about speed.
QUICK = {"shared_buffers": "16MB", "max_connections": "20"}
ROWS = 1000


def connect(postgres: LocalPostgres, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(**postgres.superuser(database), autocommit=True)


def fill(postgres: LocalPostgres) -> None:
    with connect(postgres) as db:
        db.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")


def rows(postgres: LocalPostgres) -> int:
    with connect(postgres) as db:
        row = db.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def kill_postmaster(postgres: LocalPostgres) -> None:
    pid = postgres.postmaster()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def discard(home: Path) -> None:
    """Stop the cluster of a home and remove both, wherever the cluster lives."""
    if home.exists() and pgplace.exists(home):
        postgres = LocalPostgres(home)
        postgres.stop()
        shutil.rmtree(postgres.place.root)
    shutil.rmtree(home, ignore_errors=True)
