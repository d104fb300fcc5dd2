"""Which filings an entity may make today, and what stands against each of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hongdun.base import blocks
from hongdun.base.scope import system_scope
from hongdun.cases.models import Task
from hongdun.lib.entitytypes import TYPES
from hongdun.lib.particulars import ENDED
from hongdun.parties import queries as parties
from hongdun.parties.models import Person
from hongdun.register.models import Entity
from hongdun.registration import queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

# 细则 art. 48: the item under which a fact stands against a simplified cancellation.
BARS_SIMPLE = {
    "abnormal": "市场主体登记管理条例实施细则第四十八条第一项",
    "serious": "市场主体登记管理条例实施细则第四十八条第一项",
    "frozen": "市场主体登记管理条例实施细则第四十八条第二项",
    "pledged": "市场主体登记管理条例实施细则第四十八条第二项",
    "mortgaged": "市场主体登记管理条例实施细则第四十八条第二项",
    "investigated": "市场主体登记管理条例实施细则第四十八条第三项",
    "litigation": "市场主体登记管理条例实施细则第四十八条第三项",
    "unpaid": "市场主体登记管理条例实施细则第四十八条第五项",
}
BRANCH_TYPES = tuple(each.code for each in TYPES.values() if each.branch)
MOST_BRANCHES, MOST_NAMES = 20, 5
INVESTS = "市场主体登记管理条例实施细则第四十八条第二项"
REVOKED = "市场主体登记管理条例实施细则第四十八条第四项"
BRANCHES_FIRST = "市场主体登记管理条例第三十二条第二款"
ENDED_ARTICLE = "市场主体登记管理条例第三十一条"
# No article says so: two filings decided side by side would each overwrite what the other entered.
ONE_AT_A_TIME = "同一主体的登记逐件审查、逐件登记"


# Told to the entity and to officers only; the rest is published by law (企业信息公示暂行条例 art. 6).
PRIVATE = frozenset({"open_filing", "investigated", "litigation", "unpaid", "barred"})
# Whose filings an entity's own are, and who may see what stands against them.
OWNERS = (
    "operator",
    "legal_representative",
    "person_in_charge",
    "managing_partner",
    "investor",
    "shareholder",
    "liaison",
)


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands against a filing; `text` tells how to clear it where that can be done."""

    code: str
    text: str
    article: str

    @property
    def is_public(self) -> bool:
        return self.code not in PRIVATE


@dataclass(frozen=True, slots=True)
class Allowed:
    code: str
    label: str
    blockers: tuple[Blocker, ...]

    @property
    def is_open(self) -> bool:
        return not self.blockers

    @property
    def address(self) -> str:
        return f"/apply/new/{self.code}/"


def filings_of(entity: Entity, *, on: date) -> list[Allowed]:
    """Every filing that entities of this kind know; a folder without `blockers` concerns no registered entity."""
    found = []
    for code in queries.FILINGS:
        part = queries.part(code, "queries")
        if hasattr(part, "blockers") and part.concerns(entity):
            found.append(Allowed(code, queries.label(code), tuple(part.blockers(entity, on=on))))
    return found


def common(entity: Entity) -> Iterator[Blocker]:
    """What stands against any filing of an entity: that it ended, or that another filing is being decided."""
    if entity.status in ENDED:
        yield Blocker(
            "ended", f"“{entity.name}”已{entity.status_label}，主体资格终止，不能再办理登记。", ENDED_ARTICLE
        )
    yield from (
        Blocker("open_filing", f"“{label}”（{number}）正在办理，请等它办结或者先撤回。", ONE_AT_A_TIME)
        for number, label in open_filings(entity)
    )


def revoked(entity: Entity) -> Iterator[Blocker]:
    """Whose licence was revoked may only be wound up (公司法 art. 229, 条例 art. 31)."""
    if entity.status == "revoked":
        yield Blocker("revoked", "已被吊销营业执照，只能清算后办理注销登记。", ENDED_ARTICLE)


