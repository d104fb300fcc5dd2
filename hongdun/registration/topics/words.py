"""The answers of shared topics in words, for checking before sending and for the officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.lib import entitytypes
from hongdun.org import queries as org
from hongdun.registration import kinds, scopes
from hongdun.registration.wording import LINKS, RIGHTS, ROLES, UNDERTAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hongdun.registration.kinds import Holders

    Json = Mapping[str, Any]
    Rows = list[tuple[str, str]]


def answering(own: Mapping[str, Callable[[Any, Json], Rows]]) -> Callable[[str, Json], Rows]:
    """One topic's answers as label and words, empty when it isn't filled in; the data is the whole application.

    Which entity, who signs and which papers are said alike everywhere.
    """
    known = {"entity": entity, "signer": _signer, "documents": documents, **own}

    def answers(topic: str, data: Json) -> Rows:
        return [] if data.get(topic) is None else known[topic](data[topic], data)

    return answers


def answers(topic: str, data: Json) -> Rows:
    return answering(ANSWERS)(topic, data)


def entity(value: Json, data: Json) -> Rows:  # noqa: ARG001 - all take both
    return [("名称", value["name"]), ("统一社会信用代码", value["uscc"])]


def _signer(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("姓名", f"{value['name']}（{value['masked']}）")]


def _name(value: Json, data: Json) -> Rows:  # noqa: ARG001 - all take both
    rows = [("名称", value["name"]), ("类型", entitytypes.get(value["type"]).label)]
    if value.get("trade"):
        rows.append(("字号、行业", f"{value['trade']}、{value.get('industry') or '不使用行业表述'}"))
    if value.get("group"):
        rows.append(("企业集团名称", value["group"]))
    if value.get("provincial"):
        rows.append(("出资人", "由省级以上国资监管机构履行出资人职责，或者由其出资的公司持股 50% 以上"))
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


def _parent(value: Json, data: Json) -> Rows:  # noqa: ARG001
    if not value.get("country"):
        return [("隶属企业", value["name"]), ("统一社会信用代码", value["uscc"])]
    return [
        ("外国公司", value["name"]), ("国籍", value["country"]), ("登记证书号码", value["number"]),
        ("拨付的经营资金", f"{value['funds']} 万元"),
    ]  # fmt: skip


def _domicile(value: Json, data: Json) -> Rows:  # noqa: ARG001
    place = (
        [("所在县（市、区）", org.named(value["place"]).short.removesuffix("局"))]
        if value.get("place")
        else []
    )
    return [
        ("登记机关", org.named(value["organ"]).name),
        *place,
        ("住所", value["address"]),
        ("住所取得方式", RIGHTS[value["right"]]),
    ]


def _station(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [("乡镇、街道", org.named(value["station"]).short if value.get("station") else "由登记机关确定")]


def _scope(value: Json, data: Json) -> Rows:  # noqa: ARG001
    term = f"{value['years']} 年" if value.get("term") == "years" else "长期"
    permits = scopes.licensed(value["scope"], on=clock.today())
    rows = [
        (
            "须经许可的项目",
            f"{item}：{'登记前' if each.before else ''}{each.name}，{each.department}（{each.citation}）",
        )
        for item, each in permits
    ]
    return [("经营范围", value["scope"]), *rows, ("营业期限", term)]


def _shareholders(value: Json, data: Json) -> Rows:
    of = kinds.holders_of(data.get("name", {}).get("type", ""))
    rows = [(f"{of.noun} {n}", holder(row, of)) for n, row in enumerate(value["rows"], 1)]
    return [(of.total, f"{value['capital']} 万元"), *rows]


def holder(row: Json, of: Holders) -> str:
    """One contributor: who, what kind, how much, how, until when."""
    standing = kinds.STANDING_WORDS.get(row.get("standing", ""), "")
    marks = [row.get("country", ""), standing, "执行合伙事务" if row.get("managing") else ""]
    until = f"{row['deadline']} 前缴足" if row.get("deadline") else ""
    parts = [f"{row['name']}（{row['masked']}）{of.verb} {row['amount']} 万元", row["form"], until, *marks]
    return "，".join(part for part in parts if part)


def _members(value: Any, data: Json) -> Rows:
    kind = kinds.of_type(data.get("name", {}).get("type", ""))
    labels = ROLES | ({role.code: role.label for role in kind.roles} if kind else {})
    return [(labels.get(m["role"], m["role"]), f"{m['name']}（{m['masked']}）") for m in value]


def documents(value: Json, data: Json) -> Rows:  # noqa: ARG001
    return [(files[0]["title"], "、".join(f["filename"] for f in files)) for files in value.values() if files]


def _papers(value: Json, data: Json) -> Rows:  # noqa: ARG001
    def how(paper: Json) -> str:
        return (
            "自己上传"
            if not paper["text"]
            else "按范本写成"
            if paper["text"] == paper["model"]
            else "按范本写成，有修改"
        )

    return [(paper["label"], how(paper)) for paper in value.values()]


ANSWERS: dict[str, Callable[[Any, Json], Rows]] = {
    "parent": _parent,
    "name": _name,
    "domicile": _domicile,
    "station": _station,
    "scope": _scope,
    "shareholders": _shareholders,
    "members": _members,
    "papers": _papers,
    "documents": documents,
}
