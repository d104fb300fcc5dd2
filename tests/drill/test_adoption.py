"""The call process is killed again and again in mid-call: within five seconds the next one has every call in hand."""

from __future__ import annotations

import os
import random
import signal
import statistics
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hongdun.calls.settings import telephony
from hongdun.site.run import processes
from tests.drill.instance import scale
from tests.drill.telephone import Telephone
from tests.drill.test_calls import run
from tests.drill.test_kill import candidates, find

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.drill.instance import Product

pytestmark = pytest.mark.drill

KILLS = max(3, int(12 * scale()))
CALLERS = 6
MUSIC_AFTER = 8.0  # seconds until all have pressed their key and hear music instead of prompts
ADOPTED_WITHIN = 5.0
ADOPTED = """
SELECT count(*), extract(epoch FROM max(at)) FROM calls_callevent WHERE kind = 'adopted' AND at > to_timestamp(%s)
"""
OPEN = """
import django; django.setup()
from tests.calls.builders import always_open
always_open()
"""
CALLS = "SELECT stage, outcome, ended IS NOT NULL FROM calls_call"


def test_calls_are_adopted_in_time(telephone_product: Product) -> None:
    product = telephone_product
    run(product, OPEN)
    callers = [Telephone(telephony(product.port).sip, f"1380000{number:04d}") for number in range(CALLERS)]
    for caller in callers:
        caller.dial()
        until(lambda caller=caller: caller.is_answered)
    time.sleep(1)
    for caller in callers:
        caller.press("1")
    time.sleep(MUSIC_AFTER)
    chance = random.Random(20_261_124)
    rounds = []
    for number in range(KILLS):
        time.sleep(chance.uniform(0.5, 2))
        rounds.append(kill_once(product, callers, whole=bool(number % 2)))
    times, silences = [each[0] for each in rounds], [each[1] for each in rounds]
    sys.stdout.write(
        f"\n{KILLS} kills with {CALLERS} calls: all adopted after {statistics.median(times):.1f} s in the middle, "
        f"≤ {max(times):.1f} s; longest silence a caller heard {max(silences):.1f} s\n"
    )
    hang_up(product, callers)
    assert max(times) <= ADOPTED_WITHIN, times


def kill_once(product: Product, callers: list[Telephone], *, whole: bool) -> tuple[float, float]:
    """Kill the worker that has the calls, or its server with it; how long till all are adopted, and what was heard."""
    [service] = find(product, "calls")
    group = [pid for pid in processes.marked(product.home) if os.getpgid(pid) == service]
    began = time.time()
    processes.send(group if whole else [pid for pid in group if pid != service], signal.SIGKILL)
    with product.owner() as db:
        until(lambda: db.execute(ADOPTED, [began]).fetchone()[0] >= len(callers))
        _, at = db.execute(ADOPTED, [began]).fetchone() or (0, 0)
    until(lambda: bool(candidates(product, "calls")))
    silence = max(caller.silence(began, float(at)) for caller in callers)
    time.sleep(MUSIC_AFTER)
    return float(at) - began, silence


def hang_up(product: Product, callers: list[Telephone]) -> None:
    """No record is lost, none doubled, each is closed by its caller's hanging up."""
    for caller in callers:
        caller.hang_up()
    with product.owner() as db:
        until(lambda: all(ended for _, _, ended in db.execute(CALLS).fetchall()))
        rows = db.execute(CALLS).fetchall()
    assert [outcome for _, outcome, _ in rows] == ["abandoned"] * len(callers)


def until(done: Callable[[], bool], *, within: float = 30) -> None:
    deadline = time.monotonic() + within
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
