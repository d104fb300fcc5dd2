"""The console `hongdun`: starts and stops an instance, and passes every other word to its command."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hongdun.calls import settings as calls
from hongdun.lib.pgerrors import PostgresError
from hongdun.site import dbinit
from hongdun.site.run import backup, database, lifecycle, restore, services
from hongdun.site.run import instance as instances
from hongdun.site.run.errors import CannotProceed
from hongdun.site.run.instance import Instance

OWNER_COMMANDS = frozenset({"migrate", "load-reference", "load-laws", "maintain", "flush", "dbshell"})
FAILED = 1
MISUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and not words[0].startswith("-") and words[0] not in OWN:
        return _django(words)
    chosen = _parser().parse_args(words or ["--help"])
    try:
        code: int = OWN[chosen.command][1](instances.current(), chosen)
    except (PostgresError, CannotProceed) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    return code


def _up(instance: Instance, chosen: argparse.Namespace) -> int:
    lifecycle.up(instance, demo=not chosen.no_demo, foreground=chosen.foreground, say=_say)
    return 0


def _down(instance: Instance, _chosen: argparse.Namespace) -> int:
    lifecycle.down(instance, _say)
    return 0


def _status(instance: Instance, chosen: argparse.Namespace) -> int:
    found = lifecycle.status(instance)
    if chosen.json:
        _say(found.as_json())
    else:
        _say(f"目录　　{found.home}\n地址　　{found.url}/\n数据库　{found.database}")
        for name, pid in {"supervisor": found.supervisor, **found.services}.items():
            _say(f"{name}　{pid or '没有运行'}")
        _say("就绪" if found.ready else "未就绪：" + "；".join(f"{k}：{v}" for k, v in found.failing.items()))
    return 0 if found.ready else FAILED


def _stream(instance: Instance, _chosen: argparse.Namespace) -> int:
    _say(f"变更流：http://127.0.0.1:{instance.stream_port}/api/v1/changes/stream")
    os.execve(sys.executable, list(services.stream(instance)), instance.environment())  # noqa: S606 - ourselves


def _calls(instance: Instance, _chosen: argparse.Namespace) -> int:
    if lacking := calls.missing():
        raise CannotProceed(
            f"电话平台需要 {'、'.join(lacking)}：apt-get install rtpengine-daemon espeak-ng sox"
        )
    told = calls.telephony(instance.port)
    _say(f"电话平台：SIP {told.sip[0]}:{told.sip[1]}，坐席 {told.seats_url}")
    os.execve(sys.executable, list(services.switch(instance)), instance.environment())  # noqa: S606 - ourselves


def _db_init(instance: Instance, _chosen: argparse.Namespace) -> int:
    known = database.read(instance.home)
    passwords = known["roles"] if known else dbinit.new_passwords()
    _say("-- 由数据库管理员以超级用户执行：psql -f 本文件。可重复执行。文件中只有口令的校验值。")
    if not known:
        for role in ("app", "owner"):
            variable = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}[role]
            _say(f"-- {variable}=postgresql://hongdun_{role}:{passwords[role]}@主机:5432/{database.DATABASE}")
    _say(dbinit.sql(passwords))
    return 0


def _backup(instance: Instance, chosen: argparse.Namespace) -> int:
    backup.make(instance, chosen.directory, keys=chosen.keys, say=_say)
    return 0


def _restore(instance: Instance, chosen: argparse.Namespace) -> int:
    restore.restore(instance, chosen.directory, keys=chosen.keys, verify=chosen.verify, say=_say)
    return 0


Own = Callable[[Instance, argparse.Namespace], int]
OWN: dict[str, tuple[str, Own]] = {
    "up": ("启动（可重复执行；崩溃后恢复也用它）", _up),
    "down": ("停止", _down),
    "status": ("查看运行状态", _status),
    "backup": ("在线备份数据库和文件到空目录，密钥另存", _backup),
    "restore": ("把备份恢复到空的 HONGDUN_HOME，并与备份清单核对", _restore),
    "stream": ("单独启动变更流（up 已包括它）", _stream),
    "calls": ("单独启动电话平台（up 在有 rtpengine 时已包括它）", _calls),
    "db-init": ("打印建立角色和数据库的 SQL，供数据库管理员执行", _db_init),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hongdun",
        description="红盾网信息平台",
        epilog="其他命令：hongdun help；各命令的说明：hongdun 命令 --help",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    parsers = {name: commands.add_parser(name, help=help_) for name, (help_, _) in OWN.items()}
    parsers["up"].add_argument("--no-demo", action="store_true", help="不载入演示数据")
    parsers["up"].add_argument("--foreground", action="store_true", help="在前台运行（供 systemd 使用）")
    for name in ("backup", "restore"):
        parsers[name].add_argument("directory", type=Path, help="备份目录")
        parsers[name].add_argument("--keys", type=Path, help="密钥目录，应与备份分开保管")
    parsers["restore"].add_argument("--verify", action="store_true", help="再逐个核对文件，并核对审计封存")
    parsers["status"].add_argument("--json", action="store_true", help="以 JSON 输出")
    return parser


def _django(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
    if words[0] in OWNER_COMMANDS:
        os.environ.setdefault("HONGDUN_DB_ROLE", "owner")
    import django
    from django.core.management import ManagementUtility, get_commands
    from django.db import OperationalError

    django.setup()
    name = words[0].replace("-", "_")
    if name != "help" and name not in get_commands():
        sys.stderr.write(f"没有命令 {words[0]}；hongdun help 列出全部命令。\n")
        return MISUSED
    try:
        ManagementUtility(["hongdun", name, *words[1:]]).execute()
    except OperationalError as error:
        sys.stderr.write(f"数据库不可用：{error}\n请先执行 hongdun up，或检查 DATABASE_URL。\n")
        return FAILED
    return 0


def _say(text: str) -> None:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # `hongdun up | head`: nobody listens any more, the work goes on
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - for the rest of this process


if __name__ == "__main__":
    sys.exit(main())
