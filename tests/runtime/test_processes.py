"""Our processes are found however they were orphaned, and a stranger with an old number is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hongdun.site.run import processes

if TYPE_CHECKING:
    from pathlib import Path

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_recycled_number_is_not_ours(tmp_path: Path) -> None:
    note = tmp_path / "web.pid"
    with subprocess.Popen(SLEEP) as stranger:
        processes.remember(note, stranger.pid)
        assert processes.recall(note) == stranger.pid
        note.write_text(f"{stranger.pid} 1\n")
        assert processes.recall(note) is None
        stranger.kill()


def test_an_ended_process_is_not_recalled(tmp_path: Path) -> None:
    note = tmp_path / "web.pid"
    child = subprocess.Popen(SLEEP)
    processes.remember(note, child.pid)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert processes.recall(note) is None, "a zombie serves nobody"
    child.wait()


@pytest.mark.parametrize("content", ["", "x", "12", "1 2 3"])
def test_a_damaged_note_names_nobody(tmp_path: Path, content: str) -> None:
    note = tmp_path / "web.pid"
    note.write_text(content)
    assert processes.recall(note) is None


def test_only_this_instance_is_ended(tmp_path: Path) -> None:
    mine, other = ({**os.environ, processes.MARK: str(tmp_path / name)} for name in ("mine", "other"))
    with subprocess.Popen(SLEEP, env=mine) as first, subprocess.Popen(SLEEP, env=other) as second:
        processes.end_marked(tmp_path / "mine")
        assert first.wait(10) != 0
        assert second.poll() is None
        assert processes.marked(tmp_path / "other") == [second.pid]
        second.kill()


def test_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    code = (
        "import sys, time; from pathlib import Path; from hongdun.site.run import processes\n"
        f"with processes.exclusive(Path({str(lock)!r}), wait=True):\n"
        "    print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(processes.Busy), processes.exclusive(lock, wait=False):
            pass
        holder.kill()
        holder.wait()
    with processes.exclusive(lock, wait=False):
        pass
