"""减少注册资本公告: what is announced to creditors, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.registration import allowable
from hongdun.registration.signing.signatories import Signatory
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

TOPICS = {"entity": "办理哪一户", "notice": "公告内容", "signer": "谁签署"}
PLAIN = {("publish", "published"): "公告已发布"}
SIGNED_ON_LINE = True


def concerns(entity: Entity) -> bool:
    return entity.entity_type.licence == "company"


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    yield from (each for each in allowable.common(entity) if each.code != "open_filing")
    yield from allowable.revoked(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def answers(topic: str, data: Json) -> list[tuple[str, str]]:
    value = data.get(topic)
    if value is None:
        return []
    if topic == "entity":
        return [("名称", value["name"]), ("统一社会信用代码", value["uscc"])]
    if topic == "signer":
        return [("姓名", f"{value['name']}（{value['masked']}）")]
    before = whose.of(data).capital
    return [
        ("注册资本", f"由 {before / 10_000:f} 万元减至 {value['capital']} 万元" if before else f"减至 {value['capital']} 万元"),
        ("决议日期", value["resolved"]),
        ("债权申报", value["contact"]),
    ]  # fmt: skip


def facts(case: Case) -> dict[str, Any]:
    return {"answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()]}


def signatories(data: Json) -> list[Signatory]:
    value = data.get("signer")
    return (
        [Signatory(UUID(value["person"]), value["name"], "法定代表人", ("减少注册资本公告",))]
        if value
        else []
    )
