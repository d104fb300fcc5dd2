"""Everything is killed at random while a partner files and citizens call: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.calls.settings import telephony
from hongdun.site.run import processes
from tests.calls import exchange as exchanges
from tests.cluster import ROOT
from tests.drill.instance import scale
from tests.drill.test_kill import candidates, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.drill.instance import Product

pytestmark = pytest.mark.drill

KILLS = max(5, int(50 * scale()))
SENDERS = 2
RATE = 2  # calls a second
VICTIMS = ("calls", "media", "postmaster", "web", "worker")
QUIET_SECONDS = 90  # until every message was heard and every call's record closed
COUNTS = """
import json, django; django.setup()
from collections import Counter
from hongdun.base.scope import system_scope
from hongdun.calls.models import Call
from hongdun.consumer.models import Contact, Matter
with system_scope("演练"):
    calls = list(Call.objects.all())
    contacts = list(Contact.objects.values_list("channel", "key", "id"))
    matters = Counter(str(k) for k in Matter.objects.values_list("contact_id", flat=True))
print(json.dumps({
    "callers": Counter(call.caller for call in calls), "open": sum(not call.ended for call in calls),
    "calls": [str(call.id) for call in calls], "outcomes": Counter(call.outcome for call in calls),
    "heard": [key for channel, key, _ in contacts if channel == "phone_12315"],
    "filed": {str(id): matters[str(id)] for channel, _, id in contacts if channel != "phone_12315"},
}))
"""
KEY = """
import django; django.setup()
from tests.consumer.test_open311 import key
print(key())
"""


def test_contacts_cases_and_calls_survive(telephone_product: Product, tmp_path: Path) -> None:
    product = telephone_product
    secret = run(product, KEY).strip()
    notes = [tmp_path / f"sender{number}" for number in range(SENDERS)]
    address = f"http://127.0.0.1:{product.port}/open311/v2/requests.json"
    senders = [start(product, str(note), address, secret) for note in notes]
    callers = ring(product, tmp_path)
    try:
        until_begun(notes)
        strike_at_random(product)
    finally:
        callers.send_signal(signal.SIGUSR1)  # those who are talking go on to their end
        for sender in senders:
            sender.terminate()
    assert [sender.wait(60) for sender in senders] == [0] * SENDERS
    try:
        callers.wait(60)
    finally:
        callers.kill()
    acknowledged = dict(line.split() for note in notes for line in note.read_text().splitlines())
    made = made_calls(tmp_path)
    found = settled(product)
    sys.stdout.write(
        f"\n{KILLS} kills, {len(acknowledged)} matters acknowledged, {made} calls made: {found['outcomes']}\n"
    )
    assert found["open"] == 0
    assert found["callers"] == {f"138{number:08d}": 1 for number in range(made)}, "one record for each call"
    assert sorted(found["heard"]) == sorted(found["calls"]), "one contact for each call"
    assert len(set(acknowledged.values())) == len(acknowledged), "a contact for each key"
    assert {id_: found["filed"].get(id_) for id_ in acknowledged.values()} == dict.fromkeys(
        acknowledged.values(), 1
    )
    assert set(found["filed"].values()) == {1}, "one case for each contact"
    assert len(found["filed"]) - len(acknowledged) <= SENDERS


def strike_at_random(product: Product) -> None:
    chance = random.Random(20_261_125)
    for number in range(KILLS):
        time.sleep(chance.uniform(0.5, 2.0))
        victim = VICTIMS[number] if number < len(VICTIMS) else chance.choice(VICTIMS)
        pids = candidates(product, victim)
        processes.send(chance.sample(pids, 1) if pids else [], signal.SIGKILL)
    product.wait_ready()
    time.sleep(5)


def ring(product: Product, folder: Path) -> subprocess.Popen[bytes]:
    host, port = telephony(product.port).sip
    numbers = folder / "numbers.csv"
    numbers.write_text("SEQUENTIAL\n" + "".join(f"138{n:08d}\n" for n in range(5000)))
    own = exchanges.free_port()
    command = [
        "sipp", "-sf", str(exchanges.HERE / "load.xml"), "-inf", str(numbers), "-s", "12315", "-r", str(RATE),
        "-i", host, "-mi", host, "-p", str(own), "-mp", str(own + 1), "-trace_stat", "-stf", str(folder / "stat.csv"),
        "-fd", "1", f"{host}:{port}",
    ]  # fmt: skip
    with (folder / "sipp.log").open("wb") as log:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)


def made_calls(folder: Path) -> int:
    """How many telephones rang, by sipp's own count."""
    lines = [line.split(";") for line in (folder / "stat.csv").read_text().splitlines() if line]
    return int(lines[-1][lines[0].index("OutgoingCall(C)")])


def settled(product: Product) -> dict[str, Any]:
    deadline = time.monotonic() + QUIET_SECONDS
    while True:
        found: dict[str, Any] = json.loads(run(product, COUNTS))
        quiet = not found["open"] and len(found["heard"]) >= len(found["calls"])
        if quiet or time.monotonic() > deadline:
            return found
        time.sleep(1)


def until_begun(notes: list[Path]) -> None:
    while written(notes) < SENDERS:
        time.sleep(0.1)


def start(product: Product, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.drill.sender", *words]
    return subprocess.Popen(command, cwd=ROOT, env=product.environment())


def run(product: Product, code: str) -> str:
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=product.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
