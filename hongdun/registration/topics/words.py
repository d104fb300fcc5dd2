"""The answers of shared topics in words, for checking before sending and for the officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.lib import entitytypes
from hongdun.org import queries as org
from hongdun.registration.wording import LINKS, RIGHTS, ROLES, UNDERTAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Json = Mapping[str, Any]
    Rows = list[tuple[str, str]]


def answers(topic: str, data: Json) -> Rows:
    """One topic's answers as label and words; empty when it isn't filled in. `data` is the whole application."""
    return [] if data.get(topic) is None else ANSWERS[topic](data[topic], data)


def _name(value: Json, data: Json) -> Rows:  # noqa: ARG001 - all take both
    rows = [("名称", value["name"]), ("类型", entitytypes.get(value["type"]).label)]
    if value.get("trade"):
        rows.append(("字号、行业", f"{value['trade']}、{value.get('industry') or '不使用行业表述'}"))
    return rows + links(value)


def links(value: Json) -> Rows:
    """With whom a name may be alike, what was told of names near it, and what was promised."""
    rows = [(LINKS[value["link"]], value["link_code"])] if value.get("link") else []
    rows += [
        ("近似提示", f"{each['explanation']}（{each['article']}）") for each in value.get("warnings", ())
    ]
    if value.get("undertaking"):
        rows.append(("承诺", UNDERTAKING))
    return rows


def _domicile(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [
        ("登记机关", org.organ(value["organ"]).name),
        ("住所", value["address"]),
        ("住所取得方式", RIGHTS[value["right"]]),
    ]


def _station(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("乡镇、街道", org.organ(value["station"]).short if value.get("station") else "由登记机关确定")]


def _scope(value: Json, data: Json) -> Rows:  # noqa: ARG001
    term = f"{value['years']} 年" if value.get("term") == "years" else "长期"
    return [("经营范围", value["scope"]), ("营业期限", term)]


def _shareholders(value: Json, data: Json) -> Rows:  # noqa: ARG001
    rows = [
        (
            f"股东 {n}",
            f"{s['name']}（{s['masked']}）认缴 {s['amount']} 万元，{s['form']}，{s['deadline']} 前缴足",
        )
        for n, s in enumerate(value["rows"], 1)
    ]
    return [("注册资本", f"{value['capital']} 万元"), *rows]


def _members(value: Any, data: Json) -> Rows:  # noqa: ARG001
    return [(ROLES[m["role"]], f"{m['name']}（{m['masked']}）") for m in value]


def documents(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [(files[0]["title"], "、".join(f["filename"] for f in files)) for files in value.values() if files]


ANSWERS: dict[str, Callable[[Any, Json], Rows]] = {
    "name": _name,
    "domicile": _domicile,
    "station": _station,
    "scope": _scope,
    "shareholders": _shareholders,
    "members": _members,
    "documents": documents,
}
