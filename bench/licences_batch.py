"""1,000 reissued licences in one batch: numbered, entered, printed, signed, kept, bound. Reach: ≤ 180 s.

One worker on PostgreSQL beside it. `ratio`: seconds of the whole run over those that the PDF library alone takes for the
same sheets, measured on a part of them in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING, Any
from unittest import mock

import place

if TYPE_CHECKING:
    from uuid import UUID

REACH_S = 180.0
SAMPLE = 100
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"


def _name(number: int) -> str:
    first, rest = divmod(number, len(SURNAMES))
    return f"广西{SURNAMES[rest] * 2}{chr(0x9500 + number * 7 % 400)}{chr(0x6C00 + first * 13 % 400)}软件有限公司"


def decided(count: int) -> UUID:
    """Companies that lost their original, their reissue decided, all chosen for one run; returns the run."""
    from hongdun.base import clock
    from hongdun.base.ids import uuid7
    from hongdun.base.scope import acting, system_scope
    from hongdun.cases import actions as cases
    from hongdun.register import actions as register
    from hongdun.registration.establishment.queries import particulars
    from hongdun.registration.licence import blanks, delivering, printing
    from hongdun.registration.licence.reissue.procedure import REISSUE
    from tests.registration import builders as build

    founder, counter = build.applicant("张三"), build.officer("counter")
    with acting(founder):
        answers = build.answers(founder)
    with system_scope("基准") as actor:
        deliveries = []
        for number in range(count):
            state = particulars(
                answers | {"name": answers["name"] | {"name": _name(number)}}, established=clock.today()
            )
            entity = register.establish(
                particulars=state, organ=build.QINGXIU, on=clock.today(), case_id=None, actor=actor
            )
            case = cases.open_case(
                REISSUE, organ=build.QINGXIU, title=entity.name, submission=uuid7(), actor=actor, entity=entity.pk,
                data={"applicant": "张三", "places": [["original", 0]]},
            )  # fmt: skip
            held = delivering.due(case, entity, actor=counter)
            deliveries.append(held.pk)
    with acting(counter):
        blanks.receive(copy="original", first="A00001", last=f"A{count:05d}", actor=counter)
        return printing.begin(deliveries, actor=counter).pk


def measure(count: int) -> dict[str, Any]:
    from hongdun.documents.licence import print_licence
    from hongdun.registration.actions import licences
    from hongdun.registration.licence import printing

    run, printed = decided(count), []

    def noted(data: Any, **how: Any) -> bytes:
        printed.append((data, how))
        return print_licence(data, **how)

    with mock.patch.object(licences, "print_licence", noted):
        began, cpu = time.perf_counter(), time.process_time()
        printing.print_run(run)
        whole, used = time.perf_counter() - began, time.process_time() - cpu
    _check(run, count)
    began = time.perf_counter()
    for data, how in printed[:SAMPLE]:
        print_licence(data, **how)
    bare = (time.perf_counter() - began) / min(count, SAMPLE) * count
    return {
        "licences": count, "seconds": round(whole, 1), "cpu_s": round(used, 1), "bare_s": round(bare, 1),
        "ratio": round(whole / bare, 2), "per_s": round(count / whole, 1),
    }  # fmt: skip


def _check(run: UUID, count: int) -> None:
    from hongdun.base.scope import system_scope
    from hongdun.documents import queries as documents
    from hongdun.register.models import Licence
    from hongdun.registration.licence.models import Blank, PrintRun

    with system_scope("基准"):
        found = PrintRun.objects.get(pk=run)
        assert found.originals
        bound = documents.document(found.originals)
        assert bound
        assert bound.pages == count, "the bound file has not one page for each licence"
        assert Licence.objects.filter(state="valid").count() == count
        assert Blank.objects.filter(state="used").values("licence").distinct().count() == count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database():
        result = measure(given.count)
    passed = bool(result["seconds"] <= REACH_S * given.count / 1000)
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"{result['licences']} 张补发执照一批 {result['seconds']} s（应 ≤ {REACH_S * given.count / 1000:g}），"
            f"每秒 {result['per_s']} 张；"
            f"只排版 {result['bare_s']} s，比值 {result['ratio']}{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
