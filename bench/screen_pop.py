"""What an operator waits for when a call is put through: who calls, with their earlier cases, on the page to register it.

The register holds `--entities`, the complaints table a million past ones of 300,000 people, a third of them from three
thousand who complain often. Timed over HTTP, one request after the other on a kept connection: the piece of the page
that shows the caller's cases by the call that is on the line, and the whole page opened anew. Reach: p95 ≤ 300 ms each.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import sys
import time
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import overload
import place
import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    import psycopg

P95_MS = 300
PEOPLE, OFTEN = 300_000, 3_000
CALLERS = 300
CITY = 450_100_000
CONTACT = """
INSERT INTO consumer_contact (id, organ, channel, key, received_at, payload, sha256, sender_name, sender_phone, sender_hash)
VALUES (gen_random_uuid(), 450000000, 'phone_12315', 'bench', now(), '', '', '', '', '') RETURNING id
"""
CASES = """
COPY cases_case (id, number, procedure_code, procedure_version, mode, organ, title, data, submission, received, opened,
  closed, outcome, clock_rule, clock_provisional, extended) FROM STDIN
"""
MATTERS = """
COPY consumer_matter (case_id, contact_id, kind, channel, received, object_class, problem_class, sales_mode, urgency,
  claims, phone_hash, may_publish, may_entrust, result, rating_words) FROM STDIN
"""
Past = tuple["UUID", int, int, str, date]


def phone(person: int) -> str:
    return f"139{person:08d}"


def past(count: int, desks: list[int]) -> Iterator[Past]:
    """Key, number, organ, who complained (hashed), when."""
    from hongdun.base import clock
    from hongdun.base.ids import uuid7
    from hongdun.parties.queries import phone_hash

    chance, today = random.Random(1), clock.today()
    for number in range(count):
        person = chance.randrange(PEOPLE if number % 3 else OFTEN)
        day = today - timedelta(days=chance.randrange(730))
        yield uuid7(), number, chance.choice(desks), phone_hash(phone(person)), day


def fill(owner: psycopg.Connection, count: int) -> None:
    found = owner.execute(CONTACT).fetchone()
    assert found
    desks = [code for (code,) in owner.execute("SELECT code FROM org_organ WHERE level >= 3").fetchall()]
    rows = past(count, desks)
    while some := list(islice(rows, 50_000)):
        with owner.cursor() as cursor, cursor.copy(CASES) as copy:
            for key, number, organ, _, day in some:
                copy.write_row(
                    (key, f"P{number}", "consumer.complaint", 1, "single", organ, f"测试商家{number}", "{}", key, day, day,
                     day, "close", "", False, False)
                )  # fmt: skip
        with owner.cursor() as cursor, cursor.copy(MATTERS) as copy:
            for key, _, _, hashed, day in some:
                copy.write_row(
                    (key, found[0], "complaint", "phone_12315", day, "10501", "quality", "", "{}", "{}", hashed, True,
                     False, "settled", "")
                )  # fmt: skip
    owner.execute("VACUUM ANALYZE cases_case, consumer_matter")


def calls() -> list[str]:
    """Calls on the line: half from those who complain often, the rest from anybody or nobody known."""
    from hongdun.base.ids import uuid7
    from hongdun.base.scope import system_scope
    from hongdun.calls import actions

    chance, made = random.Random(2), []
    with system_scope("基准"):
        for number in range(CALLERS):
            caller = phone(chance.randrange(OFTEN if number % 2 else 2 * PEOPLE))
            made.append(actions.receive(uuid7(), organ=CITY, line="12315", caller=caller))
    return [str(call.id) for call in made]


def timed(address: str, paths: list[str], cookie: str) -> list[float]:
    line, times = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30), list[float]()
    for path in paths:
        begun = time.perf_counter()
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    return times


def measure(entities: int, cases: int) -> dict[str, Any]:
    with place.copied(entities, "screen_pop") as here:
        fill(here.owner, cases)
        cookie, on_line = overload.an_officers_cookie(), calls()
        with serving.running(here) as server:
            found = {}
            for name, path in (("caller", "/desk/12315/caller/?call="), ("page", "/desk/12315/new/?call=")):
                times = timed(server.address, [f"{path}{call}" for call in on_line], cookie)
                found[f"{name}_p95_ms"] = round(statistics.quantiles(times, n=20)[-1], 1)
                found[f"{name}_median_ms"] = round(statistics.median(times), 1)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.entities, given.cases)
    if given.json:
        print(json.dumps(found))
    else:
        print(
            f"{given.entities:,} 个市场主体、{given.cases:,} 件以往投诉：来电人以前的事项 p95 {found['caller_p95_ms']} ms"
            f"（中位 {found['caller_median_ms']}），登记页 p95 {found['page_p95_ms']} ms（中位 {found['page_median_ms']}），"
            f"应不超过 {P95_MS}"
        )
    return max(found["caller_p95_ms"], found["page_p95_ms"]) > P95_MS


if __name__ == "__main__":
    sys.exit(main())
