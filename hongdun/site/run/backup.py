"""Online backup: one snapshot of the database, the files it names, and the keys at another place."""

import hashlib
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from hongdun.lib import pgbinaries
from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import database, manifest
from hongdun.site.run.errors import CannotProceed
from hongdun.site.run.instance import Instance
from hongdun.site.run.progress import Say, step

DUMP = "database.dump"
HEADS = Path("seals/heads.jsonl")
RECORDINGS = "recordings"


def make(instance: Instance, directory: Path, *, keys: Path | None, say: Say) -> None:
    directory = empty(directory)
    # Before the snapshot: it may hold more seals than were published outside, never fewer.
    copy_heads(instance.home, directory)
    with psycopg.connect(conninfo(instance)) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        with step("备份数据库", say):
            _dump(instance, directory / DUMP, snapshot=row[0])
        # After the dump: files never change, so what the snapshot names is all there.
        with step("备份文件", say):
            files = copy_files(instance.home / "files", directory / "files")
        with step("备份通话录音", say):
            recordings = copy_recordings(instance.home, directory)
        if keys:
            copy_keys(instance.home / "keys", empty(keys))
        with step("编制清单", say):
            manifest.Manifest(
                created=datetime.now(ZoneInfo("Asia/Shanghai")).isoformat(timespec="seconds"),
                postgres=connection.info.server_version // 10000,
                dump_sha256=digest(directory / DUMP),
                files=files,
                recordings=recordings,
                keys=keys is not None,
                tables=manifest.tables(connection),
            ).write(directory)
    say(f"已备份到 {directory}。")
    if keys:
        say(f"密钥在 {keys}，请与备份分开保管。")
    else:
        say("!!! 没有备份密钥：缺了 keys/ 目录，加密的身份信息无法恢复。请用 --keys 目录 另行备份 !!!")


def conninfo(instance: Instance) -> str:
    if instance.external_database:
        if given := os.environ.get("DATABASE_BACKUP_URL"):
            return given
        raise CannotProceed("外部数据库的备份需要 DATABASE_BACKUP_URL（hongdun_backup 的连接地址）。")
    known = database.read(instance.home)
    if known is None or not LocalPostgres(instance.home).answers():
        raise CannotProceed(f"{instance.home} 的数据库没有运行；请先执行 hongdun up。")
    return psycopg.conninfo.make_conninfo(
        "", host=known["host"], port=known["port"], dbname=known["dbname"],
        user="hongdun_backup", password=known["roles"]["backup"],
    )  # fmt: skip


def _dump(instance: Instance, target: Path, *, snapshot: str) -> None:
    # Ours even where the server uses a copy of them: we may read them where the server's user may not.
    wanted = None if instance.external_database else LocalPostgres(instance.home).data_major()
    options = ("--format=custom", "--no-password", f"--snapshot={snapshot}", f"--file={target}")
    run_client(pgbinaries.find(wanted)["pg_dump"], *options, conninfo=conninfo(instance))


def run_client(program: Path, *options: str, conninfo: str) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(conninfo)
    secret = {"PGPASSWORD": str(parts.pop("password", ""))}  # not on the command line, which everyone sees
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [program, *options, "--dbname", psycopg.conninfo.make_conninfo("", **parts)],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotProceed(f"{program.name} 失败：{done.stderr.strip()[-1500:]}")


def empty(directory: Path) -> Path:
    directory = directory.resolve()
    if directory.exists() and any(directory.iterdir()):
        raise CannotProceed(f"{directory} 不是空目录；请另选一个空目录。")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


def copy_files(source: Path, target: Path) -> int:
    target.mkdir(mode=0o700)
    count = 0
    for path in sorted(source.glob("*/*/*")):
        if not path.name.startswith("."):  # a file still on its way in
            copy = target / path.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            count += 1
    return count


def copy_recordings(source: Path, target: Path) -> int:
    """Sealed as they are, so they need the keys; what is on its way in has another ending."""
    paths = sorted(source.glob(f"{RECORDINGS}/*/*.sealed"))
    for path in paths:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return len(paths)


def copy_heads(source: Path, target: Path) -> None:
    """Heads of the audit's seals, which are kept outside the database; a line half written stays out."""
    heads = source / HEADS
    if heads.exists():
        (target / HEADS).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole, newline, _ = heads.read_bytes().rpartition(b"\n")
        (target / HEADS).write_bytes(whole + newline)


def copy_keys(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True)
    for path in (target, *target.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
