"""What differs between two states of an entity, in the words of the change record (变更前、变更后)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib.money import plain
from hongdun.lib.particulars import ROLES, STANDINGS, STATUSES

if TYPE_CHECKING:
    from hongdun.lib.particulars import Parent, Particulars, PersonEntry, Share


# Who contributes, where they aren't shareholders (登记管理条例 art. 8).
HOLDERS = {
    "partnership": "合伙人",
    "cooperative": "成员",
    "sole_proprietorship": "投资人",
    "legal_person": "出资人",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One item that differs, in the words of the change record (变更前、变更后)."""

    item: str
    label: str
    before: str
    after: str


def differences(a: Particulars, b: Particulars) -> list[Change]:
    """Items that differ, in the order in which a licence and an extract name them."""
    before, after = shown(a), shown(b)
    return [
        Change(item, after[item][0], before[item][1], after[item][1])
        for item in after
        if before[item][1] != after[item][1]
    ]


def shown(p: Particulars) -> dict[str, tuple[str, str]]:
    """Each item's label and text as people read it; the one place where both are decided."""
    kind = p.entity_type
    return {
        "name": ("名称", p.shown_name),
        "group": ("企业集团名称", p.group),
        "type": ("类型", kind.label),
        "composition": ("组成形式", p.composition),
        "status": ("登记状态", STATUSES.get(p.status, p.status)),
        "representative": (kind.representative_label, p.representative),
        "capital": (kind.capital_label, plain(p.capital) if p.capital else ""),
        "established": ("成立日期", p.established.isoformat() if p.established else ""),
        "term_until": ("营业期限", f"至 {p.term_until.isoformat()}" if p.term_until else "长期"),
        "domicile": ("经营场所" if p.kind == "individual" else "住所", p.domicile.text),
        "scope": ("经营范围", p.scope.text),
        "industry": ("行业代码", p.industry),
        "parent": ("隶属企业", _parent_text(p.parent) if p.parent else ""),
        "people": ("主要人员", "；".join(_person_text(each) for each in p.people if each.is_public)),
        "shares": (
            f"{HOLDERS.get(kind.licence, '股东')}及出资",
            "；".join(_share_text(each) for each in p.shares),
        ),
    }


def _person_text(entry: PersonEntry) -> str:
    return f"{entry.name}（{ROLES.get(entry.role, entry.role)}）"


def _parent_text(parent: Parent) -> str:
    return f"{parent.name}（{parent.uscc or parent.country}）"


def _share_text(share: Share) -> str:
    until = f"，{share.deadline.isoformat()} 前缴足" if share.deadline else ""
    marks = "，".join(each for each in (STANDINGS.get(share.standing, ""), share.country) if each)
    holder = f"{share.holder}（{marks}）" if marks else share.holder
    return f"{holder} 认缴 {plain(share.subscribed)}（{share.form}{until}）"
