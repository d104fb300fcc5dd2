"""The embedded PostgreSQL, on real clusters: whatever happened before, `start` brings it back whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from hongdun.lib import pgbinaries, pgplace
from hongdun.lib.pgbinaries import DISTRIBUTION
from hongdun.lib.pgerrors import PostgresError
from hongdun.lib.pglocal import LocalPostgres
from tests.runtime.builders import QUICK, ROWS, connect, discard, fill, kill_postmaster, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

IMPORT = "from pathlib import Path; from hongdun.lib.pglocal import LocalPostgres"


@pytest.fixture(scope="module")
def one_cluster() -> Iterator[LocalPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="hongdun-runtime-"))
    folder.chmod(0o755)
    cluster = LocalPostgres(folder / "home")
    cluster.start(QUICK)
    fill(cluster)
    yield cluster
    discard(cluster.home)
    folder.rmdir()


@pytest.fixture
def postgres(one_cluster: LocalPostgres) -> LocalPostgres:
    one_cluster.start(QUICK)
    return one_cluster


def test_chinese_text_has_trigrams(postgres: LocalPostgres) -> None:
    # With lc_ctype C the extension finds no letter in Chinese and returns an empty array, without any error.
    with connect(postgres) as db:
        db.execute("CREATE EXTENSION pg_trgm")
        assert db.execute("SELECT cardinality(show_trgm('桂林市米粉店'))").fetchone() == (7,)
        assert db.execute("SELECT current_setting('data_checksums')").fetchone() == ("on",)


def test_only_a_private_unix_socket(postgres: LocalPostgres) -> None:
    with connect(postgres) as db:
        assert db.execute("SELECT current_setting('listen_addresses')").fetchone() == ("",)
    assert postgres.socket_directory.stat().st_mode & 0o777 == 0o700
    wrong = postgres.superuser() | {"password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**wrong)


def test_start_again_does_nothing(postgres: LocalPostgres) -> None:
    before = postgres.postmaster()
    LocalPostgres(postgres.home).start()
    assert postgres.postmaster() == before


def test_stop_and_start(postgres: LocalPostgres) -> None:
    postgres.stop()
    assert not postgres.answers()
    postgres.stop()
    postgres.start(QUICK)
    assert rows(postgres) == ROWS


def test_killed_with_an_open_transaction(postgres: LocalPostgres) -> None:
    open_transaction = psycopg.connect(**postgres.superuser())
    open_transaction.execute("INSERT INTO kept VALUES (0)")
    kill_postmaster(postgres)
    postgres.start(QUICK)
    assert rows(postgres) == ROWS
    open_transaction.close()


def test_recycled_process_number(postgres: LocalPostgres) -> None:
    """The pid file names a living stranger of the same user; pg_ctl alone would refuse or harm it."""
    kill_postmaster(postgres)
    identity = postgres.place.identity
    who = {} if identity.uid is None else {"user": identity.uid, "group": identity.gid, "extra_groups": []}
    with subprocess.Popen(["sleep", "60"], **who) as stranger:
        pid_file = postgres.place.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        postgres.start(QUICK)
        assert rows(postgres) == ROWS
        assert stranger.poll() is None
        stranger.kill()


def test_concurrent_starters(home: Path) -> None:
    start = [sys.executable, "-c", f"{IMPORT}; LocalPostgres(Path({str(home)!r})).start()"]
    starters = [subprocess.Popen(start, cwd=Path.cwd()) for _ in range(4)]
    assert [starter.wait(120) for starter in starters] == [0, 0, 0, 0]
    assert LocalPostgres(home).answers()


def test_half_made_cluster_is_thrown_away(home: Path) -> None:
    postgres = LocalPostgres(home)
    half = postgres.place.root / "initdb.99"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    postgres.start(QUICK)
    assert postgres.answers()
    assert not half.exists()


def test_long_and_chinese_path(home: Path) -> None:
    deep = home / ("很长的目录" * 10) / ("y" * 120)
    postgres = LocalPostgres(deep)
    postgres.start(QUICK)
    try:
        assert postgres.answers()
        assert len(str(postgres.socket_directory)) < 60
    finally:
        socket = postgres.socket_directory
        postgres.stop()
        shutil.rmtree(socket)


def test_foreign_socket_directory_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres = LocalPostgres(home / ("z" * 120))
    place = postgres.place
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    short = pgplace.socket_directory(place)
    short.rmdir()
    short.symlink_to(home)
    with pytest.raises(PostgresError, match="不属于数据库用户"):
        pgplace.socket_directory(place)


def test_other_major_version_in_plain_words(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres = LocalPostgres(home)
    postgres.start(QUICK)
    postgres.stop()
    have = postgres.data_major()
    (postgres.place.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(
        PostgresError, match=r"由 PostgreSQL 14 建立[\s\S]*HONGDUN_PG_BIN[\s\S]*hongdun backup"
    ):
        LocalPostgres(home).start()
    (postgres.place.data / "PG_VERSION").write_text(f"{have}\n")


def test_missing_programs_in_plain_words(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HONGDUN_PG_BIN", str(home))
    with pytest.raises(PostgresError, match="请检查 HONGDUN_PG_BIN"):
        LocalPostgres(home).start()


def test_orphans_that_stay_are_named(postgres: LocalPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongdun.lib.pglocal.ORPHAN_SECONDS", 0)
    identity = postgres.place.identity
    postgres.stop()
    who = {} if identity.uid is None else {"user": identity.uid, "group": identity.gid, "extra_groups": []}
    with subprocess.Popen(["sleep", "60"], cwd=postgres.place.data, **who) as left:
        time.sleep(0.2)
        with pytest.raises(PostgresError, match=str(left.pid)):
            postgres.start(QUICK)
        left.kill()


def test_programs_of_the_data_are_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HONGDUN_PG_BIN", raising=False)
    for major in {int(path.name) for path in DISTRIBUTION.glob("*") if path.name.isdigit()} | {18}:
        assert pgbinaries.find(major).major == major
