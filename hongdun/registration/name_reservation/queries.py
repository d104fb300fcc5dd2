"""What a declaration of a name says, in the register's own terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.lib.entitytypes import KINDS
from hongdun.org import queries as org
from hongdun.register.queries import Naming
from hongdun.registration.topics.words import links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case

    Json = Mapping[str, Any]

TOPICS = {"name": "拟用的名称"}
KEPT = "符合规定，名称已保留"
PLAIN = {
    ("declare", "reserve"): KEPT,
    ("declare", "people"): "请登记机关看过再定，理由见“自动审核”",
    ("examine", "reserve"): KEPT,
    ("examine", "refuse"): "不予保留，理由见告知书；可以换一个名称再申报",
}


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def naming(data: Json) -> Naming:
    value = data["name"]
    linked = frozenset({value["link_code"]}) if value.get("link") else frozenset()
    return Naming(
        organ=value.get("organ"),
        kind=value.get("kind") or "enterprise",
        investors=linked if value.get("link") == "investment" else frozenset(),
        assigned=linked if value.get("link") == "assigned" else frozenset(),
        trade=value.get("trade", ""),
        industry=value.get("industry", ""),
    )


def facts(case: Case) -> dict[str, Any]:
    """What an officer judges where the rules didn't decide: the name, its links, what the applicant was told of."""
    applicant = [("申请人", case.data["applicant"])]
    return {"answers": [("name", TOPICS["name"], [*answers("name", case.data), *applicant])]}


def answers(topic: str, data: Json) -> list[tuple[str, str]]:
    """The answers as label and words; empty when the topic isn't filled in."""
    value = data.get(topic)
    if topic not in TOPICS or value is None:
        return []
    rows = [
        ("登记机关", org.organ(value["organ"]).name),
        ("主体类型", KINDS[value["kind"]]),
        ("名称", value["name"]),
        ("字号、行业", f"{value['trade']}、{value['industry'] or '不使用行业表述'}"),
        ("登记前须经批准", "是，保留 1 年" if value.get("approval") else "否，保留 2 个月"),
    ]
    return rows + links(value)
