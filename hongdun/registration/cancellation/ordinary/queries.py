"""What an application for cancellation says of the liquidation, and which of its days the law doesn't allow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.law import queries as law
from hongdun.registration import allowable
from hongdun.registration.liquidation import queries as announced
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import words
from hongdun.registration.wording import PLAIN as USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

TOPICS = {"entity": "哪一户", "liquidation": "清算", "documents": "材料"}
WAYS = {
    "liquidated": "解散后经清算",
    "court": "人民法院裁定终结强制清算或者破产程序",
    "merged": "因合并、分立注销",
    "none": "依法不需要清算（例如分支机构）",
}
PLAIN = USUAL | {
    ("approve", "register"): "准予注销登记",
    ("approve", "refuse"): "不予注销登记，理由和救济途径见通知书",
}


def concerns(entity: Entity) -> bool:
    return entity.kind != "individual"


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    yield from allowable.common(entity)
    yield from allowable.branches(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def too_early(*, creditors: date, finished: date) -> str:
    """Creditors have 45 days from the announcement; before that the liquidation can't be finished (公司法 art. 235)."""
    rule = law.rule("creditor_claims", creditors)
    last = law.due("creditor_claims", creditors).date
    return (
        f"债权人自公告之日起{rule.limit}内申报债权（{rule.citation}），清算最早在 {last} 之后结束，请核对日期。"
        if finished <= last
        else ""
    )


def late(value: Json, *, received: date) -> list[str]:
    """Duties that were missed: no reason to refuse, but the officer has to know (条例 art. 32)."""
    found: list[str] = []
    if value["way"] == "liquidated":
        founded = date.fromisoformat(value["founded"])
        for code, day in (("cancellation_liquidators", "announced"), ("creditor_announcement", "creditors")):
            last, rule = law.due(code, founded, received).date, law.rule(code, received)
            if date.fromisoformat(value[day]) > last:
                found.append(
                    f"应当在 {last} 前{rule.label.removesuffix('期限')}（{rule.citation}），{value[day]} 才公告"
                )
    last = law.due("cancellation_application", date.fromisoformat(value["finished"]), received).date
    if received > last:
        found.append(
            f"应当自清算结束（决定作出）之日起 30 日内（{last} 前）申请注销（条例第三十二条第二款、细则第四十四条）"
        )
    return found


def facts(case: Case) -> dict[str, Any]:
    return {
        "answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()],
        "late": late(case.data["liquidation"], received=case.received),
        "announced": announced.of(whose.of(case.data)),
        "liquidated": case.data["liquidation"]["way"] == "liquidated",
    }


def _liquidation(value: Json, data: Json) -> list[tuple[str, str]]:  # noqa: ARG001 - all take both
    labels = {
        "liquidators": "清算组成员", "founded": "清算组成立", "announced": "公告清算组名单", "creditors": "公告债权人",
        "finished": "清算结束或者决定作出", "clearance": "清税证明文号",
    }  # fmt: skip
    rows = [(label, value[name]) for name, label in labels.items() if value.get(name)]
    return [("方式", WAYS[value["way"]]), *rows]


answers = words.answering({"liquidation": _liquidation})
