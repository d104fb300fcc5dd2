"""What an application for simplified cancellation says, and what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.parties import queries as parties
from hongdun.registration import allowable
from hongdun.registration.models import PublicNotice
from hongdun.registration.topics import words
from hongdun.registration.wording import PLAIN as USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

TOPICS = {"entity": "哪一户", "closing": "全体投资人承诺", "documents": "材料"}
PROMISE = (
    "未发生债权债务或者已将债权债务清偿完结，未发生或者已结清清偿费用、职工工资、社会保险费用、法定补偿金、应缴纳税款（滞纳金、罚款），"
    "全体投资人对此承担法律责任"
)
PLAIN = USUAL | {
    ("notice", "expired"): "公示期满，没有人提出异议",
    ("notice", "objected"): "公示期内有人提出异议，简易注销终止",
    ("apply", "apply"): "您申请了注销登记",
    ("apply", "lapsed"): "没有在公示期满 20 日内申请，简易注销终止",
    ("approve", "register"): "准予注销登记",
    ("approve", "refuse"): "不予注销登记，理由和救济途径见通知书",
}


def concerns(entity: Entity) -> bool:
    return entity.kind != "individual" and not entity.entity_type.branch


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:
    yield from allowable.common(entity)
    yield from allowable.branches(entity)
    yield from allowable.against_simple(entity, on=on)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def notice_of(case_id: UUID) -> PublicNotice:
    return PublicNotice.objects.get(case_id=case_id)


def facts(case: Case) -> dict[str, Any]:
    notice = notice_of(case.id)
    against = [
        (each.get_capacity_display(), f"{parties.name_of(each.person)}：{each.text}")
        for each in notice.objections.all()
    ]
    return {
        "answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()],
        "notice": notice,
        "objections": against,
    }


def _closing(value: Json, data: Json) -> list[tuple[str, str]]:  # noqa: ARG001 - all take both
    return [("投资人", value["investors"]), ("承诺", PROMISE)]


answers = words.answering({"closing": _closing})
