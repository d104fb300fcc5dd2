"""A listener is killed again and again while clerks file, the stream's own process too: nothing is missed or doubled."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hongdun.site.run import processes
from hongdun.site.run.instance import STREAM_BESIDE, beside
from tests.cluster import ROOT
from tests.drill.instance import scale

if TYPE_CHECKING:
    from pathlib import Path

    from tests.drill.instance import Product

pytestmark = pytest.mark.drill

CLERKS = 2
KILLS = max(5, int(50 * scale()))
SERVICES = ("stream", "worker")  # struck as well, in turn, at every third kill
CATCH_UP_SECONDS = 120


def test_a_listener_misses_nothing_and_sees_nothing_twice(product: Product, tmp_path: Path) -> None:
    notes = [tmp_path / f"clerk{number}" for number in range(CLERKS)]
    kept = tmp_path / "kept"
    clerks = [start(product, "tests.drill.filer", str(note)) for note in notes]
    listener = start(product, "tests.drill.listener", str(kept), address(product))
    chance = random.Random(20_261_124)
    try:
        for note in notes:
            wait_for(note, 1)
        for number in range(KILLS):
            time.sleep(chance.uniform(0.05, 1.0))
            listener.kill()
            listener.wait()
            if number % 3 == 2:
                strike(product, SERVICES[number // 3 % 2])
            listener = start(product, "tests.drill.listener", str(kept), address(product))
    finally:
        for clerk in clerks:
            clerk.terminate()
    assert [clerk.wait(60) for clerk in clerks] == [0] * CLERKS
    filed = sorted(line for note in notes for line in note.read_text().splitlines())
    try:
        wait_for(kept, len(filed))
    finally:
        listener.kill()
        listener.wait()
    heard = [json.loads(line) for line in kept.read_bytes().splitlines()]
    sys.stdout.write(f"\n{len(filed)} filings, {KILLS} kills of the listener\n")
    assert [each["position"] for each in heard] == list(range(1, len(heard) + 1))
    assert sorted(f"{each['uscc']} {each['version']}" for each in heard) == filed


def start(product: Product, module: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT, env=product.environment())


def address(product: Product) -> str:
    return f"http://127.0.0.1:{beside(product.port, STREAM_BESIDE)}/api/v1/changes/stream"


def strike(product: Product, service: str) -> None:
    pid = processes.recall(product.home / "run" / f"{service}.pid")
    if pid:  # else it was hit by the last round and is on its way up
        processes.send([pid], signal.SIGKILL)


def wait_for(kept: Path, count: int) -> None:
    deadline = time.monotonic() + CATCH_UP_SECONDS
    while (not kept.exists() or kept.read_bytes().count(b"\n") < count) and time.monotonic() < deadline:
        time.sleep(0.2)
