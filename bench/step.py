"""One procedure step with permission, audit and message, against the same rows by plain SQL in one run. Reach: ≥ 0.5.

Both sides run the same transactions on one connection under the same role and row security, in turn, so that a
busy machine slows both. The plain side knows every value beforehand: no rules, no checks, no words.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

REACH, MOST_QUERIES = 0.5, 10
TASK = (
    "INSERT INTO cases_task (id, case_id, organ, step, instance, role, duty, opened, due, due_rule, provisional, "
    "outcome, done_name, opinion, data) VALUES (%s, %s, %s, 'approve', '', 'approver', 'approve', %s, %s, %s, false, "
    "'', '', '', '{}')"
)


def plain(case: Case, actor: Actor) -> None:
    """The rows of one step, one statement each."""
    from django.db import connection, transaction

    from hongdun.audit import actions as audit
    from hongdun.base import scope
    from hongdun.base.clock import now
    from hongdun.base.ids import uuid7
    from hongdun.outbox import actions as outbox

    lo, hi = actor.range
    at = now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(scope.SET, [str(lo), str(hi), str(actor.person), str(actor.post)])
        cursor.execute(
            "SELECT id, organ, clock_due FROM cases_case WHERE number = %s FOR UPDATE", [case.number]
        )
        cursor.fetchone()
        cursor.execute("SELECT id, step, role FROM cases_task WHERE case_id = %s AND done IS NULL", [case.id])
        task, _, _ = cursor.fetchone()
        cursor.execute(
            "UPDATE cases_task SET done = %s, outcome = 'agree', done_by = %s, done_post = %s, done_name = %s,"
            " opinion = '齐全', data = '{}' WHERE id = %s",
            [at, actor.person, actor.post, actor.name, task],
        )
        cursor.execute("UPDATE cases_case SET examiner = %s WHERE id = %s", [actor.person, case.id])
        cursor.execute(TASK, [uuid7(), case.id, case.organ, at, case.clock_due, case.clock_rule])
        event = audit.row(
            "test_pair.examine.agree", actor=actor, subject=case.number, organ=case.organ, case_id=case.id
        )
        columns, values = ", ".join(audit.COLUMNS), audit.VALUES
        cursor.execute(f"INSERT INTO audit_event ({columns}) VALUES ({values})", event)
        message = outbox.message_row(
            "case.moved", organ=case.organ, number=case.number, step="examine", outcome="agree"
        )
        columns, values = ", ".join(outbox.COLUMNS), outbox.VALUES
        cursor.execute(f"INSERT INTO outbox_message ({columns}) VALUES ({values})", message)


def whole(case: Case, actor: Actor) -> None:
    from hongdun.base.scope import acting
    from hongdun.cases import actions as cases

    with acting(actor):
        cases.finish_step(case.number, "examine", cases.Decision("agree", opinion="齐全"), actor=actor)


def timed(work: Callable[[Case, Actor], None], case: Case, actor: Actor) -> float:
    start = time.perf_counter()
    work(case, actor)
    return time.perf_counter() - start


def measure(count: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.cases import builders

    actor, who = builders.officer("examiner"), builders.applicant()
    made = [builders.case(by=who) for _ in range(2 * count + 20)]
    for case in made[:20]:
        whole(case, actor)
    pairs = list(zip(made[20::2], made[21::2], strict=True))
    times = [(timed(whole, a, actor), timed(plain, b, actor)) for a, b in pairs]
    with CaptureQueriesContext(connection) as seen:
        whole(builders.case(by=who), actor)
    step = [q["sql"] for q in seen.captured_queries]
    mine, raw = (statistics.median(side) for side in zip(*times, strict=True))
    return {
        "step_ms": round(mine * 1000, 2),
        "sql_ms": round(raw * 1000, 2),
        "ratio": round(raw / mine, 2),
        "queries": len(step) - next(i for i, q in enumerate(step) if "FOR UPDATE" in q),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database():
        result = measure(given.count)
    passed = result["ratio"] >= REACH and result["queries"] <= MOST_QUERIES
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"一步 {result['step_ms']} ms，同样的行用 SQL {result['sql_ms']} ms：{result['ratio']}（应 ≥ {REACH}），"
            f"{result['queries']} 次查询（应 ≤ {MOST_QUERIES}）{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
