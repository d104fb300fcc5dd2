"""What the law asks of a change beyond each single page: what belongs together, what is open, until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.base import blocks
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case, Task
from hongdun.law import queries as law
from hongdun.lib import entitytypes
from hongdun.lib.money import plain
from hongdun.registration import items, queries
from hongdun.registration.models import DecreaseNotice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hongdun.lib.money import Money
    from hongdun.register.models import Entity

FILINGS = ("change", "recording")
SOLE = "4540"
# 细则 art. 20: which fact about an entity demands which item with any other change, and why.
COUPLED = {
    "lost_contact": (
        "domicile",
        "因通过登记的住所无法联系被列入经营异常名录，办理其他变更登记时须同时变更住所（市场主体登记管理条例实施细则第二十条第二款）",
    ),
    "barred": (
        "representative",
        "法定代表人受到任职资格限制，办理其他变更登记时须同时变更法定代表人（市场主体登记管理条例实施细则第二十条第一款）",
    ),
}


def demanded(entity: Entity, chosen: Collection[str], *, on: date) -> Iterator[str]:
    """Items that must come with those chosen, each with fact and article (细则 art. 20)."""
    if not items.any_registered(chosen, entity.entity_type, on=on):
        return
    if entity.type == SOLE and len({"representative", "shareholders"} & set(chosen)) == 1:
        yield (
            "个人独资企业的投资人就是出资人：更换投资人的，请同时勾选“投资人”和“股东（出资人、合伙人）”"
            "（个人独资企业法第二条）。"
        )
    for fact in blocks.standing(entity, on=on):
        item, why = COUPLED.get(fact.kind, ("", ""))
        if item and item not in chosen:
            yield f"{fact.text.rstrip('。')}：{why}，请一并勾选“{items.ITEMS[item].label}”。"


def open_items(entity: Entity) -> dict[str, tuple[str, str]]:
    """Items that another filing of this entity is about to change: item → its number and label."""
    with system_scope("查同一主体在办的变更和备案"):
        tasks = Task.objects.waiting().filter(case__entity=entity.pk, case__procedure_code__in=FILINGS)
        found = Case.objects.filter(pk__in=tasks.exclude(role__in=queries.AFTERWARDS).values("case"))
        return {
            code: (case.number, case.procedure.label)
            for case in found.order_by("opened")
            for code in case.data["items"]["items"]
        }


def in_the_way(entity: Entity, chosen: Collection[str], *, besides: str = "") -> Iterator[str]:
    """Items that can't be asked for while another filing about them is open; `besides`: the filing that is mended."""
    pages = {items.ITEMS[code].page for code in chosen}
    for code, (number, label) in open_items(entity).items():
        if number != besides and items.ITEMS[code].page in pages:
            yield (
                f"“{items.ITEMS[code].label}”正在由{label}（{number}）办理。请等它办结，或者先到“我的办件”撤回它，"
                "再申请变更同一事项；其他事项可以另行申请。"
            )


def late(data: Mapping[str, Any], *, on: date) -> str:
    """A warning, not a bar: the application came later than the law allows (条例 art. 24, 29)."""
    resolved = date.fromisoformat(data["items"]["resolved"])
    kind = entitytypes.get(data["entity"]["type"])
    registered = items.any_registered(data["items"]["items"], kind, on=on)
    code = "change_application" if registered else "recordal_application"
    if "members" in data["items"]["items"] and not registered:
        code, resolved = "recordal_cooperative_members", date(resolved.year, 12, 31)
    due = law.due(code, resolved, on)
    if on <= due.date:
        return ""
    rule = law.rule(code, on)
    return f"应在 {due.date} 前申请（{rule.citation}），已经逾期；仍可申请，登记机关可能依法处理。"


def decrease_problem(entity: Entity, wanted: Money, *, on: date) -> str:
    """Creditors are told for 45 days before registered capital goes down (细则 art. 36)."""
    before = entity.money
    if before is None or before.currency != wanted.currency or wanted.amount >= before.amount:
        return ""
    rule = law.rule("decrease_notice", on)
    notice = (
        DecreaseNotice.objects.filter(entity=entity, capital=wanted.amount, published__lte=on)
        .order_by("published")
        .first()
    )
    if notice is None:
        return (
            f"减少注册资本须先公告 {rule.value} 日（{rule.citation}），没有找到减至 {plain(wanted)} 的公告。"
            "请先到办事大厅办理“减少注册资本公告”。"
        )
    last = law.due("decrease_notice", notice.published, on).date
    if on <= last:
        return (
            f"减少注册资本的公告期到 {last} 届满（{notice.published} 公告，{rule.value} 日，{rule.citation}），"
            "请在届满后再申请；其他事项可以先办。"
        )
    return ""
