"""One local PostgreSQL cluster, run by ourselves: unix socket only, safe to start after any crash."""

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

from hongdun.lib import pgbinaries, pgplace
from hongdun.lib.pgbinaries import Binaries
from hongdun.lib.pgerrors import PostgresError
from hongdun.lib.pgplace import Place

SUPERUSER = "postgres"
BUILTIN_LOCALE_SINCE = 17
START_SECONDS = 600
STOP_SECONDS = 60
ORPHAN_SECONDS = 30
LOG_BYTES = 20_000_000
LEAST_BUFFERS_MB, MOST_BUFFERS_MB = 96, 4096  # what isn't used takes no memory

# One machine that also runs web and worker: small when idle, enough for a province's register.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": "5432",
    "max_connections": "120",
    "effective_cache_size": "1GB",
    # What is looked up lies far apart, in pages that the system mostly has in memory: to hand each to the server's readers, so
    # as to have it ahead, takes longer than to read it.
    "effective_io_concurrency": "0",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "10min",
    "jit": "off",
    "max_locks_per_transaction": "256",
    "wal_level": "logical",
    "max_slot_wal_keep_size": "8GB",
    "log_timezone": "Asia/Shanghai",
    "timezone": "Asia/Shanghai",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",  # statement parameters hold personal data
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
}


