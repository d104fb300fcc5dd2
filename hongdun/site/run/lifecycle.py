"""Up, down and status of one instance."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass

from hongdun.calls import settings as calls
from hongdun.lib import pgplace
from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import database, processes, supervisor
from hongdun.site.run.errors import CannotProceed
from hongdun.site.run.instance import Instance
from hongdun.site.run.progress import Say, step
from hongdun.site.run.services import PYTHON, services

READY_SECONDS = 120
DOWN_SECONDS = 45


@dataclass(frozen=True)
class Status:
    home: str
    url: str
    supervisor: int | None
    services: dict[str, int | None]
    database: str  # "running" | "stopped" | "external"
    ready: bool
    failing: dict[str, str]

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def up(instance: Instance, *, demo: bool, foreground: bool, say: Say) -> None:
    instance.make_directories()
    if instance.unfinished_restore.exists():
        raise CannotProceed(f"{instance.home} 的恢复没有完成；请删除该目录，重新执行 hongdun restore。")
    with processes.exclusive(instance.run / "up.lock", wait=True):
        running = is_running(instance)
        if not running:
            _clear_the_way(instance)
        _prepare_database(instance, say)
        _prepare_data(instance, demo=demo and not instance.production, say=say)
        if foreground and not running:
            os.execve(sys.executable, list(_supervise()), instance.environment())  # noqa: S606 - ourselves
        if not running:
            _detach(instance)
        with step("等待就绪", say):
            _wait_ready(instance)
    say(f"\n红盾已启动：{instance.url}/")
    if calls.wanted() and (lacking := calls.missing()):
        say(
            f"电话平台没有启动：缺少 {'、'.join(lacking)}。安装：apt-get install rtpengine-daemon espeak-ng sox"
        )
    if not instance.production:
        manage(instance, "app", "demo_accounts", show=True)


def down(instance: Instance, say: Say) -> None:
    if not instance.run.exists():
        say(f"{instance.home} 中没有运行过的红盾。")
        return
    with processes.exclusive(instance.run / "up.lock", wait=True):
        _stop_services(instance)
        if not instance.external_database:
            LocalPostgres(instance.home).stop()
    say("已停止。")


def status(instance: Instance) -> Status:
    failing = _failing(instance)
    return Status(
        home=str(instance.home),
        url=instance.url,
        supervisor=processes.recall(supervisor.pid_of(instance)),
        services={
            each.name: processes.recall(instance.run / f"{each.name}.pid") for each in services(instance)
        },
        database=_database_state(instance),
        ready=failing == {},
        failing=failing,
    )


def is_running(instance: Instance) -> bool:
    """Ask the lock, not a number: the kernel frees it however the supervisor died."""
    try:
        with processes.exclusive(supervisor.lock_of(instance), wait=False):
            return False
    except processes.Busy:
        return True


def _database_state(instance: Instance) -> str:
    if instance.external_database:
        return "external"
    running = pgplace.exists(instance.home) and LocalPostgres(instance.home).answers()
    return "running" if running else "stopped"


def _clear_the_way(instance: Instance) -> None:
    processes.end_marked(instance.home)
    ports = {
        "HONGDUN_PORT": instance.port,
        "HONGDUN_WEB_PORT": instance.web_port,
        "HONGDUN_STREAM_PORT": instance.stream_port,
    }
    for name, port in ports.items():
        if not _is_free(port):
            raise CannotProceed(
                f"端口 {port} 已被其他程序占用；请设置 {name} 为空闲端口，例如 {name}={port + 1} make up。"
            )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _prepare_database(instance: Instance, say: Say) -> None:
    if not instance.external_database:
        with step("启动 PostgreSQL", say):
            database.ensure(instance.home)


def _prepare_data(instance: Instance, *, demo: bool, say: Say) -> None:
    if instance.external_database and not os.environ.get("DATABASE_OWNER_URL"):
        _require_migrated(instance)
    else:
        with step("更新数据库结构，载入基础数据", say):
            manage(instance, "owner", "migrate", "load_reference")
    if demo:
        with step("载入演示数据", say):
            manage(instance, "app", "load_demo", "generate_entities", "demo_screening", "demo_day")


def _require_migrated(instance: Instance) -> None:
    check = [*PYTHON, "django", "migrate", "--check"]
    if subprocess.run(check, env=instance.environment(), capture_output=True, check=False).returncode:  # noqa: S603
        raise CannotProceed(
            "数据库结构不是最新的；请设置 DATABASE_OWNER_URL（hongdun_owner 的连接地址）后再执行 hongdun up。"
        )


def manage(instance: Instance, role: str, *commands: str, show: bool = False) -> None:
    done = subprocess.run(  # noqa: S603 - our own module
        [*PYTHON, "hongdun.site.run.prepare", *commands],
        env=instance.environment(HONGDUN_DB_ROLE=role),
        cwd=instance.home,
        stdout=None if show else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotProceed(f"{'、'.join(commands)} 失败：\n{(done.stdout or '').strip()[-3000:]}")


def _supervise() -> tuple[str, ...]:
    return (*PYTHON, "hongdun.site.run.supervisor")


def _detach(instance: Instance) -> None:
    with (instance.log / "supervisor.log").open("ab") as output:
        subprocess.Popen(  # noqa: S603 - ourselves
            _supervise(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=instance.home,
            env=instance.environment(),
            start_new_session=True,
        )


def _wait_ready(instance: Instance) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while failing := _failing(instance):
        if time.monotonic() > deadline:
            reasons = "；".join(f"{name}：{reason}" for name, reason in failing.items())
            raise CannotProceed(f"{READY_SECONDS} 秒内没有就绪（{reasons}）。请看 {instance.log} 中的日志。")
        time.sleep(0.2)


def _failing(instance: Instance) -> dict[str, str]:
    """What /readyz finds wrong; empty when the instance is ready."""
    try:
        with urllib.request.urlopen(f"{instance.url}/readyz", timeout=10):  # noqa: S310 - http to ourselves
            return {}
    except urllib.error.HTTPError as error:
        return _reported(error.read()) or {"web": f"/readyz 返回 {error.code}"}
    except OSError as error:
        return {"web": f"无应答（{error}）"}


def _reported(body: bytes) -> dict[str, str]:
    try:
        return dict(json.loads(body)["failing"])
    except (ValueError, KeyError, TypeError):
        return {}


def _stop_services(instance: Instance) -> None:
    if is_running(instance) and (pid := processes.recall(supervisor.pid_of(instance))):
        processes.send([pid], processes.TERMINATE)
        deadline = time.monotonic() + DOWN_SECONDS
        while is_running(instance) and time.monotonic() < deadline:
            time.sleep(processes.POLL_SECONDS)
        if is_running(instance):
            processes.send([pid], processes.KILL)
    processes.end_marked(instance.home)
