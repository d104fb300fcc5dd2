"""One change of the public feed as it leaves the house: in pages, streams, webhooks and feeds alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from hongdun.lib import canonical
from hongdun.lib.particulars import STATUSES

if TYPE_CHECKING:
    from datetime import datetime

IMPORTED = "register.imported"
TOPICS = {
    "register.established": "设立登记",
    "register.changed": "变更登记",
    "register.status_changed": "登记状态变动",
    "register.corrected": "更正",
    "register.annulled": "撤销登记",
    IMPORTED: "批量导入",
}
# Of what a message says, only this goes out; cases, reasons and persons stay in.
PUBLIC_FACTS = ("on", "items", "status")


def facts(topic: str, body: dict[str, Any]) -> dict[str, Any]:
    """The public part of a message of the register."""
    if topic == IMPORTED:
        counts = body["counts"]
        return {"entities": counts.get("imported", 0) + counts.get("remarked", 0), "import": body["run"]}
    return {name: body[name] for name in PUBLIC_FACTS if body.get(name) is not None}


class Row(NamedTuple):
    """One change as the feed keeps it."""

    position: int
    at: datetime
    topic: str
    uscc: str
    name: str
    version: int | None
    facts: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """What a consumer gets; entities lead on to their full public record."""
        body: dict[str, Any] = {
            "position": self.position,
            "at": canonical.instant(self.at),
            "topic": self.topic,
        }
        if self.uscc:
            link = f"/api/v1/entities/{self.uscc}"
            body |= {"uscc": self.uscc, "name": self.name, "version": self.version, "entity": link}
        return body | self.facts


def line(body: dict[str, Any]) -> str:
    """JSON on one line, as events and files hold it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


# Items of particulars as people call them, whatever the type of the entity.
ITEMS = {
    "name": "名称",
    "type": "类型",
    "status": "登记状态",
    "representative": "法定代表人（负责人）",
    "capital": "注册资本（出资额）",
    "established": "成立日期",
    "term_until": "营业期限",
    "domicile": "住所",
    "scope": "经营范围",
    "industry": "行业",
    "parent": "隶属企业",
    "group": "企业集团名称",
    "people": "主要人员",
    "shares": "股东及出资",
}


def words(topic: str, facts: dict[str, Any]) -> str:
    """变更登记：名称、住所"""
    told = TOPICS[topic]
    items = "、".join(ITEMS.get(item, item) for item in facts.get("items", ()))
    status = STATUSES.get(facts.get("status", ""), "")
    more = items or status
    return f"{told}：{more}" if more else told
