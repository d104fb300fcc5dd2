"""Processes are killed at random while eight writers work: nothing acknowledged is lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hongdun.lib.pglocal import LocalPostgres
from hongdun.site.run import processes
from tests.cluster import ROOT
from tests.drill.instance import scale

if TYPE_CHECKING:
    from pathlib import Path

    from tests.drill.instance import Product

pytestmark = pytest.mark.drill

WRITERS = 8
ACKNOWLEDGED = int(10_000 * scale())
LONGEST_RECOVERY_SECONDS = 10.0

# A case that exists must be whole: its task, its audit event, its message, its applicant.
INCOMPLETE = """
SELECT number FROM cases_case c
 WHERE (SELECT count(*) FROM cases_task t WHERE t.case_id = c.id) <> 1
    OR (SELECT count(*) FROM audit_event a WHERE a.case_id = c.id AND a.verb LIKE '%.opened') <> 1
    OR (SELECT count(*) FROM outbox_message m
         WHERE m.topic = 'case.opened' AND m.body ->> 'number' = c.number) <> 1
    OR (SELECT count(*) FROM parties_involvement i WHERE i.case_id = c.id) <> 1
"""


def test_nothing_is_lost_or_doubled(product: Product, tmp_path: Path) -> None:
    notes = [tmp_path / f"writer-{number}" for number in range(WRITERS)]
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.drill.writer", str(note)], cwd=ROOT, env=product.environment()
        )
        for note in notes
    ]
    try:
        recoveries = kill_until_enough(product, notes)
    finally:
        for writer in writers:
            writer.terminate()
    assert [writer.wait(60) for writer in writers] == [0] * WRITERS
    acknowledged = dict(line.split() for note in notes for line in note.read_text().splitlines())
    sys.stdout.write(
        f"\n{len(acknowledged)} acknowledged, {len(recoveries)} kills, recovery ≤ {max(recoveries):.1f} s\n"
    )
    assert_whole(product, acknowledged)
    assert max(recoveries) <= LONGEST_RECOVERY_SECONDS, recoveries


def kill_until_enough(product: Product, notes: list[Path]) -> list[float]:
    chance = random.Random(20_251_122)
    recoveries: list[float] = []
    while written(notes) < ACKNOWLEDGED or len(recoveries) < len(VICTIMS):
        time.sleep(chance.uniform(0.5, 2.5))
        victim = VICTIMS[len(recoveries)] if len(recoveries) < len(VICTIMS) else chance.choice(VICTIMS)
        pids = find(product, victim)
        began = time.monotonic()
        processes.send(struck := chance.sample(pids, 1), signal.SIGKILL)
        # Not before it is gone: orphans of a killed web server still answer for a moment.
        while set(struck) & set(candidates(product, victim)):
            time.sleep(0.05)
        find(product, victim)
        product.wait_ready()
        recoveries.append(time.monotonic() - began)
    return recoveries


VICTIMS = ("web", "web process", "worker", "postmaster", "backend")


def find(product: Product, victim: str) -> list[int]:
    while not (pids := candidates(product, victim)):
        time.sleep(0.1)  # it was hit by the last round and is on its way up
    return pids


def candidates(product: Product, victim: str) -> list[int]:
    postgres = LocalPostgres(product.home)
    main = postgres.postmaster()
    if victim == "postmaster":
        return [main] if main else []
    if victim == "backend":
        return [pid for pid in postgres.place.identity.processes_in(postgres.place.data) if pid != main]
    service = processes.recall(product.home / "run" / f"{victim.split(maxsplit=1)[0]}.pid")
    if victim == "web process" and service:
        return [pid for pid in processes.marked(product.home) if os.getpgid(pid) == service != pid]
    return [service] if service else []


def written(notes: list[Path]) -> int:
    return sum(note.read_bytes().count(b"\n") for note in notes if note.exists())


def assert_whole(product: Product, acknowledged: dict[str, str]) -> None:
    with product.owner() as db:
        rows = db.execute("SELECT submission::text, number FROM cases_case").fetchall()
        stored = dict(rows)
        lost = {key: number for key, number in acknowledged.items() if stored.get(key) != number}
        assert lost == {}
        assert len(rows) == len(stored), "one submission made two cases"
        assert len(rows) == len({number for _, number in rows}), "a number was given twice"
        assert len(rows) - len(acknowledged) <= WRITERS, "more cases than were ever sent"
        assert db.execute(INCOMPLETE).fetchall() == []
