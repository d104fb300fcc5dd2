"""Registrations that the rules decide: from sending to the licence, and how many a second. Reach: ≤ 3 s, ≥ 20/s, ≥ 6 PDF/s.

One process does what applicants and worker do one after another, on PostgreSQL beside it; decisions and printing are
timed apart, as they are apart in the worker's queue. A second core does as much again, which isn't counted here.
Companies and individual businesses are measured apart. `--count 1200` is what 60 seconds at 20 a second amount to.
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
    from uuid import UUID

    from hongdun.base.actor import Actor

    Prepare = Callable[[Actor, int], UUID]

REACH = {"licence_s": 3.0, "decisions_per_s": 20.0, "pdf_per_s": 6.0}
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
LABELS = {"company_establishment": "公司", "individual_establishment": "个体工商户"}


def company(who: Actor, number: int) -> UUID:
    from tests.registration import builders as build
    from tests.registration.screened import all_sign

    found = build.draft(who, name=f"广西{_trade(number)}软件有限公司")
    all_sign(found)
    return found.id


def shop(who: Actor, number: int) -> UUID:
    from tests.registration import shops

    return shops.draft(who, name=f"南宁市青秀区{_trade(number)}餐饮店").id


def _trade(number: int) -> str:
    """Trade names that differ in three characters, so that none is near another."""
    first, rest = divmod(number, len(SURNAMES))
    return SURNAMES[rest] * 2 + chr(0x9500 + number * 7 % 400) + chr(0x6C00 + first * 13 % 400)


def prepared(prepare: Prepare, count: int, who: Actor) -> list[UUID]:
    from hongdun.base.scope import acting

    with acting(who):
        return [prepare(who, number) for number in range(count)]


def send(draft: UUID, who: Actor) -> str:
    from hongdun.base.scope import acting
    from hongdun.registration.actions import drafts

    with acting(who):
        return str(drafts.send(draft, actor=who).number)


def timed(steps: list[str], work: Any) -> list[float]:
    from hongdun.base.scope import system_scope

    spent = []
    for number in steps:
        began = time.perf_counter()
        with system_scope("基准") as actor:
            work(number, actor=actor)
        spent.append(time.perf_counter() - began)
    return spent


def measure(code: str, prepare: Prepare, count: int) -> dict[str, Any]:
    from hongdun.base.scope import system_scope
    from hongdun.registration.screening import actions, released
    from hongdun.registration.screening.models import Screening
    from tests.registration import builders as build
    from tests.registration.screened import let_rules_decide

    with system_scope("基准"):
        released.load()
    let_rules_decide(code, share=5)
    who = build.applicant()
    drafts = prepared(prepare, count, who)
    began = time.perf_counter()
    numbers = [send(draft, who) for draft in drafts]
    sending = (time.perf_counter() - began) / count
    decisions = timed(numbers, actions.screen)
    printing = timed(numbers, actions.print_papers)
    with system_scope("基准"):
        decided = Screening.objects.filter(decided=True, procedure_code=code).count()
        assert decided == count, f"only {decided} of {count} were decided by the rules"
    return {
        "licence_s": round(sending + statistics.median(decisions) + statistics.median(printing), 2),
        "decisions_per_s": round(count / sum(decisions), 1),
        "deciding_s": round(sum(decisions), 1),
        "pdf_per_s": round(2 * count / sum(printing), 1),
    }


def reached(result: dict[str, Any]) -> bool:
    return bool(
        result["licence_s"] <= REACH["licence_s"]
        and result["decisions_per_s"] >= REACH["decisions_per_s"]
        and result["pdf_per_s"] >= REACH["pdf_per_s"]
    )


def in_words(code: str, result: dict[str, Any]) -> str:
    parts = (
        f"{LABELS[code]}：提交到执照 {result['licence_s']} s（应 ≤ {REACH['licence_s']}）",
        f"每秒决定 {result['decisions_per_s']} 件（应 ≥ {REACH['decisions_per_s']}；连续 {result['deciding_s']} s）",
        f"每秒制照 {result['pdf_per_s']} 份（应 ≥ {REACH['pdf_per_s']}）",
    )
    return "，".join(parts) + ("" if reached(result) else "　未达到")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database():
        results = {
            code: measure(code, prepare, given.count)
            for code, prepare in (("company_establishment", company), ("individual_establishment", shop))
        }
    if given.json:
        print(json.dumps(results))
    else:
        print("\n".join(in_words(code, result) for code, result in results.items()))
    return 0 if all(map(reached, results.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
