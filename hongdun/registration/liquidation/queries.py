"""清算组和债权人公告: who liquidates, since when, and where creditors go."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.law import queries as law
from hongdun.registration.models import LiquidationNotice
from hongdun.registration.steps import announcing
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
    return entity.kind != "individual" and not entity.entity_type.branch


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    """A revoked company is wound up like any other (公司法 art. 229)."""
    yield from announcing.blockers(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def of(entity: Entity) -> LiquidationNotice | None:
    """The first one that this platform published of the entity: creditors' days count from it."""
    return LiquidationNotice.objects.filter(entity=entity).order_by("published", "id").first()


def late(founded: date, *, announced: date) -> Iterator[str]:
    """Duties that were missed, which are no reason not to publish (条例 art. 32, 公司法 art. 235)."""
    for code, what in (("cancellation_liquidators", "清算组名单"), ("creditor_announcement", "债权人公告")):
        last, rule = law.due(code, founded, announced).date, law.rule(code, announced)
        if announced > last:
            yield f"{what}应当在 {last} 前公告（{rule.citation}），已经逾期"


def _notice(value: Json, data: Json) -> list[tuple[str, str]]:  # noqa: ARG001 - all take both
    warned = late(date.fromisoformat(value["founded"]), announced=clock.today())
    return [
        ("清算组负责人", value["head"]), ("清算组成员", value["members"]), ("清算组成立", value["founded"]),
        ("债权申报", value["contact"]), *(("提醒", f"{each}；仍可公告。") for each in warned),
    ]  # fmt: skip


answers = words.answering({"notice": _notice})


def facts(case: Case) -> dict[str, Any]:
    return {"answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()]}


def signatories(data: Json) -> list[Signatory]:
    return announcing.signed_by(data, capacity="法定代表人（负责人）", paper="清算组和债权人公告")
