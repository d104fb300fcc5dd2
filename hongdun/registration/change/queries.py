"""What an application for a change says, whom it concerns, what stands against it, who signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib import entitytypes
from hongdun.lib.entitytypes import UNKNOWN
from hongdun.register import queries as register
from hongdun.registration import allowable, items, queries
from hongdun.registration.change import terms
from hongdun.registration.change.rules import FILINGS
from hongdun.registration.change.words import answers
from hongdun.registration.signing.signatories import Signatory
from hongdun.registration.topics import entity as whose
from hongdun.registration.wording import PLAIN as STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.register.queries import State
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

__all__ = [
    "PLAIN",
    "SIGNED_ON_LINE",
    "answers",
    "blockers",
    "changes",
    "concerns",
    "facts",
    "signatories",
    "stored",
]

SIGNED_ON_LINE = True
PLAIN = STEPS | {
    ("approve", "register"): "准予变更登记",
    ("approve", "refuse"): "不予变更登记，理由和救济途径见通知书",
    ("issue", "issue"): "新营业执照已发出，旧执照已收回或者公告作废",
    ("archive", "archive"): "已归档",
}


def concerns(entity: Entity) -> bool:
    """Individual businesses change by a filing of their own (细则 art. 38)."""
    return entity.kind != "individual" and entity.entity_type is not UNKNOWN


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    """Another open change stands against its own items only, told where they are chosen."""
    mine = {queries.label(code) for code in FILINGS}
    numbers = {number for number, label in allowable.open_filings(entity) if label in mine}
    for each in allowable.common(entity):
        if each.code != "open_filing" or not any(number in each.text for number in numbers):
            yield each
    yield from allowable.revoked(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    """The part of a draft that the case keeps: the topics that its items ask for, and who applies."""
    from hongdun.registration.change.forms import asked

    return {code: data[code] for code in asked("change", data) if code in data} | {"applicant": applicant}


def changes(data: Json, known: State | None = None) -> list[tuple[str, str, str]]:
    """Before and after: as entered, else against the register as it stands; `known`: that, where it was read already."""
    if "changes" in data:
        return [(label, before, after) for label, before, after in data["changes"]]
    state = known or register.latest_of(data["entity"]["uscc"])
    return terms.changes(state.particulars, data)


def facts(case: Case) -> dict[str, Any]:
    """What the officer judges: before and after on top, then every topic with its answers."""
    from hongdun.registration.change.forms import asked

    pages = asked(case.procedure_code, case.data)
    # What was entered long ago needs no state of today, and an annulled entity has none.
    state = None if "changes" in case.data else register.latest_of(case.data["entity"]["uscc"])
    return {
        "entity": state.entity if state else whose.of(case.data),
        "changes": changes(case.data, state),
        "left": case.data["entity"]["organ"] if case.data["entity"]["organ"] != case.organ else None,
        "signatures": case.data.get("signatures", ()),
        "answers": [
            (code, page.label, answers(code, case.data)) for code, page in pages.items()
            if code not in {"entity", "station", "documents"}
        ],
    }  # fmt: skip


def signatories(data: Json) -> list[Signatory]:
    """The one who stands for the entity; a new one in place of the old (公司法 art. 35, 细则 art. 33)."""
    if data.get("representative"):
        fresh, old = data["representative"], whose.of(data).representative
        why = f"更换法定代表人（负责人）的申请由新任签署，原任“{old}”的签署无效（公司法第三十五条、细则第三十三条）。"
        return [
            Signatory(
                UUID(fresh["person"]), fresh["name"], "新任法定代表人（负责人）", ("变更登记申请书",), not_by=old, why=why
            )
        ]  # fmt: skip
    if data.get("signer"):
        kind = entitytypes.get(data["entity"]["type"])
        registered = items.any_registered(data["items"]["items"], kind, on=items.day_of(data))
        paper = "变更登记申请书" if registered else "备案申请书"
        return [
            Signatory(
                UUID(data["signer"]["person"]), data["signer"]["name"], "法定代表人（负责人）", (paper,)
            )
        ]
    return []
