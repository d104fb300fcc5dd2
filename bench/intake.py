"""Intake through the HTTP API (Open311) that opens cases, under load, and against the same rows by plain SQL.

Load: 8 senders at once on kept-alive connections, each request a new matter. Reach: ≥ 100/s, p95 ≤ 200 ms.
Ratio: requests one after the other on one connection against the same statements by plain SQL in turn. Reach: ≥ 0.25.
The plain side knows every value beforehand and replays what one request wrote, in the same transactions.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import statistics
import sys
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

import look_up
import place
import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PER_SECOND, P95_MS, RATIO = 100, 200, 0.25
SENDERS = 8
PATH = "/open311/v2/requests.json"
MARK = "bench-plain"
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NUMBER = re.compile(r"(〔\d{4}〕)\d+号")


class Sender:
    """One kept-alive connection and the times of its answers."""

    def __init__(self, address: str, secret: str) -> None:
        self.line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        self.secret, self.times = secret, list[float]()

    def send(self, number: int) -> None:
        body = urlencode({
            "api_key": self.secret, "jurisdiction_id": "450103", "service_code": "consultation",
            "description": f"开早餐店要办什么手续？第 {number} 问", "last_name": "李", "first_name": "四",
            "phone": f"138{number % 10**8:08d}",
        })  # fmt: skip
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": f"bench-{number}"}
        begun = time.perf_counter()
        self.line.request("POST", PATH, body, headers)
        answer = self.line.getresponse()
        said = answer.read()
        self.times.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {said.decode()[:500]}")


def under_load(address: str, secret: str, *, seconds: float) -> dict[str, Any]:
    senders = [Sender(address, secret) for _ in range(SENDERS)]
    until = time.monotonic() + seconds
    lanes = [
        threading.Thread(target=_keep_sending, args=(each, at, until)) for at, each in enumerate(senders)
    ]
    begun = time.monotonic()
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    took = time.monotonic() - begun
    times = sorted(each for sender in senders for each in sender.times)
    return {"per_second": round(len(times) / took), "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1)}


def _keep_sending(sender: Sender, lane: int, until: float) -> None:
    number = 1_000_000 * (lane + 1)
    while time.monotonic() < until:
        sender.send(number)
        number += 1


def written(secret: str) -> list[tuple[str, Any]]:
    """Statements by which one request writes, with their values, in order."""
    from django.db import connection
    from django.test import Client

    seen: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's call
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "WITH")) or "set_config" in sql:
            seen.append((sql, params))
        return execute(sql, params, many, context)

    data = {
        "api_key": secret, "jurisdiction_id": "450103", "service_code": "consultation", "description": "一问",
        "last_name": "李", "first_name": "四", "phone": "13700000000",
    }  # fmt: skip
    with connection.execute_wrapper(note):
        answer = Client(SERVER_NAME="127.0.0.1").post(PATH, data, headers={"Idempotency-Key": MARK})
    assert answer.status_code == 200, answer.content
    return seen


def replay(statements: Sequence[tuple[str, Any]], number: int) -> None:
    """The same rows again under other keys, in as many transactions as the request has scopes."""
    from django.db import connection, transaction

    fresh: dict[str, str] = {}
    begins = [at for at, (sql, _) in enumerate(statements) if "set_config" in sql] or [0]
    for begin, end in zip(begins, [*begins[1:], len(statements)], strict=True):
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in statements[begin:end]:
                cursor.execute(sql, _renewed(params, fresh, number))


def _renewed(value: Any, fresh: dict[str, str], number: int) -> Any:
    """New for each run: our own keys (UUIDv7 and derived), the idempotency key, the case's number."""
    from django.db.backends.postgresql.psycopg_any import Jsonb

    if isinstance(value, list | tuple):
        return type(value)(_renewed(each, fresh, number) for each in value)
    if isinstance(value, Jsonb):
        return value
    if isinstance(value, UUID):
        return UUID(fresh.setdefault(str(value), str(uuid4())))
    if not isinstance(value, str):
        return value
    text = UUIDS.sub(lambda found: fresh.setdefault(found[0], str(uuid4())), value)
    return NUMBER.sub(lambda found: f"{found[1]}{number}号", text).replace(MARK, f"{MARK}-{number}")


def ratio(address: str, secret: str, count: int) -> dict[str, Any]:
    statements, sender = written(secret), Sender(address, secret)
    plain = []
    for number in range(1, count + 1):
        sender.send(number)
        begun = time.perf_counter()
        replay(statements, 1_000_000 + number)
        plain.append(time.perf_counter() - begun)
    mine, raw = statistics.median(sender.times[10:]), statistics.median(plain[10:])
    return {"one_ms": round(mine * 1000, 2), "sql_ms": round(raw * 1000, 2), "ratio": round(raw / mine, 2)}


def measure(*, seconds: float, count: int) -> dict[str, Any]:
    with place.database() as here:
        secret = look_up.unlimited_key(here)
        with serving.running(here) as server:
            under_load(server.address, secret, seconds=2)
            return under_load(server.address, secret, seconds=seconds) | ratio(server.address, secret, count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(seconds=given.seconds, count=given.count)
    passed = found["per_second"] >= PER_SECOND and found["p95_ms"] <= P95_MS and found["ratio"] >= RATIO
    if given.json:
        print(json.dumps(found))
    else:
        print(
            f"收件 {found['per_second']} 件/秒（应 ≥ {PER_SECOND}），p95 {found['p95_ms']} ms（应 ≤ {P95_MS}）；"
            f"逐件 {found['one_ms']} ms，同样的行用 SQL {found['sql_ms']} ms：{found['ratio']}（应 ≥ {RATIO}）"
            f"{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
