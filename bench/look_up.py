"""Look-up by code over HTTP against a prepared select of the same row, by processor time: client, server, database.

The lean lane of the front with an unlimited key, Django with all its middleware (without the front's hop), the entity's
page rendered and kept; beside them what one would write with FastAPI and SQLAlchemy, or with Django REST framework. wrk asks,
a client in C like pgbench, on connections kept open, as many as pgbench has clients.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import place
import processors
import serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from place import Place

REACH = {"lane": 0.25, "django": 0.08, "page": 0.04, "kept page": 0.13}
LABELS = {
    "lane": "快车道（JSON）",
    "django": "Django 全部中间件（JSON）",
    "page": "主体页面，第一次",
    "kept page": "主体页面，已缓存",
    "fastapi": "对照：FastAPI + SQLAlchemy",
    "drf": "对照：Django REST framework",
}
# What the answer holds, under a number, since pgbench draws nothing but numbers.
RAW = """
DROP TABLE IF EXISTS bench_raw;
CREATE UNLOGGED TABLE bench_raw AS
SELECT row_number() OVER (ORDER BY hashtext(e.uscc))::int AS number, e.uscc, e.organ, e.remarks, e.version,
    v.valid, v.recorded, v.particulars
FROM register_entity e JOIN register_version v ON v.entity_id = e.id AND upper_inf(v.valid) AND upper_inf(v.recorded);
ALTER TABLE bench_raw ADD PRIMARY KEY (number);
GRANT SELECT ON bench_raw TO hongdun_app;
VACUUM ANALYZE bench_raw;
"""
READ_RAW = """
\\set number random(1, {count})
SELECT row_to_json(r) FROM bench_raw r WHERE number = :number;
"""
SAMPLE = "SELECT uscc FROM register_entity ORDER BY hashtext(uscc) LIMIT 200000"
RECORD, PAGE = "/api/v1/entities/{}", "/entity/{}/"
HOT = 300  # pages that are asked for again and again
READERS = 8  # as many as pgbench's clients
# No quota, and room for every reader: what a refusal costs is another bench.
NO_LIMIT = {
    "HONGDUN_ANONYMOUS_PER_MINUTE": "0",
    "HONGDUN_ANONYMOUS_PER_DAY": "0",
    "HONGDUN_PUBLIC_AT_A_TIME": str(READERS),
}
DROP_KEYS = """
DELETE FROM parties_apikey WHERE account_id IN (SELECT person_id FROM parties_account WHERE is_demo);
DELETE FROM parties_password WHERE account_id IN (SELECT person_id FROM parties_account WHERE is_demo);
WITH gone AS (DELETE FROM parties_account WHERE is_demo RETURNING person_id)
DELETE FROM parties_person WHERE id IN (SELECT person_id FROM gone);
"""


@dataclass(frozen=True)
class Side:
    """One of those compared: whose processor time counts beside the client's, and a run, which says how many."""

    processes: tuple[int, ...]
    run: Callable[[], int]

    def microseconds(self) -> float:
        before = processors.spent(self.processes)
        done = self.run()
        time.sleep(0.3)  # the last of them are still being written down
        return (processors.spent(self.processes) - before) / done * 1e6


def unlimited_key(here: Place) -> str:
    from hongdun.base.actor import Actor
    from hongdun.base.scope import acting, system_scope
    from hongdun.parties import actions as parties

    here.owner.execute(DROP_KEYS)
    account = parties.register_account(
        name="测试",
        id_number="450103190001010019",
        phone="19900000001",
        password="a phrase 好记的话",
        is_demo=True,
    )
    with acting(Actor("测试", "applicant", account.person_id)) as actor:
        key, secret = parties.make_key(name="测试", actor=actor)
    with system_scope("测试") as system:
        parties.set_quota(key, per_minute=0, per_day=0, actor=system)
    return secret


def measure(here: Place, *, seconds: float, rounds: int) -> dict[str, Any]:
    codes = [code for (code,) in here.owner.execute(SAMPLE)]
    for statement in RAW.strip().split(";\n"):
        here.owner.execute(statement)
    (count,) = here.owner.execute("SELECT count(*) FROM bench_raw").fetchone() or (1,)
    raw = READ_RAW.format(count=count)
    keyed = {"X-Api-Key": unlimited_key(here)}
    postmaster = serving.postmaster()
    with ExitStack() as servers:
        lane = servers.enter_context(serving.running(here, **NO_LIMIT))
        bare = servers.enter_context(serving.running(here, "peers.without_lane:application", **NO_LIMIT))
        fastapi = servers.enter_context(serving.running(here, "peers.fastapi_app:app", interface="asgi"))
        drf = servers.enter_context(serving.running(here, "peers.drf_app:application"))

        def side(
            server: serving.Server, form: str, codes: list[str], headers: dict[str, str] | None = None
        ) -> Side:
            paths = [form.format(code) for code in codes]
            run = partial(
                serving.load, server.address, paths, seconds=seconds, headers=headers, readers=READERS
            )
            return Side((*server.processes, postmaster), run)

        sides = {
            "pgbench": Side((postmaster,), partial(serving.pgbench, here, raw, seconds=seconds)),
            "lane": side(lane, RECORD, codes, keyed),
            "django": side(bare, RECORD, codes, keyed),
            "page": side(lane, PAGE, codes[HOT:]),
            "kept page": side(lane, PAGE, codes[:HOT]),
            "fastapi": side(fastapi, RECORD, codes),
            "drf": side(drf, RECORD, codes),
        }
        for each in sides.values():
            each.run()  # plans, pages and caches are there before anything counts
        return _in_turns(sides, rounds)


def _in_turns(sides: dict[str, Side], rounds: int) -> dict[str, Any]:
    found = [{name: side.microseconds() for name, side in sides.items()} for _ in range(rounds)]
    told = {}
    for name in sides:
        cost = statistics.median(turn[name] for turn in found)
        ratio = statistics.median(turn["pgbench"] / turn[name] for turn in found)
        told[name] = {"us": round(cost), "ratio": round(ratio, 3)}
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.filled(given.count) as here:
        try:
            result = measure(here, seconds=given.seconds, rounds=given.rounds)
        finally:
            here.owner.execute(DROP_KEYS)
            here.owner.execute("DROP TABLE IF EXISTS bench_raw")
    if given.json:
        print(json.dumps(result))
    else:
        raw = result["pgbench"]["us"]
        print(
            f"{given.count:,} 户；每次所用处理器时间（含客户端）：预备语句按代码读同一行（pgbench）{raw} µs"
        )
        for name, label in LABELS.items():
            reach = f"（应 ≥ {REACH[name]}）" if name in REACH else ""
            short = "　未达到" if result[name]["ratio"] < REACH.get(name, 0) else ""
            print(f"{label}：{result[name]['us']:,} µs，{result[name]['ratio']}{reach}{short}")
    return 0 if all(result[name]["ratio"] >= reach for name, reach in REACH.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
