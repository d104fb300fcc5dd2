"""The monthly report of region, city and county, and the command page, with the cases of a year in the database.

Reach: a report ≤ 2 s (figures, both comparisons, the rankings, from the summaries), the command page ≤ 500 ms. Beside it
the same figures in one statement over the cases themselves (raw SQL); and what it takes to count everything anew and fold
it, as after an import of cases.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

    from hongdun.statistics.queries import periods

REGION, CITY, COUNTY = 450_000_000, 450_100_000, 450_103_000
REPORT_MS, COMMAND_MS = 2000, 500
ROUNDS = 5
CONTACT = """
INSERT INTO consumer_contact (id, organ, channel, key, received_at, payload, sha256, sender_name, sender_phone, sender_hash)
VALUES (gen_random_uuid(), 450000000, 'phone_12315', 'bench', now(), '', '', '', '', '') RETURNING id
"""
# Seven in ten are consultations; one in fifty is still open; tasks as of a complaint: routed, accepted, mediated.
FILL = """
WITH desks AS (SELECT array_agg(code ORDER BY code) AS codes FROM org_organ WHERE level >= 3),
made AS (
  INSERT INTO cases_case (id, number, procedure_code, procedure_version, mode, organ, title, data, submission, received,
    opened, closed, outcome, clock_rule, clock_provisional, extended)
  SELECT gen_random_uuid(), 'B' || n, CASE WHEN n %% 10 < 7 THEN 'consumer.consultation' WHEN n %% 10 = 9
    THEN 'consumer.report' ELSE 'consumer.complaint' END, 1, 'single', codes[1 + n %% cardinality(codes)],
    '测试商家' || n, '{"merchant": {"name": ""}, "text": ""}', gen_random_uuid(), current_date - n %% 365,
    now() - n %% 365 * interval '1 day',
    CASE WHEN n %% 50 = 0 THEN NULL ELSE now() - n %% 365 * interval '1 day' END, '', '', false, false
  FROM desks, generate_series(%(first)s::int, %(last)s::int) n
  RETURNING id, organ, procedure_code, received, opened, closed, substr(number, 2)::int AS n),
matters AS (
  INSERT INTO consumer_matter (case_id, contact_id, kind, channel, received, object_class, problem_class, sales_mode,
    urgency, claims, phone_hash, may_publish, may_entrust, result, recovered, rating, rating_words)
  SELECT id, %(contact)s, split_part(procedure_code, '.', 2), 'phone_12315', received, (10101 + n %% 9)::text, 'quality',
    '', '{}', '{}', '', true, false, CASE WHEN closed IS NULL THEN '' ELSE 'settled' END, n %% 500, 1 + n %% 5, ''
  FROM made)
INSERT INTO cases_task (id, case_id, organ, step, instance, role, duty, opened, due, due_rule, provisional, done, outcome,
  done_name, opinion, data)
SELECT gen_random_uuid(), id, organ, step, '', 'clerk', '', opened, received + days, '', false,
  CASE WHEN step = last AND closed IS NULL THEN NULL ELSE opened + interval '3 days' END, 'accept', '', '', '{}'
FROM (SELECT *, CASE WHEN procedure_code = 'consumer.consultation' THEN 'answer' ELSE 'route' END AS last FROM made) m,
  LATERAL (VALUES ('answer', 7), ('accept', 7), ('mediate', 60), ('route', 7)) AS s(step, days)
WHERE (procedure_code = 'consumer.consultation') = (step = 'answer')
"""


# The definition of the figures, applied to all cases of the organ instead of to some.
RAW = """
SELECT organ - organ %% 1000, figure,
  sum(amount) FILTER (WHERE day BETWEEN %(first)s AND %(last)s),
  sum(amount) FILTER (WHERE day BETWEEN %(first_before)s AND %(last_before)s),
  sum(amount) FILTER (WHERE day BETWEEN %(first_year)s AND %(last_year)s)
FROM ({counted}) AS c ("case", organ, day, figure, code, amount)
WHERE organ BETWEEN %(lo)s AND %(hi)s AND code = '' GROUP BY 1, 2
"""


def fill(owner: psycopg.Connection, count: int) -> None:
    found = owner.execute(CONTACT).fetchone()
    assert found
    for start in range(1, count + 1, 50_000):
        owner.execute(FILL, {"first": start, "last": min(start + 49_999, count), "contact": found[0]})
    owner.execute("VACUUM ANALYZE cases_case, cases_task, consumer_matter")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=250_000)
    given = parser.parse_args()
    with place.database("reports") as here:
        fill(here.owner, given.count)
        here.use()
        return measured(given.count)


def measured(count: int) -> int:
    from hongdun.base import clock
    from hongdun.statistics.actions import folding
    from hongdun.statistics.queries import command, periods, report
    from tests.cases import builders

    start = time.perf_counter()
    folding.recount(everything=True)
    counted = time.perf_counter()
    folding.fold_all()
    print(f"{count:,} 件：全部清点 {counted - start:.0f} 秒，汇总 {time.perf_counter() - counted:.0f} 秒")
    month = periods.containing(clock.today(), "month").before
    late = False
    for name, organ in (("自治区", REGION), ("市", CITY), ("县", COUNTY)):
        actor = builders.officer("head", organ=organ)
        paper = timed(actor, lambda organ=organ: report.of(organ, month))
        raw = timed(actor, lambda organ=organ: by_raw_sql(organ, month), rounds=1)
        page = timed(actor, lambda actor=actor: (command.places(actor), command.live(actor)))
        late |= paper > REPORT_MS or page > COMMAND_MS
        print(
            f"{count:,} 件：{name}月报 {paper:.0f} 毫秒（应 ≤ {REPORT_MS}），同样指标直接用 SQL 清点 {raw:.0f} 毫秒"
            f"（{raw / paper:.1f} 倍），指挥台 {page:.0f} 毫秒（应 ≤ {COMMAND_MS}）"
        )
    return 1 if late else 0


def by_raw_sql(organ: int, month: periods.Period) -> None:
    from django.db import connection

    from hongdun.base import clock
    from hongdun.lib import organs
    from hongdun.statistics.queries import counting

    scope = organs.scope(organ)
    given: dict[str, Any] = counting.limits(today=clock.today()) | {"lo": scope.lo, "hi": scope.hi}
    for name, period in (("", month), ("_before", month.before), ("_year", month.year_before)):
        given |= {f"first{name}": period.first, f"last{name}": period.last}
    whole = counting.COUNTED.replace("c.id = ANY(%(cases)s)", "true")
    with connection.cursor() as cursor:
        cursor.execute(RAW.replace("{counted}", whole), given)
        assert cursor.fetchall()


def timed(actor: object, work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    from hongdun.base.scope import acting

    times = []
    for _ in range(rounds):
        with acting(actor):
            start = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