@dataclass
class LocalPostgres:
    """The cluster that belongs to `home`; nothing is touched before `start`."""

    home: Path
    binaries: Path | None = None
    _place: Place | None = field(default=None, repr=False)
    _programs: Binaries | None = field(default=None, repr=False)

    @property
    def place(self) -> Place:
        self._place = self._place or pgplace.locate(self.home)
        return self._place

    @property
    def programs(self) -> Binaries:
        if self._programs is None:
            found = pgbinaries.find(self.data_major(), self.binaries)
            self._programs = pgbinaries.readable(found, identity=self.place.identity, cluster=self.place.root)
        return self._programs

    @property
    def socket_directory(self) -> Path:
        return pgplace.socket_directory(self.place)

    def data_major(self) -> int | None:
        with contextlib.suppress(FileNotFoundError):
            return int((self.place.data / "PG_VERSION").read_text())
        return None

    def start(self, settings: Mapping[str, str] | None = None) -> None:
        """Start, or do nothing if it runs. Safe for concurrent callers and after kill -9 of everything."""
        with self._lock():
            self._create()
            if self.postmaster() is None:
                self._clear_stale_files()
                self._configure({**SETTINGS, "shared_buffers": f"{_buffers()}MB", **(settings or {})})
                self._start()

    def stop(self) -> None:
        if not pgplace.exists(self.home):
            return
        with self._lock():
            if self.postmaster() is None:
                return
            wait = ("-D", self.place.data, "-w", "-t", str(STOP_SECONDS), "-m")
            if self._run("pg_ctl", *wait, "fast", "stop", check=False).returncode:
                self._run("pg_ctl", *wait, "immediate", "stop")

    def postmaster(self) -> int | None:
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            pid = int((self.place.data / "postmaster.pid").read_text().splitlines()[0])
            if pid in self.place.identity.processes_in(self.place.data):
                return pid
        return None

    def answers(self) -> bool:
        """Somebody listens on the socket; cheap enough to ask every second."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.socket_directory / f".s.PGSQL.{SETTINGS['port']}"))
            except OSError:
                return False
        return True

    def superuser(self, database: str = "postgres") -> dict[str, str]:
        """Connection parameters of the superuser, whom only set-up, backup and drills use."""
        return {
            "host": str(self.socket_directory),
            "port": SETTINGS["port"],
            "user": SUPERUSER,
            "password": self._password_file.read_text().strip(),
            "dbname": database,
        }

    def psql(self, script: str, *, database: str = "postgres") -> str:
        """Run a psql script as superuser; stops at its first error."""
        who = self.superuser(database)
        command = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", who["host"], "-p", who["port"])
        secret = {"PGPASSWORD": who["password"]}
        return self._run("psql", *command, "-U", SUPERUSER, database, stdin=script, environment=secret).stdout

    @property
    def log(self) -> Path:
        return self.place.root / "server.log"

    @property
    def _password_file(self) -> Path:
        return self.place.root / "superuser"

    def _run(
        self,
        program: str,
        *arguments: str | Path,
        check: bool = True,
        stdin: str = "",
        environment: dict[str, str] | None = None,
    ) -> CompletedProcess[str]:
        done = self.place.identity.run(
            self.programs[program], *arguments, cwd=self.place.root, stdin=stdin, environment=environment
        )
        if check and done.returncode:
            raise PostgresError(f"{program} 失败：{done.stdout.strip()[-800:]}\n服务器日志：{self.log}")
        return done

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.place.root / "lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        have = self.data_major()
        if have is None:
            self._initdb()
        elif have != self.programs.major:
            raise PostgresError(
                f"数据目录 {self.place.data} 由 PostgreSQL {have} 建立，"
                f"现有程序 {self.programs.directory} 是 {self.programs.version}，不能读取。\n"
                f"请用 HONGDUN_PG_BIN 指向 PostgreSQL {have} 的程序目录后启动；"
                "要升级，先用旧程序执行 hongdun backup，再用新程序 hongdun restore 到空目录。"
            )

    def _initdb(self) -> None:
        for half_made in self.place.root.glob("initdb.*"):
            shutil.rmtree(half_made)
        self._write(self._password_file, secrets.token_urlsafe(24))
        fresh = self.place.root / f"initdb.{os.getpid()}"
        self._run(
            "initdb", "-D", fresh, "-U", SUPERUSER, "-E", "UTF8", "-A", "scram-sha-256", "-k",
            "--pwfile", self._password_file, *_locale(self.programs.major),
        )  # fmt: skip
        with (fresh / "postgresql.conf").open("a") as handle:
            handle.write("\ninclude_if_exists = 'hongdun.conf'\n")
        fresh.rename(self.place.data)  # all or nothing: a killed initdb never leaves half a cluster

    def _clear_stale_files(self) -> None:
        deadline = time.monotonic() + ORPHAN_SECONDS
        while left := self.place.identity.processes_in(self.place.data):
            # Back ends of a killed postmaster notice it and leave by themselves.
            if time.monotonic() > deadline:
                raise PostgresError(f"进程 {left} 仍在使用 {self.place.data}；请结束这些进程后重试。")
            time.sleep(0.1)
        # Nobody is left, so these can't be valid, whatever process carries their number today.
        (self.place.data / "postmaster.pid").unlink(missing_ok=True)
        for stale in self.socket_directory.glob(".s.PGSQL.*"):
            stale.unlink()

    def _configure(self, settings: Mapping[str, str]) -> None:
        chosen = {**settings, "unix_socket_directories": str(self.socket_directory)}
        lines = [f"{name} = '{value}'\n" for name, value in chosen.items()]
        self._write(self.place.data / "hongdun.conf", "".join(lines))
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _start(self) -> None:
        wait = ("-D", self.place.data, "-w", "-t", str(START_SECONDS), "-l", self.log)
        if self._run("pg_ctl", *wait, "start", check=False).returncode:
            tail = self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
            raise PostgresError(f"PostgreSQL 没有启动，日志 {self.log} 的末尾：\n{tail}")

    def _write(self, path: Path, text: str) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(text)
        self.place.identity.own(path)


def _buffers() -> int:
    """An eighth of the machine's memory: what a search reads lies far apart, and the system hands it over slowly."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(LEAST_BUFFERS_MB, min(MOST_BUFFERS_MB, memory // 8 // 2**20))


def _locale(major: int) -> list[str]:
    # lc_ctype must not be C: pg_trgm would find no character in Chinese text, without any error.
    if major < BUILTIN_LOCALE_SINCE:
        return ["--locale=C.UTF-8", "--lc-collate=C"]
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
