"""Keeps web, worker and the embedded PostgreSQL running until told to stop."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from hongdun.lib.pgerrors import PostgresError
from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import instance as instances
from hongdun.site.run import processes
from hongdun.site.run.instance import Instance
from hongdun.site.run.services import Service, services

TICK_SECONDS = 0.2
DATABASE_EVERY = 3
CHORES_EVERY = 300  # ticks: once a minute
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 5.0
HEALTHY_AFTER_SECONDS = 3.0
STOP_SECONDS = 15.0
LOG_BYTES = 20_000_000


def say(text: str) -> None:
    stamp = datetime.now(ZoneInfo("Asia/Shanghai")).isoformat(timespec="seconds")
    sys.stdout.write(f"{stamp} {text}\n")
    sys.stdout.flush()


@dataclass
class Child:
    service: Service
    instance: Instance
    process: subprocess.Popen[bytes] | None = None
    delay: float = FIRST_DELAY_SECONDS
    started: float = 0.0
    due: float = 0.0

    def tend(self, now: float) -> None:
        if self.process is None:
            if now >= self.due:
                self._start(now)
        elif self._has_ended():
            self._bury(now)

    def _start(self, now: float) -> None:
        with (self.instance.log / f"{self.service.name}.log").open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - the fixed list in services.py
                self.service.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.instance.home,
                env=self.instance.environment(**{processes.MARK: str(self.instance.home)}),
                start_new_session=True,
            )
        self.started = now
        processes.remember(self.instance.run / f"{self.service.name}.pid", self.process.pid)
        say(f"启动 {self.service.name}（进程 {self.process.pid}）")

    def _has_ended(self) -> bool:
        # WNOWAIT leaves the zombie, so its number, which is also its group's, can't be given to anyone else.
        assert self.process is not None
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _bury(self, now: float) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # its own children would keep the port
        code = self.process.wait()
        healthy = now - self.started >= HEALTHY_AFTER_SECONDS
        self.delay = FIRST_DELAY_SECONDS if healthy else min(self.delay * 2, LONGEST_DELAY_SECONDS)
        self.due = now + self.delay
        self.process = None
        say(f"{self.service.name} 已退出（{code}）")

    def stop(self, deadline: float) -> None:
        if self.process is None:
            return
        while not self._has_ended() and time.monotonic() < deadline:
            time.sleep(processes.POLL_SECONDS)
        self._bury(time.monotonic())

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.terminate()


@dataclass
class Supervisor:
    instance: Instance
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        children = [Child(service, self.instance) for service in services(self.instance)]
        ticks = 0
        while not self.stopping.is_set():
            if ticks % DATABASE_EVERY == 0:
                self._keep_database()
            for child in children:
                child.tend(time.monotonic())
            if ticks % CHORES_EVERY == 0:
                self._rotate_logs()
            ticks += 1
            self.stopping.wait(TICK_SECONDS)
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            child.stop(deadline)

    def _keep_database(self) -> None:
        if self.instance.external_database:
            return
        postgres = LocalPostgres(self.instance.home)
        if not postgres.answers() and postgres.postmaster() is None:
            say("PostgreSQL 没有运行，正在启动")
            try:
                postgres.start()
            except PostgresError as error:
                say(str(error))

    def _rotate_logs(self) -> None:
        logs = list(self.instance.log.glob("*.log"))
        if not self.instance.external_database:
            logs.append(LocalPostgres(self.instance.home).log)
        for log in logs:
            if log.exists() and log.stat().st_size > LOG_BYTES:
                shutil.copyfile(log, log.with_suffix(".log.1"))
                os.truncate(log, 0)  # every writer appends, so none has to be told


def main() -> None:
    instance = instances.current()
    supervisor = Supervisor(instance)

    def stop(_number: int, _frame: FrameType | None) -> None:
        supervisor.stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with processes.exclusive(lock_of(instance), wait=False):
        processes.remember(pid_of(instance), os.getpid())
        # A killed predecessor leaves services behind that hold the port.
        processes.end_marked(instance.home)
        supervisor.run()


def lock_of(instance: Instance) -> Path:
    return instance.run / "supervisor.lock"


def pid_of(instance: Instance) -> Path:
    return instance.run / "supervisor.pid"


if __name__ == "__main__":
    main()
