"""Cancelling a shop whose taxes are cleared (细则 art. 46)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.registration import allowable
from hongdun.registration.individual.change.queries import concerns
from hongdun.registration.individual.establishment.queries import counter_words
from hongdun.registration.individual.terms import PLAIN
from hongdun.registration.topics import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

__all__ = ["PLAIN", "TOPICS", "answers", "blockers", "concerns", "facts", "stored"]

TOPICS = {"entity": "哪一户", "closing": "为什么注销", "documents": "材料"}
REASONS = {
    "stopped": "不再经营",
    "moved": "搬到别处经营",
    "operator": "换人经营",
    "company": "转为企业",
    "other": "其他",
}
UNDERTAKING = "没有债权债务，或者已经清偿完结；没有未结清的费用、工资、社会保险费、税款（滞纳金、罚款）"


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    yield from allowable.common(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS if code in data} | {"applicant": applicant}


def facts(case: Case) -> dict[str, Any]:
    rows = [(code, label, answers(code, case.data)) for code, label in TOPICS.items() if case.data.get(code)]
    return {"answers": rows, "counter": counter_words(case)}


def _closing(value: Json, data: Json) -> list[tuple[str, str]]:  # noqa: ARG001 - all take both
    promised = [("经营者承诺", UNDERTAKING)] if value.get("undertaking") else []
    cleared = [("清税证明", value["clearance"])] if value.get("clearance") else []
    return [("注销原因", REASONS[value["reason"]]), *cleared, *promised]


answers = words.answering({"closing": _closing})
