"""The answers of a change in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.lib import entitytypes
from hongdun.org import queries as org
from hongdun.registration import items, kinds
from hongdun.registration.change import rules
from hongdun.registration.topics import words
from hongdun.registration.wording import RIGHTS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Json = Mapping[str, Any]
    Rows = list[tuple[str, str]]


def answers(topic: str, data: Json) -> Rows:
    """One topic's answers as label and words; empty when it isn't filled in."""
    return [] if data.get(topic) is None else ANSWERS[topic](data[topic], data)


def _items(value: Json, data: Json) -> Rows:
    rows = [("事项", items.labels(value["items"])), ("决议日期", value["resolved"])]
    late = rules.late(data, on=clock.today())
    return rows + ([("提醒", late)] if late else [])


def _name(value: Json, data: Json) -> Rows:  # noqa: ARG001 - all take both
    rest = [("企业集团名称", value.get("group")), ("隶属企业", value.get("parent"))]
    return [("新名称", value["name"]), *((label, text) for label, text in rest if text), *words.links(value)]


def _type(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("新类型", entitytypes.get(value["type"]).label)]


def _domicile(value: Json, data: Json) -> Rows:
    rows = [
        ("登记机关", org.named(value["organ"]).name), ("新住所", value["address"]), ("住所取得方式", RIGHTS[value["right"]]),
    ]  # fmt: skip
    if value["organ"] != data["entity"]["organ"]:
        rows.append(("迁移", f"由{org.named(data['entity']['organ']).name}迁入，档案由迁入地登记机关调取"))
    return rows


def _station(value: Json, data: Json) -> Rows:
    return words.answers("station", data) if value else []


def _scope(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("新的经营范围", value["scope"])]


def _term(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("经营期限", f"自成立之日起 {value['years']} 年" if value["term"] == "years" else "长期")]


def _charter(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("修改的条款", value["about"])]


POSITIONS = {"already": "已是董事或者经理"} | ROLES


def _person(value: Json, data: Json) -> Rows:  # noqa: ARG001
    rows = [("姓名", f"{value['name']}（{value['masked']}）")]
    if value.get("position"):
        rows.append(("职务", POSITIONS[value["position"]]))
    return rows


def _shareholders(value: Json, data: Json) -> Rows:
    entity_type = (data.get("type") or {}).get("type") or data["entity"]["type"]
    of = kinds.holders_of(entity_type)
    rows = [
        (f"{of.noun} {n}", words.holder({**row, "masked": row.get("masked") or "登记簿已有"}, of))
        for n, row in enumerate(value["rows"], 1)
    ]
    return [(of.total, f"{value['capital']} 万元"), *rows]


def _people(value: Any, data: Json) -> Rows:  # noqa: ARG001
    labels = ROLES | {code: item.label for code, item in items.ITEMS.items()}
    return [
        (labels.get(row["role"], row["role"]), f"{row['name']}（{row.get('masked') or '登记簿已有'}）")
        for row in value
    ]


ANSWERS: dict[str, Callable[[Any, Json], Rows]] = {
    "entity": words.entity,
    "items": _items,
    "type": _type,
    "name": _name,
    "domicile": _domicile,
    "station": _station,
    "representative": _person,
    "officers": _people,
    "shareholders": _shareholders,
    "scope": _scope,
    "term": _term,
    "charter": _charter,
    "family_member": _people,
    "liaison": _people,
    "document_recipient": _people,
    "beneficial_owner": _people,
    "signer": _person,
    "documents": words.documents,
}
