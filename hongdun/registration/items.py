"""What of an entity is registered and what is filed (备案), by its type (实施细则 art. 6, 7; 条例 art. 8, 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib.entitytypes import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection

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

    `foreign`: only entities with capital from abroad have it.
    """

    code: str
    label: str
    article: str
    page: str
    of: frozenset[Layout]
    filed: bool = False
    foreign: bool = False

    def concerns(self, kind: EntityType) -> bool:
        return kind is not UNKNOWN and kind.licence in self.of and (kind.foreign or not self.foreign)


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
        ),
        Item(
            "contributions", "认缴的出资数额、期限和方式", f"{REGULATION}第九条第三项", "shareholders",
            frozenset({"company", "partnership"}), filed=True,
        ),
        Item(
            "officers", "董事、监事、高级管理人员", f"{REGULATION}第九条第四项", "officers", frozenset({"company"}),
            filed=True,
        ),
        Item(
            "members", "农民专业合作社成员", f"{REGULATION}第九条第五项", "shareholders", frozenset({"cooperative"}),
            filed=True,
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


def of(kind: EntityType, *, filed_only: bool = False) -> list[Item]:
    """Items of such an entity in the order of the law."""
    return [each for each in ITEMS.values() if each.concerns(kind) and (each.filed or not filed_only)]


def labels(codes: Collection[str]) -> str:
    return "、".join(ITEMS[code].label for code in ITEMS if code in codes)


def is_registered(code: str) -> bool:
    return not ITEMS[code].filed
