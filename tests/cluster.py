"""The cluster that the suite runs on: one for all runs, a template built once per state of the migrations."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongdun.site.run.database import Access

ROOT = Path(__file__).resolve().parent.parent
KEPT_TEMPLATES = 3
# Tests lose nothing worth keeping: no waiting for the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def home() -> Path:
    wanted = os.environ.get("HONGDUN_TEST_CLUSTER")
    engine = os.environ.get("HONGDUN_PG_BIN", "embedded").strip("/").replace("/", "-")
    return Path(wanted) if wanted else ROOT / "var" / "test" / engine


@contextmanager
def running(folder: Path | None = None, *, settings: Mapping[str, str] = FAST) -> Iterator[Access]:
    """Start the cluster if need be; the last run that leaves stops it."""
    folder = folder or home()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield database.ensure(folder, settings=settings, tests=True)
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                LocalPostgres(folder).stop()


def connect(access: Access, name: str, *, role: str = "owner") -> psycopg.Connection:
    return psycopg.connect(
        host=access["host"],
        port=access["port"],
        dbname=name,
        user=f"hongdun_{role}",
        password=access["roles"][role],
        autocommit=True,
    )


def state() -> str:
    """Name of the migrations and reference tables as they are now."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("hongdun/*/migrations/*.py"), *ROOT.glob("hongdun/*/tables/*.csv")]):
        digest.update(path.as_posix().encode() + path.read_bytes())
    digest.update((ROOT / "hongdun/base/access.py").read_bytes())
    return digest.hexdigest()[:12]


def template(access: Access) -> str:
    name = f"template_{state()}"
    with Path(access["host"], "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connect(access, "hongdun") as owner:
            ready = owner.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s AND datconnlimit = 0", [name]
            ).fetchone()
            if ready is None:
                owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
                owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
                build(access, name)
                owner.execute(sql.SQL("ALTER DATABASE {} CONNECTION LIMIT 0").format(sql.Identifier(name)))
                _sweep(owner)
    return name


def _sweep(owner: psycopg.Connection) -> None:
    """Drop templates of old states, and what runs that were killed have left."""
    old = owner.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template_%%' AND datname NOT IN ('template0', 'template1')"
        " ORDER BY oid DESC OFFSET %s",
        [KEPT_TEMPLATES],
    ).fetchall()
    left = owner.execute("SELECT datname FROM pg_database WHERE datname ~ '^(test|bench)_[0-9]+_'").fetchall()
    dead = [name for (name,) in left if not Path("/proc", name.split("_")[1]).exists()]
    for name in [*(name for (name,) in old), *dead]:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def build(access: Access, name: str) -> None:
    """Migrate and load the reference data as the owner, in a process of its own."""
    with connect(access, name) as owner:
        owner.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        owner.execute("GRANT USAGE ON SCHEMA public TO hongdun_app, hongdun_transfer, hongdun_backup")
    url = f"postgresql://hongdun_owner:{access['roles']['owner']}@/{name}?host={access['host']}&port={access['port']}"
    environment = os.environ | {
        "HONGDUN_DB_ROLE": "owner",
        "DATABASE_OWNER_URL": url,
        "DJANGO_SETTINGS_MODULE": "hongdun.site.settings_test",
    }
    for command in (["migrate", "-v0"], ["load_reference"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")


def create(access: Access, name: str) -> None:
    source = template(access)
    with connect(access, "hongdun") as owner:
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
        )


def drop(access: Access, name: str) -> None:
    with connect(access, "hongdun") as owner:
        # Without FORCE the server itself sends its vacuum workers away; with it, the owner may not.
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
