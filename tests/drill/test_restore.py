"""A backup taken while writers work comes back whole, and a damaged one is refused in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cluster import ROOT
from tests.drill.instance import Product, free_port
from tests.drill.test_kill import written
from tests.runtime.builders import discard

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.drill
ENOUGH = 20
RECORD = """
import django; django.setup()
from hongdun.base.scope import system_scope
from hongdun.calls import actions
from tests.calls.builders import a_call
call = a_call()
with system_scope("演练"):
    actions.end(call, by="caller")
    actions.keep_sound(call, b"RIFF sound", seconds=1.5)
"""


def test_backup_under_load_comes_back(product: Product, tmp_path: Path) -> None:
    note = tmp_path / "writer"
    command = [sys.executable, "-m", "tests.drill.writer", str(note)]
    backup, keys = tmp_path / "backup", tmp_path / "keys"
    subprocess.run([sys.executable, "-c", RECORD], cwd=ROOT, env=product.environment(), check=True)
    with subprocess.Popen(command, cwd=ROOT, env=product.environment()) as writer:
        while written([note]) < ENOUGH:
            time.sleep(0.1)
        before = written([note])
        product.hongdun("backup", str(backup), "--keys", str(keys))
        writer.terminate()
    restored = Product(product.home.with_name("restored"), free_port())
    told = restored.hongdun("restore", str(backup), "--keys", str(keys), "--verify")
    assert "与备份清单一致" in told
    [recording] = restored.home.glob("recordings/*/*.sealed")
    assert b"sound" not in recording.read_bytes()
    restored.hongdun("up", "--no-demo")
    with restored.owner() as db:
        row = db.execute("SELECT count(*) FROM cases_case").fetchone()
    assert row is not None
    assert row[0] >= before, "what was acknowledged before the backup began is in it"
    restored.hongdun("down")
    refuse_damaged(product.home.with_name("damaged"), backup, keys)
    discard(restored.home)


def refuse_damaged(home: Path, backup: Path, keys: Path) -> None:
    target = Product(home, free_port())
    no_manifest = backup.with_name("unfinished")
    shutil.copytree(backup, no_manifest)
    (no_manifest / "manifest.json").unlink()
    with pytest.raises(AssertionError, match="备份没有完成"):
        target.hongdun("restore", str(no_manifest), "--keys", str(keys))
    with pytest.raises(AssertionError, match="请用 --keys 指明"):
        target.hongdun("restore", str(backup))
    [recording] = backup.glob("recordings/*/*.sealed")
    hidden = recording.rename(recording.with_suffix(".hidden"))
    with pytest.raises(AssertionError, match="1 段录音缺失"):
        target.hongdun("restore", str(backup), "--keys", str(keys), "--verify")
    hidden.rename(recording)
    discard(home)
    with (backup / "database.dump").open("ab") as dump:
        dump.write(b"x")
    with pytest.raises(AssertionError, match="已损坏或被改动"):
        target.hongdun("restore", str(backup), "--keys", str(keys))
    assert not home.exists(), "nothing is begun that can't be finished"
