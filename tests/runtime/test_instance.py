"""An instance starts, survives the death of any of its processes, and stops; beside another one."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import processes
from tests.cluster import ROOT
from tests.runtime.builders import discard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
RECOVERY_SECONDS = 60  # on a machine that runs other tests; the drill measures it alone


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installed:
    home: Path
    port: int

    def hongdun(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "HONGDUN_HOME": str(self.home),
            "HONGDUN_PORT": str(self.port),
            "HONGDUN_CALLS": "0",  # the tiny site has none
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.runtime.tinysite.settings",
        }
        command = [sys.executable, "-m", "hongdun.site.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def status(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.hongdun("status", "--json").stdout)
        return found

    def wait_ready(self, *, without: int | None = None) -> None:
        deadline = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < deadline:
            status = self.status()
            services = status["services"]
            assert isinstance(services, dict)
            if status["ready"] and None not in services.values() and without not in services.values():
                return
            time.sleep(0.2)
        raise AssertionError(self.hongdun("status").stdout)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("instance")
    installed = Installed(folder / "home", free_port())
    try:
        started = installed.hongdun("up")
        assert started.returncode == 0, started.stdout + started.stderr
        yield installed
    finally:
        installed.hongdun("down")
        discard(installed.home)


@pytest.fixture
def instance(running: Installed) -> Installed:
    running.wait_ready()
    return running


def test_status_tells_everything(instance: Installed) -> None:
    status = instance.status()
    assert status["database"] == "running"
    assert status["failing"] == {}
    assert instance.hongdun("status").returncode == 0


def test_up_again_changes_nothing(instance: Installed) -> None:
    before = instance.status()
    again = instance.hongdun("up")
    assert again.returncode == 0
    assert f"http://127.0.0.1:{instance.port}/" in again.stdout
    assert instance.status()["services"] == before["services"]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_service_comes_back(instance: Installed, name: str) -> None:
    killed = processes.recall(instance.home / "run" / f"{name}.pid")
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    instance.wait_ready(without=killed)


def test_a_killed_database_comes_back(instance: Installed) -> None:
    postmaster = LocalPostgres(instance.home).postmaster()
    assert postmaster is not None
    os.kill(postmaster, signal.SIGKILL)
    time.sleep(1)
    instance.wait_ready()
    assert LocalPostgres(instance.home).postmaster() not in {None, postmaster}


def test_up_after_killing_everything(instance: Installed) -> None:
    supervisor = processes.recall(instance.home / "run" / "supervisor.pid")
    postmaster = LocalPostgres(instance.home).postmaster()
    assert supervisor
    assert postmaster
    processes.send([supervisor, postmaster], signal.SIGKILL)
    processes.send(processes.marked(instance.home), signal.SIGKILL)
    started = instance.hongdun("up")
    assert started.returncode == 0, started.stdout + started.stderr
    assert instance.status()["ready"]


def test_orphans_of_a_killed_supervisor_make_way(instance: Installed) -> None:
    supervisor = processes.recall(instance.home / "run" / "supervisor.pid")
    orphans = set(processes.marked(instance.home))
    assert supervisor
    os.kill(supervisor, signal.SIGKILL)
    started = instance.hongdun("up")
    assert started.returncode == 0, started.stdout + started.stderr
    assert not orphans & set(processes.marked(instance.home))


def test_two_instances_side_by_side(instance: Installed, home: Path) -> None:
    second = Installed(home, free_port())
    assert second.hongdun("up").returncode == 0
    assert instance.status()["ready"]
    assert second.status()["ready"]
    assert second.hongdun("down").returncode == 0
    assert second.status()["database"] == "stopped"
    assert processes.marked(home) == []
    assert instance.status()["ready"]


def test_a_busy_port_in_plain_words(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = int(busy.getsockname()[1])
        refused = Installed(home, port).hongdun("up")
    assert refused.returncode == 1
    assert re.search(rf"端口 {port} 已被其他程序占用；请设置 HONGDUN_PORT", refused.stderr)


def test_secrets_are_closed_to_others(instance: Installed) -> None:
    note = instance.home / "run" / "database.json"
    assert note.stat().st_mode & 0o777 == 0o600
    assert note.parent.stat().st_mode & 0o777 == 0o700
    for log in (instance.home / "log").iterdir():
        assert json.loads(note.read_text())["roles"]["app"] not in log.read_text()


def test_unknown_words_and_a_stopped_database(home: Path) -> None:
    stopped = Installed(home, free_port())
    assert stopped.hongdun("no-such-command").returncode == 2
    assert stopped.hongdun("down").returncode == 0
    asked = stopped.hongdun("migrate")
    assert asked.returncode == 1
    assert "请先执行 hongdun up" in asked.stderr
