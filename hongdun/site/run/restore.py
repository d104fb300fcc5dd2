"""Bring a backup back into an empty home, and prove that nothing is missing or different."""

from pathlib import Path

import psycopg

from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import database, manifest
from hongdun.site.run.backup import (
    DUMP,
    RECORDINGS,
    copy_files,
    copy_heads,
    copy_keys,
    copy_recordings,
    digest,
    empty,
    run_client,
)
from hongdun.site.run.errors import CannotProceed
from hongdun.site.run.instance import Instance
from hongdun.site.run.lifecycle import manage
from hongdun.site.run.manifest import Manifest
from hongdun.site.run.progress import Say, step

RESTORE_JOBS = 2


def restore(instance: Instance, source: Path, *, keys: Path | None, verify: bool, say: Say) -> None:
    if instance.external_database:
        raise CannotProceed(
            "外部数据库请由数据库管理员用 pg_restore 恢复；hongdun restore 只恢复自带的数据库。"
        )
    held = manifest.read(source)
    _check_source(source, held, keys)
    empty(instance.home)
    instance.make_directories()
    instance.unfinished_restore.touch()
    if keys:
        copy_keys(keys, instance.home / "keys")
    with step("恢复文件", say):
        copy_files(source / "files", instance.home / "files")
        copy_recordings(source, instance.home)
        copy_heads(source, instance.home)
    postgres = LocalPostgres(instance.home)
    try:
        _restore_database(instance, postgres, source, held, say)
        if verify:
            _verify(instance, held, keys, say)
            _verify_recordings(instance, postgres, held, say)
    finally:
        postgres.stop()
    instance.unfinished_restore.unlink()
    say(f"已恢复到 {instance.home}，与备份清单一致；用 hongdun up 启动。")


def _check_source(source: Path, held: Manifest, keys: Path | None) -> None:
    if digest(source / DUMP) != held.dump_sha256:
        raise CannotProceed(f"{source / DUMP} 与清单不符：备份已损坏或被改动，请换用另一份备份。")
    if held.keys and keys is None:
        raise CannotProceed("该备份另有密钥目录；请用 --keys 指明，否则加密的身份信息不可读。")


def _restore_database(
    instance: Instance, postgres: LocalPostgres, source: Path, held: Manifest, say: Say
) -> None:
    with step("建立数据库", say):
        major = postgres.programs.major
        if major < held.postgres:
            raise CannotProceed(
                f"备份来自 PostgreSQL {held.postgres}，现有程序是 {major}：只能恢复到相同或更新的版本。"
                f"请用 HONGDUN_PG_BIN 指向 PostgreSQL {held.postgres} 或更新版本的程序目录。"
            )
        database.ensure(instance.home)
    with step("恢复数据", say):
        conninfo = psycopg.conninfo.make_conninfo("", **postgres.superuser(database.DATABASE))
        options = ("--exit-on-error", f"--jobs={RESTORE_JOBS}", "--no-password", str(source / DUMP))
        run_client(postgres.programs["pg_restore"], *options, conninfo=conninfo)
    with step(f"核对 {len(held.tables)} 张表", say), psycopg.connect(conninfo) as connection:
        if wrong := manifest.differences(held.tables, manifest.tables(connection)):
            raise CannotProceed("恢复结果与备份不一致：\n" + "\n".join(wrong))


def _verify(instance: Instance, held: Manifest, keys: Path | None, say: Say) -> None:
    with step(f"核对 {held.files} 个文件", say):
        files = [path for path in (instance.home / "files").glob("*/*/*") if path.is_file()]
        damaged = [path.name for path in files if digest(path) != path.name]
        if damaged or len(files) != held.files:
            raise CannotProceed(
                f"文件应有 {held.files} 个，实有 {len(files)} 个；损坏：{'、'.join(damaged) or '无'}。"
            )
    if keys:
        with step("核对审计封存", say):
            manage(instance, "owner", "audit_verify")
    else:
        say("!!! 没有密钥，略去审计封存的核对 !!!")


# One whose time ran out between the snapshot and the copy of the files may be gone.
RECORDED = """
SELECT replace(id::text, '-', ''), sha256 FROM calls_recording
 WHERE deleted IS NULL AND keep_until >= %s::timestamptz::date
"""


def _verify_recordings(instance: Instance, postgres: LocalPostgres, held: Manifest, say: Say) -> None:
    """Each recording that the database names is there and is what was sealed."""
    with step(f"核对 {held.recordings} 段通话录音", say):
        conninfo = psycopg.conninfo.make_conninfo("", **postgres.superuser(database.DATABASE))
        with psycopg.connect(conninfo) as connection:
            rows = connection.execute(RECORDED, [held.created]).fetchall()
        wrong = [name for name, sealed in rows if _recorded(instance, name) != sealed]
        if wrong:
            raise CannotProceed(
                f"{len(wrong)} 段录音缺失或者与保存时不同，例如 {wrong[0]}；请换用另一份备份。"
            )


def _recorded(instance: Instance, name: str) -> str:
    path = instance.home / RECORDINGS / name[:6] / f"{name}.sealed"
    return digest(path) if path.exists() else ""