def open_filings(entity: Entity) -> list[tuple[str, str]]:
    """Number and label of the filings of an entity that are not decided yet, whoever made them and wherever."""
    with system_scope("查同一主体在办的登记"):
        tasks = Task.objects.waiting().filter(
            case__entity=entity.pk, case__procedure_code__in=queries.FILINGS
        )
        rows = tasks.exclude(role__in=queries.AFTERWARDS).values_list("case__number", "case__procedure_code")
        return sorted({(number, queries.label(code)) for number, code in rows})


def branches(entity: Entity) -> Iterator[Blocker]:
    """Branches are cancelled first (条例 art. 32)."""
    for branch in branches_of(entity):
        yield Blocker("branch", f"分支机构“{branch.name}”还没有注销，请先办理它的注销登记。", BRANCHES_FIRST)


def branches_of(entity: Entity) -> QuerySet[Entity]:
    """A few of its branches that exist: they bear its whole name, or one that it gave up, with words behind it."""
    names = Q(name__startswith=entity.name)
    for former in entity.former_names.values_list("name", flat=True)[:MOST_NAMES]:
        names |= Q(name__startswith=former)
    below = Entity.objects.filter(names, type__in=BRANCH_TYPES).exclude(pk=entity.pk)
    return below.exclude(status__in=ENDED).order_by("name")[:MOST_BRANCHES]


def against_simple(entity: Entity, *, on: date) -> Iterator[Blocker]:
    """What keeps an entity from simplified cancellation (条例 art. 33, 细则 art. 48)."""
    if entity.status == "revoked":
        yield Blocker("revoked", "已被吊销营业执照，请清算后按普通程序注销。", REVOKED)
    for fact in blocks.standing(entity, on=on):
        if fact.kind in BARS_SIMPLE:
            yield Blocker(fact.kind, fact.text, BARS_SIMPLE[fact.kind])
    for name in _holdings(entity):
        yield Blocker("invests", f"对“{name}”存在投资，请先转让或者注销。", INVESTS)


def _holdings(entity: Entity) -> Iterable[str]:
    """Entities that this one holds a share in and that still exist, a few of them."""
    held = entity.holdings.exclude(entity__status__in=ENDED).order_by("entity__name")
    return held.values_list("entity__name", flat=True)[:5]


def concerns(entity: Entity, actor: Actor) -> bool:
    """Whether the actor may know all that stands against the entity's filings: its people, and its authority."""
    lo, hi = actor.range
    if actor.kind != "applicant":
        return lo <= entity.organ <= hi or lo <= (entity.station or 0) <= hi
    return stands_for(entity, actor.person, roles=OWNERS) or may_file(entity, actor)


REPRESENTATIVES = ("operator", "legal_representative", "person_in_charge", "managing_partner", "investor")


def may_file(entity: Entity, actor: Actor) -> bool:
    """Officers at their own counters; on line the one who stands for the entity (细则 art. 14).

    Of entities that were loaded the register knows no identity numbers: the name has to agree, and an officer looks.
    """
    if actor.kind != "applicant":
        return concerns(entity, actor)
    if stands_for(entity, actor.person, roles=REPRESENTATIVES):
        return True
    with system_scope("核对申请人与主体的关系"):
        unknown = not entity.person_links.exists()
    return unknown and bool(entity.representative) and entity.representative == actor.name


def stands_for(entity: Entity, person: UUID | None, *, roles: Collection[str]) -> bool:
    """Whether this person, by identity number, holds one of these roles in the entity today."""
    if person is None:
        return False
    with system_scope("核对申请人与主体的关系"):
        known = Person.objects.filter(pk=person).values_list("id_hash", flat=True).first()
        same = parties.same_person(known or "") | {person}
        return entity.person_links.filter(person__in=same, role__in=roles).exists()
