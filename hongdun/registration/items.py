"""What of an entity is registered and what is filed (备案), by its type (实施细则 art. 6, 7; 条例 art. 8, 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.lib.entitytypes import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hongdun.lib.entitytypes import EntityType, Layout

COMPANY: Layout = "company"
# Individual businesses change by a filing of their own.
LASTING: frozenset[Layout] = frozenset(
    {"company", "legal_person", "sole_proprietorship", "partnership", "cooperative"}
)
BRANCHES: frozenset[Layout] = frozenset({"branch"})
INDIVIDUALS: frozenset[Layout] = frozenset({"individual"})
ALL = LASTING | BRANCHES


@dataclass(frozen=True, slots=True)
class Item:
    """`page`: the topic that asks for it; `of`: layouts of licences whose entities have it; `filed`: 备案, not registered.

    `once`: those of whom it was registered until 2022-02-28. `foreign`: only entities with capital from abroad have it.
    """

    code: str
    label: str
    article: str
    page: str
    of: frozenset[Layout]
    filed: bool = False
    once: frozenset[Layout] = frozenset()
    foreign: bool = False

    def is_filed(self, kind: EntityType, *, on: date) -> bool:
        return self.filed and not (on < FILED_SINCE and kind.licence in self.once)

    def concerns(self, kind: EntityType) -> bool:
        return kind is not UNKNOWN and kind.licence in self.of and (kind.foreign or not self.foreign)


# Until the day before, more was registered: 公司登记管理条例 art. 9, 合伙企业登记管理办法 art. 6, 企业法人登记管理条例 art. 9.
FILED_SINCE = date(2022, 3, 1)
RULES = "市场主体登记管理条例实施细则"
REGULATION = "市场主体登记管理条例"
ITEMS: dict[str, Item] = {
    item.code: item
    for item in (
        Item("name", "名称", f"{REGULATION}第八条第一款第一项", "name", ALL),
        Item("type", "类型", f"{REGULATION}第八条第一款第二项", "type", frozenset({"company", "partnership"})),
        Item("scope", "经营范围", f"{REGULATION}第八条第一款第三项", "scope", ALL),
        Item("domicile", "住所（经营场所）", f"{REGULATION}第八条第一款第四项", "domicile", ALL),
        Item("capital", "注册资本（出资额）", f"{REGULATION}第八条第一款第五项", "shareholders", LASTING),
        Item("representative", "法定代表人（负责人）", f"{REGULATION}第八条第一款第六项", "representative", ALL),
        Item(
            "shareholders", "股东（出资人、合伙人）", f"{REGULATION}第八条第二款", "shareholders",
            frozenset({"company", "legal_person", "sole_proprietorship", "partnership"}),
        ),
        Item(
            "charter", "章程或者合伙协议", f"{REGULATION}第九条第一项", "charter",
            frozenset({"company", "legal_person", "partnership", "cooperative"}), filed=True,
        ),
        Item(
            "term", "经营期限（合伙期限）", f"{REGULATION}第九条第二项", "term",
            frozenset({"company", "legal_person", "partnership"}), filed=True,
            once=frozenset({"company", "legal_person", "partnership"}),
        ),
        Item(
            "contributions", "认缴的出资数额、期限和方式", f"{REGULATION}第九条第三项", "shareholders",
            frozenset({"company", "partnership"}), filed=True, once=frozenset({"partnership"}),
        ),
        Item(
            "officers", "董事、监事、高级管理人员", f"{REGULATION}第九条第四项", "officers", frozenset({"company"}),
            filed=True,
        ),
        Item(
            "members", "农民专业合作社成员", f"{REGULATION}第九条第五项", "shareholders", frozenset({"cooperative"}),
            filed=True,
        ),
        Item(
            "family_member", "参加经营的家庭成员", f"{REGULATION}第九条第六项", "family_member", INDIVIDUALS, filed=True,
        ),
        Item("liaison", "登记联络员", f"{REGULATION}第九条第七项", "liaison", ALL | INDIVIDUALS, filed=True),
        Item(
            "document_recipient", "法律文件送达接受人", f"{REGULATION}第九条第七项", "document_recipient",
            frozenset({"company", "partnership"}), filed=True, foreign=True,
        ),
        Item(
            "beneficial_owner", "受益所有人", f"{REGULATION}第九条第八项", "beneficial_owner",
            frozenset({"company", "partnership"}), filed=True,
        ),
    )
}  # fmt: skip


def of(kind: EntityType, *, on: date, filed_only: bool = False) -> list[Item]:
    """Items of such an entity in the order of the law, as the law is on that day."""
    found = (each for each in ITEMS.values() if each.concerns(kind))
    return [each for each in found if each.is_filed(kind, on=on) or not filed_only]


def labels(codes: Collection[str]) -> str:
    return "、".join(ITEMS[code].label for code in ITEMS if code in codes)


def any_registered(codes: Collection[str], kind: EntityType, *, on: date) -> bool:
    return any(not ITEMS[code].is_filed(kind, on=on) for code in codes)


def day_of(data: Mapping[str, Any]) -> date:
    """Under which day's law an application is filled in: of paper handed in earlier, the day of receipt (细则 art. 17)."""
    return date.fromisoformat(data["received"]) if data.get("received") else clock.today()
