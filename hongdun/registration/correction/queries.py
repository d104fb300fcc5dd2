"""What a correction says: which entries of the register are wrong, what they should say, on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib.entitytypes import UNKNOWN
from hongdun.registration import allowable, queries
from hongdun.registration.correction import wrong
from hongdun.registration.signing.signatories import Signatory
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import words
from hongdun.registration.wording import PLAIN as STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

ARTICLE = "企业信息公示暂行条例第十二条第一款"
TOPICS = {"entity": "哪一户", "right": "哪里登记错了", "signer": "谁签署申请", "documents": "材料"}
CAUSES = {
    "entry": "登记机关录入时打错、漏打，与申请材料不一致",
    "transfer": "历史档案补录、数据迁移时出错",
    "applicant": "申请书笔误，与同时提交的其他材料不一致",
    "date": "生效日期登记错误",
}
SIGNED_ON_LINE = True
PLAIN = STEPS | {
    ("approve", "register"): "登记簿已经更正",
    ("approve", "refuse"): "不予更正，理由和救济途径见通知书",
    ("issue", "issue"): "新营业执照已发出，旧执照已收回或者公告作废",
}
OVERTAKEN = "登记簿在此期间又有新的登记，更正的内容须按现在的登记簿重新填写。"


def concerns(entity: Entity) -> bool:
    return entity.entity_type is not UNKNOWN


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    """What ended may be corrected all the same; two corrections at once would overwrite each other."""
    mine = queries.label("correction")
    for each in allowable.common(entity):
        if each.code == "open_filing" and f"“{mine}”" in each.text:
            yield each


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS if code in data} | {"applicant": applicant}


def is_overtaken(data: Json) -> bool:
    return bool(whose.of(data).version != data["right"]["version"])


def changes(data: Json) -> list[tuple[str, str, str]]:
    """Item with its days, what the register says, what it should say: as entered, or as it would be now."""
    if "changes" in data:
        return [(label, before, after) for label, before, after in data["changes"]]
    if is_overtaken(data):
        return [(OVERTAKEN, "", "")]
    return [row for span in wrong.spans(whose.of(data), data) for row in span.words()]


def facts(case: Case) -> dict[str, Any]:
    data = case.data
    rest = [(code, TOPICS[code], answers(code, data)) for code in ("signer",) if data.get(code)]
    return {
        "entity": whose.of(data),
        "changes": changes(data),
        "why": _why(data["right"]),
        "signatures": data.get("signatures", ()),
        "answers": rest,
    }


def _why(value: Json) -> list[tuple[str, str]]:
    return [("错在哪里", CAUSES[value["cause"]]), ("依据的材料", value["proof"])]


def _right(value: Json, data: Json) -> list[tuple[str, str]]:
    rows = [(label, f"{was or '（无）'} → {after or '（无）'}") for label, was, after in changes(data)]
    return [*rows, *_why(value)]


answers = words.answering({"right": _right})


def signatories(data: Json) -> list[Signatory]:
    value = data.get("signer")
    if not value:
        return []
    return [Signatory(UUID(value["person"]), value["name"], "法定代表人（负责人）", ("更正登记申请书",))]
