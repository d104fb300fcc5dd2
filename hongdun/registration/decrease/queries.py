"""减少注册资本公告: what is announced to creditors, and for whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.registration import allowable
from hongdun.registration.models import DecreaseNotice
from hongdun.registration.steps import announcing
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker
    from hongdun.registration.signing.signatories import Signatory

    Json = Mapping[str, Any]

TOPICS = {"entity": "办理哪一户", "notice": "公告内容", "signer": "谁签署"}
PLAIN = announcing.PLAIN
SIGNED_ON_LINE = True


def concerns(entity: Entity) -> bool:
    return entity.entity_type.licence == "company"


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    yield from announcing.blockers(entity)
    yield from allowable.revoked(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def late(value: Json, *, on: date) -> str:
    """A warning, not a bar: both ways have to be announced within thirty days (公司法 art. 224, 225)."""
    rule = "decrease_announcement" if value["basis"] == "general" else "decrease_loss_announcement"
    last, found = law.due(rule, date.fromisoformat(value["resolved"]), on).date, law.rule(rule, on)
    return f"应在 {last} 前公告（{found.citation}），已经逾期；仍可公告。" if on > last else ""


def _notice(value: Json, data: Json) -> list[tuple[str, str]]:
    before = whose.of(data).capital
    warned = late(value, on=clock.today())
    return [
        ("注册资本", f"由 {before / 10_000:f} 万元减至 {value['capital']} 万元" if before else f"减至 {value['capital']} 万元"),
        ("减资方式", DecreaseNotice.Basis(value["basis"]).label),
        ("决议日期", value["resolved"]),
        ("债权申报", value["contact"]),
        *([("提醒", warned)] if warned else []),
    ]  # fmt: skip


answers = words.answering({"notice": _notice})


def facts(case: Case) -> dict[str, Any]:
    return {"answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()]}


def signatories(data: Json) -> list[Signatory]:
    return announcing.signed_by(data, capacity="法定代表人", paper="减少注册资本公告")
