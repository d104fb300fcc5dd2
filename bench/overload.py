"""Ten times as many readers as there is room for: what is still answered, how soon the rest is refused, how officers fare.

Nominal is what NOMINAL readers get who ask again at once. Then READERS pause so long between questions that together
they ask for ten times that. Reach: ≥ 0.9 of the nominal answers; refusals (429, 503) in under 50 ms; an officer's page
takes no longer than twice as long.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import place
import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOMINAL, READERS, TIMES = 20, 200, 10
REACH, LONGEST_REFUSAL_MS, OFFICERS_SLOWER = 0.9, 50, 2.0
COUNT = 20_000
PAUSE = 0.1  # of those who watch
NO_LIMIT = {"HONGDUN_ANONYMOUS_PER_MINUTE": "0", "HONGDUN_ANONYMOUS_PER_DAY": "0"}
SCRIPT = """
local words = {{}}
for line in io.lines("{file}") do words[#words + 1] = line end
local answered, refused, other = 0, 0, 0
function setup(thread) reader = thread end
function init() math.randomseed({seed}) answered, refused, other = 0, 0, 0 end
function request() return wrk.format("GET", words[math.random(#words)]) end
function delay() return {pause} end
function response(status)
  if status == 200 then answered = answered + 1
  elseif status == 429 or status == 503 then refused = refused + 1
  else other = other + 1 end
  wrk.thread:set("told", answered .. " " .. refused .. " " .. other)
end
function done() print("told " .. (reader:get("told") or "0 0 0")) end
"""


@dataclass
class Seen:
    """What somebody saw who asks one question after the other: milliseconds by status."""

    times: dict[int, list[float]] = field(default_factory=dict)

    def of(self, *statuses: int) -> list[float]:
        return sorted(one for status in statuses for one in self.times.get(status, []))


@contextmanager
def watching(address: str, path: str, headers: dict[str, str]) -> Iterator[Seen]:
    seen, over = Seen(), threading.Event()

    def watch() -> None:
        host = address.removeprefix("http://")
        while not over.wait(PAUSE):
            begun = time.perf_counter()
            line = http.client.HTTPConnection(host, timeout=10)
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
            line.close()
            seen.times.setdefault(answer.status, []).append((time.perf_counter() - begun) * 1000)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def load(address: str, paths: Sequence[str], *, readers: int, pause: float, seconds: int) -> tuple[int, ...]:
    """Answered, refused, anything else."""
    with tempfile.TemporaryDirectory(prefix="hongdun-bench-") as folder:
        (Path(folder) / "paths").write_text("\n".join(paths))
        script = Path(folder) / "load.lua"
        script.write_text(
            SCRIPT.format(
                file=Path(folder) / "paths", seed=time.monotonic_ns() % 2**31, pause=round(pause * 1000)
            )
        )
        said = subprocess.run(
            ["wrk", "-t1", f"-c{readers}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), address],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    told = re.search(r"told (\d+) (\d+) (\d+)", said)
    if not told or "Socket errors" in said:
        raise SystemExit(said)
    return tuple(map(int, told.groups()))


def an_officers_cookie() -> str:
    """A session as it is after signing in."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from hongdun.base import seat as seats
    from tests.org import builders

    actor = builders.an_actor()
    assert actor.person
    session = SessionStore()
    session[seats.SEAT] = asdict(
        seats.new("officer", actor.person, stamp=0, post=actor.post, name=actor.name)
    )
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def measure(here: place.Place, *, seconds: int) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("generate_entities", count=COUNT, seed=1, stdout=sys.stderr)
    here.owner.execute("VACUUM ANALYZE")
    names = here.owner.execute(
        "SELECT trade FROM register_name WHERE length(trade) > 1 LIMIT 2000"
    ).fetchall()
    paths = [f"/search/?q={quote(name)}" for (name,) in names]
    officer = {"Cookie": an_officers_cookie()}
    with serving.running(here, **NO_LIMIT) as server:
        for _ in range(3):  # that it is an officer is known from the second page on
            assert serving.get(f"{server.address}/desk/", officer)[0] == 200
        load(server.address, paths, readers=NOMINAL, pause=0, seconds=3)
        with watching(server.address, "/desk/", officer) as calm:
            nominal = load(server.address, paths, readers=NOMINAL, pause=0, seconds=seconds)
        pause = READERS * seconds / (TIMES * nominal[0])
        with (
            watching(server.address, "/desk/", officer) as busy,
            watching(server.address, paths[0], {}) as reader,
        ):
            crowded = load(server.address, paths, readers=READERS, pause=pause, seconds=seconds)
    if nominal[2] or crowded[2] or set(busy.times) != {200}:
        raise SystemExit(f"neither answered nor refused: {nominal} {crowded} {set(busy.times)}")
    refusals = reader.of(429, 503)
    return {
        "nominal_per_s": round(nominal[0] / seconds), "asked_per_s": round(sum(crowded) / seconds),
        "answered_per_s": round(crowded[0] / seconds), "ratio": round(crowded[0] / nominal[0], 2),
        "refusals_seen": len(refusals), "refusal_p95_ms": part(refusals, 0.95),
        "officer_calm_p95_ms": part(calm.of(200), 0.95), "officer_busy_p95_ms": part(busy.of(200), 0.95),
    }  # fmt: skip


def part(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database("overload") as here:
        told = measure(here, seconds=given.seconds)
    passed = (
        told["ratio"] >= REACH
        and told["refusal_p95_ms"] < LONGEST_REFUSAL_MS
        and told["officer_busy_p95_ms"] <= OFFICERS_SLOWER * told["officer_calm_p95_ms"]
    )
    if given.json:
        print(json.dumps(told))
    else:
        print(
            f"{NOMINAL} 位读者时每秒答复 {told['nominal_per_s']} 次；{READERS} 位读者每秒提问 {told['asked_per_s']} 次时答复"
            f" {told['answered_per_s']} 次：{told['ratio']}（应 ≥ {REACH}）\n"
            f"其余拒绝，p95 {told['refusal_p95_ms']} 毫秒（应 < {LONGEST_REFUSAL_MS}）；工作人员页面 p95"
            f" {told['officer_calm_p95_ms']} → {told['officer_busy_p95_ms']} 毫秒（应不超过 {OFFICERS_SLOWER:g} 倍）"
            f"{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
