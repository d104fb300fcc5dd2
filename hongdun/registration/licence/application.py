"""What an application about sheets of a licence says, and who signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.register.models.licences import copy_label
from hongdun.registration.licence.models import GIVEN, Delivery, VoidNotice, sheet_label
from hongdun.registration.signing.signatories import Signatory
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import words
from hongdun.registration.wording import PLAIN as STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

    Json = Mapping[str, Any]

LABELS = {
    "entity": "办理哪一户", "sheets": "哪些执照", "delivery": "怎样领取", "way_back": "怎样交回", "signer": "谁签署",
    "documents": "材料",
}  # fmt: skip
SIGNED_ON_LINE = True
# The filings about sheets; of one entity one at a time.
FILINGS = ("补领营业执照", "换领营业执照", "增领营业执照副本", "营业执照作废声明", "缴回营业执照")
PLAIN = STEPS | {
    ("approve", "register"): "准予核发营业执照",
    ("approve", "refuse"): "不予核发，理由和救济途径见通知书",
    ("publish", "published"): "已向社会公告作废",
    ("receive", "received"): "登记机关已收到交回的执照",
    ("receive", "not_received"): "登记机关没有收到执照，本件终止",
}
WORN = {"torn": "破损", "stained": "污损、字迹不清", "code": "二维码不能识读", "other": "其他"}
WAYS_BACK = {"counter": "送到登记机关窗口", "post": "邮寄给登记机关"}


def concerns(entity: Entity) -> bool:  # noqa: ARG001 - every kind has a licence
    return True


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in LABELS if code in data} | {"applicant": applicant}


def facts(case: Case) -> dict[str, Any]:
    return {
        "answers": [
            (code, label, answers(code, case.data)) for code, label in LABELS.items() if code in case.data
        ]
    }


def answers(topic: str, data: Json) -> list[tuple[str, str]]:
    value = data.get(topic)
    if value is None:
        return []
    if topic == "entity":
        return [("名称", value["name"]), ("统一社会信用代码", value["uscc"])]
    if topic == "signer":
        return [("姓名", f"{value['name']}（{value['masked']}）" if value["masked"] else value["name"])]
    if topic == "documents":
        return words.documents(value, data)
    if topic == "way_back":
        return [("交回方式", " ".join(filter(None, (WAYS_BACK[value["way"]], value.get("tracking", "")))))]
    return delivery(value) if topic == "delivery" else _sheets(value)


def delivery(value: Json | str) -> list[tuple[str, str]]:
    """As it was asked for; once the sheets are given out, the case keeps only how."""
    if isinstance(value, str):
        given = GIVEN.get(value, value)
        return [("领照方式", Delivery.Way(given).label)] if given in Delivery.Way.values else []
    rows = [("领照方式", Delivery.Way(value["way"]).label)]
    return rows + ([("收件人或者领取人", value["name"])] if value.get("name") else [])


def _sheets(value: Json) -> list[tuple[str, str]]:
    if "count" in value:
        return [("增领副本", f"{value['count']} 份"), ("用途", value["purpose"])]
    rows = [("执照", "、".join(map(sheet_label, value["sheets"])))]
    if "cause" in value:
        rows.append(("原因", VoidNotice.Cause(value["cause"]).label))
        rows.append(("经过", f"{value['day']}，{value['how']}"))
    return rows + ([("换领原因", WORN[value["worn"]])] if "worn" in value else [])


def places_words(places: list[tuple[str, int]]) -> str:
    return "、".join(copy_label(copy, number) for copy, number in places)


def signatories(data: Json) -> list[Signatory]:
    """Who stands for the entity signs (细则 art. 14, 15)."""
    value = data.get("signer")
    if not value:
        return []
    capacity = whose.of(data).entity_type.representative_label
    return [Signatory(UUID(value["person"]), value["name"], capacity, ("申请书",))]
