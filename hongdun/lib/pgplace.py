"""Where a cluster lives: in its home, or under /var/lib where the home is closed to the server's user."""

import fcntl
import hashlib
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hongdun.lib import pgidentity
from hongdun.lib.pgerrors import PostgresError
from hongdun.lib.pgidentity import Identity

ELSEWHERE = Path("/var/lib/hongdun")
POINTER = "pg.place"
SOCKET_PATH_BYTES = 107  # sun_path of Linux, without its closing zero
LONGEST_SOCKET_NAME = "/.s.PGSQL.65535.lock"


@dataclass(frozen=True)
class Place:
    root: Path
    identity: Identity

    @property
    def data(self) -> Path:
        return self.root / "data"


def locate(home: Path) -> Place:
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "pg.lock").open("a") as lock:  # concurrent starters of a new home agree on one place
        fcntl.flock(lock, fcntl.LOCK_EX)
        pointer = home / POINTER
        if pointer.exists():
            return _pointed(home, pointer)
        inside = home / "pg"
        if (inside / "data").exists():
            return _known(inside)
        return _inside(inside) or _elsewhere(home, pointer)


def exists(home: Path) -> bool:
    return (home / POINTER).exists() or (home / "pg" / "data").exists()


def _known(root: Path) -> Place:
    identity = pgidentity.of_owner(root)
    if not identity.reaches(root):
        raise PostgresError(
            f"数据库用户（uid {identity.effective_uid}）进不了 {root}；请恢复该目录及上级目录的权限。"
        )
    return Place(root, identity)


def _pointed(home: Path, pointer: Path) -> Place:
    root = Path(pointer.read_text().strip())
    if not root.is_dir():
        raise PostgresError(
            f"{pointer} 所指的数据库目录 {root} 不存在；请恢复该目录，或从备份恢复到新的空目录。"
        )
    back = root / "home"
    other = Path(back.read_text().strip())
    # A copied home points at the same cluster as its original: two instances would share one database.
    if other != home and (other / POINTER).exists():
        raise PostgresError(
            f"数据库目录 {root} 属于 {other}；{home} 像是它的副本，请用 hongdun backup 与 restore 复制。"
        )
    back.write_text(f"{home}\n")
    return _known(root)


def _inside(root: Path) -> Place | None:
    identity = pgidentity.choose()
    root.mkdir(mode=0o700, exist_ok=True)
    try:
        identity.own(root)
    except OSError:  # a shared folder that knows no owners
        reached = False
    else:
        reached = identity.reaches(root)
    if not reached:
        root.rmdir()
        return None
    return Place(root, identity)


def _elsewhere(home: Path, pointer: Path) -> Place:
    identity = pgidentity.choose()
    ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    name = hashlib.sha256(str(home).encode()).hexdigest()[:16]
    # A name of its own each time: a cluster left behind by a home that was deleted must not come back.
    root = Path(tempfile.mkdtemp(dir=ELSEWHERE, prefix=f"{name}-"))
    identity.own(root)
    if not identity.reaches(root):
        root.rmdir()
        raise PostgresError(
            f"数据库用户（uid {identity.effective_uid}）进不了 {home} 也进不了 {root}；请检查权限。"
        )
    (root / "home").write_text(f"{home}\n")
    pointer.write_text(f"{root}\n")
    return Place(root, identity)


def socket_directory(place: Place) -> Path:
    """Private directory of the server's socket; a path too long or odd for a socket gets a short one."""
    beside = place.root / "socket"
    # unix_socket_directories is a comma-separated list with quoting rules of its own.
    plain = re.fullmatch(r"[A-Za-z0-9_./+@-]+", str(beside))
    if not plain or len(str(beside)) + len(LONGEST_SOCKET_NAME) > SOCKET_PATH_BYTES:
        digest = hashlib.sha256(str(place.root).encode()).hexdigest()[:16]
        beside = Path(tempfile.gettempdir()) / f"hongdun-{digest}"
    if not beside.exists():
        beside.mkdir(mode=0o700)
        place.identity.own(beside)
    found = beside.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.identity.effective_uid:
        raise PostgresError(f"{beside} 不属于数据库用户，可能是他人所建；请删除后重试。")
    beside.chmod(0o700)
    return beside
