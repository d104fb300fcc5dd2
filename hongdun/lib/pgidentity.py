"""The system user that the embedded PostgreSQL runs as: PostgreSQL itself refuses root."""

import contextlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from hongdun.lib.pgerrors import PostgresError

OWN_USER = "hongdun"
COMMAND_SECONDS = 900  # recovery of a large write-ahead log may take minutes

# Run as the server's own user: root without CAP_SYS_PTRACE (the rule in containers) can't read another user's
# /proc/<pid>/cwd, would see no process at all and start a second server on the same files.
FIND_BY_DIRECTORY = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "${p#/proc/}"; done; :'


class Drop(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Identity:
    """`uid` is None when the server runs as whoever runs us."""

    uid: int | None = None
    gid: int | None = None

    @property
    def effective_uid(self) -> int:
        return os.geteuid() if self.uid is None else self.uid

    def _drop(self) -> Drop:
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(
        self,
        *command: str | Path,
        cwd: Path = Path("/"),
        stdin: str = "",
        environment: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end; standard error is part of `stdout`."""
        clean = {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "HOME": str(cwd),
        }
        return subprocess.run(  # noqa: S603 - our own programs, no shell text from outside
            [str(part) for part in command],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
            cwd=cwd,
            env=clean | (environment or {}),
            start_new_session=True,  # a Ctrl-C in the terminal must not reach the server
            **self._drop(),
        )

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def reaches(self, directory: Path) -> bool:
        return self.run("/bin/sh", "-c", 'cd "$1"', "sh", directory).returncode == 0

    def can_run(self, program: Path) -> bool:
        with contextlib.suppress(OSError):
            return self.run(program, "--version").returncode == 0
        return False

    def processes_in(self, directory: Path) -> list[int]:
        """Pids working in this directory; a recycled pid number can't deceive it."""
        found = self.run("/bin/sh", "-c", FIND_BY_DIRECTORY, "sh", directory).stdout
        return [int(pid) for pid in found.split() if pid.isdigit()]


def of_owner(path: Path) -> Identity:
    """Whoever owns the cluster keeps running it, also when a `postgres` user appears later."""
    if os.geteuid() != 0:
        return Identity()
    owner = path.stat()
    if owner.st_uid == 0:
        raise PostgresError(
            f"数据库目录 {path} 属于 root，PostgreSQL 不能以 root 运行；请把它的属主改为普通用户。"
        )
    return Identity(owner.st_uid, owner.st_gid)


def choose() -> Identity:
    if os.geteuid() != 0:
        return Identity()
    for name in ("postgres", OWN_USER):
        if identity := _named(name):
            return identity
    _create_user()
    if identity := _named(OWN_USER) or _named("nobody"):
        return identity
    raise PostgresError(f"没有可运行 PostgreSQL 的普通用户；请先执行 useradd --system {OWN_USER}。")


def _named(name: str) -> Identity | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Identity(entry.pw_uid, entry.pw_gid)


def _create_user() -> None:
    if useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin"):
        Identity().run(useradd, "--system", "--user-group", "--no-create-home", OWN_USER)
