"""Find and end our own processes, and never one that merely carries an old number of ours."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

MARK = "HONGDUN_INSTANCE"  # inherited by every descendant of a supervised service
POLL_SECONDS = 0.05
TERMINATE, KILL = signal.SIGTERM, signal.SIGKILL


def start_time(pid: int) -> str | None:
    """Clock ticks since boot at which the process began, with its number a name that is never reused."""
    with contextlib.suppress(OSError):
        # The command may contain spaces and parentheses; the fields begin after the last one.
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return None if fields[0] == "Z" else fields[19]
    return None


def remember(path: Path, pid: int) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{pid} {start_time(pid)}\n")
    fresh.replace(path)


def recall(path: Path) -> int | None:
    """The remembered process, if it is still the same one."""
    with contextlib.suppress(OSError, ValueError):
        pid, started = path.read_text().split()
        if start_time(int(pid)) == started:
            return int(pid)
    return None


def marked(home: Path) -> list[int]:
    """Every process of this instance's services, orphans of a killed supervisor included."""
    wanted = f"{MARK}={home}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            pid = int(entry.name)
            if wanted in (entry / "environ").read_bytes().split(b"\0") and start_time(pid):
                found.append(pid)
    return [pid for pid in found if pid != os.getpid()]


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def end_marked(home: Path, *, patience: float = 10) -> None:
    deadline = time.monotonic() + patience
    send(marked(home), TERMINATE)
    while left := marked(home):
        if time.monotonic() > deadline:
            send(left, KILL)
        time.sleep(POLL_SECONDS)


class Busy(RuntimeError):
    """Somebody else holds the lock."""


@contextlib.contextmanager
def exclusive(path: Path, *, wait: bool) -> Iterator[None]:
    """A lock that the kernel releases however its holder dies."""
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Busy(str(path)) from None
        yield
