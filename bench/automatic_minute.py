"""A minute of registrations that the rules decide, 20 a second by two workers; then their licences are drained.

Reach: all decided within the minute and a moment (p95 of waiting ≤ 3 s), ≥ 6 PDF/s drained. The applications are sent
beforehand; each falls due at its time, as from a queue, and is decided by whichever process it belongs to. Their licences
wait in the queue meanwhile and are printed afterwards for `--drain` seconds: that rate tells when the queue is empty.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import automatic
import place

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WORKERS, RATE, SECONDS, DRAIN_SECONDS = 2, 20, 60, 30
REACH = {"waiting_p95_s": 3.0, "pdf_per_s": 6.0}
CODE = "company_establishment"


@dataclass(frozen=True)
class Share:
    """One worker's part: numbers of the cases with the seconds after the beginning at which each falls due."""

    due: list[tuple[float, str]]
    begin: float
    drain_from: float
    drain_for: float


def sent(count: int) -> list[str]:
    from hongdun.base.scope import system_scope
    from hongdun.registration.screening import released
    from tests.registration import builders as build
    from tests.registration.screened import let_rules_decide

    with system_scope("基准"):
        released.load()
    let_rules_decide(CODE, share=5)
    who = build.applicant()
    return [automatic.send(draft, who) for draft in automatic.prepared(automatic.company, count, who)]


def work(line: Connection) -> None:
    """A worker process, with a connection of its own."""
    from django.db import connections

    from hongdun.base.scope import system_scope
    from hongdun.registration.screening import actions

    share: Share = line.recv()
    waited = []
    for moment, number in share.due:
        time.sleep(max(0.0, share.begin + moment - time.time()))
        with system_scope("基准") as actor:
            noted = actions.screen(number, actor=actor)
        assert noted, f"{number} was not looked at"
        assert noted.decided, f"{number} was not decided: {noted.results}"
        waited.append(time.time() - share.begin - moment)
    ended = time.time()
    time.sleep(max(0.0, share.drain_from - ended))
    printed, began = 0, time.time()
    for _, number in share.due:
        if time.time() - began > share.drain_for:
            break
        with system_scope("基准") as actor:
            actions.print_papers(number, actor=actor)
        printed += 1
    line.send((waited, ended, printed, time.time() - began))
    connections.close_all()


def measure(*, rate: int, seconds: int, drain: float) -> dict[str, Any]:
    """The workers are forked before anything is printed: the setter's threads don't survive it."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    lines = []
    for _ in range(WORKERS):
        ours, theirs = context.Pipe()
        context.Process(target=work, args=(theirs,), daemon=True).start()
        lines.append(ours)
    numbers = sent(rate * seconds)
    begin = time.time() + 2
    for lane, line in enumerate(lines):
        due = [(at / rate, number) for at, number in enumerate(numbers) if at % WORKERS == lane]
        line.send(Share(due, begin, begin + seconds + 1, drain))
    return figures([line.recv() for line in lines], begin)


def figures(said: list[tuple[list[float], float, int, float]], begin: float) -> dict[str, Any]:
    waited = sorted(each for times, *_ in said for each in times)
    took = max(ended for _, ended, *_ in said) - begin
    sheets = sum(2 * printed / spent for _, _, printed, spent in said)
    return {
        "decided": len(waited), "seconds": round(took, 1), "waiting_p50_s": round(waited[len(waited) // 2], 3),
        "waiting_p95_s": round(waited[int(len(waited) * 0.95)], 3), "pdf_per_s": round(sheets, 1),
        "queue_s": round(2 * len(waited) / sheets),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--drain", type=float, default=DRAIN_SECONDS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database():
        result = measure(rate=given.rate, seconds=given.seconds, drain=given.drain)
    passed = all(
        (result["waiting_p95_s"] <= REACH["waiting_p95_s"], result["pdf_per_s"] >= REACH["pdf_per_s"])
    )
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"每秒 {given.rate} 件、{given.seconds} 秒、{WORKERS} 个进程：{result['decided']} 件用 {result['seconds']} s 决定完，"
            f"等待中位 {result['waiting_p50_s']} s、p95 {result['waiting_p95_s']} s（应 ≤ {REACH['waiting_p95_s']}）；"
            f"随后每秒制照 {result['pdf_per_s']} 份（应 ≥ {REACH['pdf_per_s']}），排队的全部制完约 {result['queue_s']} s"
            f"{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
