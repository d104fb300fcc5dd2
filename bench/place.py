"""Databases of its own for a bench: built from the tests' template, worked on as the role that serves."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper

    from hongdun.site.run.database import Access

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# What decides which rows a filled database holds; migrations that came later are made up for.
BULK = (
    "hongdun/register/actions/**/*.py", "hongdun/register/management/commands/generate_entities.py",
    "hongdun/lib/plausible.py", "hongdun/lib/particulars.py", "hongdun/lib/grams.py", "hongdun/lib/names/**/*.py",
)  # fmt: skip
# Kept between runs, so safe against a crash; only the last moments may be lost.
KEPT_CLUSTER = Path(os.environ.get("HONGDUN_BENCH_CLUSTER") or ROOT / "var" / "bench")
KEPT = {"synchronous_commit": "off", "max_wal_size": "4GB", "max_connections": "200"}
# Built once at the end, they take a tenth of what they take row by row; the notes survive a killed run.
NOTE_INDEXES = """
CREATE TABLE IF NOT EXISTS bench_indexes AS SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename LIKE 'register_%' AND indexdef LIKE '%USING gin%'
"""


class Place:
    """One database: `owner` fills it, `use()` makes it the one that Django works on."""

    def __init__(self, owner: psycopg.Connection, wrapper: BaseDatabaseWrapper, access: Access) -> None:
        self.owner, self.wrapper, self.access = owner, wrapper, access

    @property
    def name(self) -> str:
        return str(self.wrapper.settings_dict["NAME"])

    def url(self, role: str = "app") -> str:
        """DATABASE_URL of a process that is to work on this database."""
        where = f"host={self.access['host']}&port={self.access['port']}"
        return f"postgresql://hongdun_{role}:{self.access['roles'][role]}@/{self.name}?{where}"

    def use(self) -> None:
        from django.db import connections

        connections["default"] = self.wrapper


@contextmanager
def database(label: str = "one") -> Iterator[Place]:
    """Set Django up on a fresh database; several may be open under different labels."""
    _set_up()
    from tests import cluster

    with cluster.running() as access:
        name = f"bench_{os.getpid()}_{label}"
        cluster.create(access, name)
        try:
            with _place(access, name) as place:
                yield place
        finally:
            cluster.drop(access, name)


@contextmanager
def filled(count: int) -> Iterator[Place]:
    """Set Django up on a database of `count` generated entities, which is kept: leave it as it was found.

    It is filled anew when the code of bulk loading has changed; `bench/fill.py` fills it ahead.
    """
    _set_up()
    from tests import cluster

    with cluster.running(KEPT_CLUSTER, settings=KEPT) as access:
        name = f"filled_{count}_{_contents()}"
        if not _exists(access, name):
            _fill(access, name, count)
        _bring_up_to_date(access, name)
        with _place(access, name) as place:
            yield place


@contextmanager
def copied(count: int, label: str) -> Iterator[Place]:
    """A copy of the filled database that may be worked on as one likes; dropped afterwards."""
    from psycopg import sql

    with filled(count) as kept:
        source = kept.name
    from tests import cluster

    with cluster.running(KEPT_CLUSTER, settings=KEPT) as access:
        name = f"copy_{os.getpid()}_{label}"
        with cluster.connect(access, "hongdun") as owner:
            owner.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(source)
                )
            )
        try:
            with _place(access, name) as place:
                yield place
        finally:
            cluster.drop(access, name)


def _set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hongdun.site.settings_test"
    os.environ.setdefault("HONGDUN_HOME", tempfile.mkdtemp(prefix="hongdun-bench-"))
    import django

    django.setup()


@contextmanager
def _place(access: Access, name: str) -> Iterator[Place]:
    from django.db import connections

    from tests import cluster

    wrapper = connections.create_connection("default")
    wrapper.settings_dict = wrapper.settings_dict | {
        "NAME": name,
        "HOST": access["host"],
        "PORT": str(access["port"]),
        "USER": "hongdun_app",
        "PASSWORD": access["roles"]["app"],
    }
    try:
        with cluster.connect(access, name) as owner:
            place = Place(owner, wrapper, access)
            place.use()
            yield place
    finally:
        wrapper.close()


def _contents() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in BULK for path in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _bring_up_to_date(access: Access, name: str) -> None:
    """Run the migrations and load the reference tables that are newer than this database."""
    from psycopg import sql

    from tests import cluster

    with cluster.connect(access, name) as owner:
        known = owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        if known.fetchone() == (cluster.state(),):
            return
        cluster.build(access, name)
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        owner.execute(comment.format(sql.Identifier(name), sql.Literal(cluster.state())))


def _exists(access: Access, name: str) -> bool:
    from tests import cluster

    with cluster.connect(access, "hongdun") as owner:
        return owner.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _sweep(access: Access, count: int, keep: str) -> None:
    """Drop what earlier code filled or half filled, now that there is something better."""
    from tests import cluster

    with cluster.connect(access, "hongdun") as owner:
        old = owner.execute(
            "SELECT datname FROM pg_database WHERE datname ~ %s AND datname <> %s",
            [f"^fill(ed|ing)_{count}_", keep],
        ).fetchall()
    for (name,) in old:
        cluster.drop(access, name)


def _fill(access: Access, name: str, count: int) -> None:
    """Under another name until it is whole; goes on where a killed run stopped."""
    from django.core.management import call_command
    from psycopg import sql

    from tests import cluster

    building = name.replace("filled", "filling")
    if not _exists(access, building):
        cluster.create(access, building)
    with _place(access, building) as place:
        _drop_indexes(place.owner)
        call_command("generate_entities", count=count, seed=1, stdout=sys.stderr)
        _build_indexes(place.owner)
        place.owner.execute("VACUUM ANALYZE")
    with cluster.connect(access, "hongdun") as owner:
        owner.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name))
        )
    _sweep(access, count, name)


def _drop_indexes(owner: psycopg.Connection) -> None:
    from psycopg import sql

    owner.execute(NOTE_INDEXES)
    for (name,) in owner.execute("SELECT indexname FROM bench_indexes").fetchall():
        owner.execute(sql.SQL("DROP INDEX IF EXISTS {}").format(sql.Identifier(name)))


def _build_indexes(owner: psycopg.Connection) -> None:
    owner.execute("SET maintenance_work_mem = '1GB'")
    for (definition,) in owner.execute("SELECT indexdef FROM bench_indexes").fetchall():
        owner.execute(definition.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))
    owner.execute("DROP TABLE bench_indexes")
