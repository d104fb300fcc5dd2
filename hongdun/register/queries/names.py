"""Which names a new one must not be taken for (企业名称登记管理规定 art. 16, 17), each finding with its article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hongdun.base.clock import today
from hongdun.law import queries as law
from hongdun.lib import names, organs
from hongdun.lib.names import content, forms, industries
from hongdun.lib.particulars import ENDED
from hongdun.register.models import Fate, Name, NameKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from hongdun.lib.names import Parts, Rule

REGION = 45
# More near names of one rule help nobody to choose: the nearest are shown, the rest counted.
SHOWN = 20
CANDIDATES = """
SELECT n.name, n.kind, n.trade, n.industry, n.city, n.until, n.fate, n.entity_id, n.case_id FROM register_name n
WHERE (n.keys && %(keys)s::bigint[] AND (n.city = ANY(%(cities)s::int[]) OR n.trade = %(trade)s) OR n.name = %(name)s)
    AND (n.until IS NULL OR n.until >= %(since)s)
"""
BEARERS = "SELECT id, uscc, status FROM register_entity WHERE id = ANY(%s)"
# The registrars of names (GB/T 2260): the region's own bureau and its fourteen cities.
CITIES = tuple(range(4500, 4515))
EFFECTIVE = date(2021, 3, 1)  # names given up before are kept by the rule that took effect then


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose name stands in the way; `uscc` is empty for a reservation."""

    name: str
    uscc: str
    kind: str
    status: str
    city: int
    until: date | None
    fate: str
    entity: UUID | None
    case: UUID | None


class Candidate(NamedTuple):
    """A name that shares a key with the one that is asked for."""

    name: str
    kind: str
    trade: str
    industry: str
    city: int
    until: date | None
    fate: str
    entity: UUID | None
    case: UUID | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason against a name, or to think again; `bearer` None: the name itself is the matter."""

    rule: str
    label: str
    article: str
    explanation: str
    bearer: Bearer | None = None


@dataclass(slots=True)
class Check:
    """`freed`: what would block, were it not for the investment or the transfer that was stated (art. 17)."""

    parts: Parts
    on: date
    region_wide: bool
    blocking: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    freed: list[Finding] = field(default_factory=list)
    more: int = 0  # near names found beyond those listed

    @property
    def free(self) -> bool:
        return not self.blocking


@dataclass(frozen=True, slots=True)
class Naming:
    """What is known of the one who wants a name.

    `organ`: its authority; None leaves the city to the name. `bearer`: the entity that changes its name. `cases`: its own
    reservations. `investors`, `assigned`: unified codes of those it has an investment link with, or whose given-up name
    was assigned to it. `trade`, `industry`: the split where the applicant moved it.
    """

    organ: int | None = None
    kind: str = "enterprise"
    bearer: UUID | None = None
    cases: frozenset[UUID] = frozenset()
    investors: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    trade: str = ""
    industry: str = ""


def check_name(name: str, naming: Naming | None = None, *, on: date | None = None) -> Check:
    """Everything that speaks against a name on a day (today): what blocks, what warns, what is freed."""
    naming, day = naming or Naming(), on or today()
    parts = split_name(name, naming)
    city = _city(parts, naming)
    found = _conflicts(parts, naming, day=day, city=city)
    for flaw in content.flaws(parts, on=day, city=city, kind=naming.kind):
        finding = Finding(flaw.rule, flaw.text, flaw.article, flaw.text)
        (found.blocking if flaw.blocks else found.warnings).insert(0, finding)
    return found


def conflicts(name: str, naming: Naming, *, on: date | None = None) -> Check:
    """Only what other names say against it, as it is entered in the register."""
    parts = split_name(name, naming)
    return _conflicts(parts, naming, day=on or today(), city=_city(parts, naming))


def reserved_for(case_id: UUID) -> Name | None:
    """The name that a case keeps today, if it does."""
    kept = Name.objects.filter(case_id=case_id, kind=NameKind.RESERVED, until__gte=today())
    return kept.exclude(fate=Fate.RELEASED).first()


def split_name(name: str, naming: Naming) -> Parts:
    """The name's parts, as the applicant moved them where that leaves the name as it is."""
    parts = names.parse(name)
    if not naming.trade:
        return parts
    return names.moved(parts, trade=naming.trade, industry=naming.industry) or parts


def _city(parts: Parts, naming: Naming) -> int | None:
    """Four digits; None where neither the authority nor the name tells a city of the region."""
    if naming.organ is not None and organs.level(naming.organ) >= organs.CITY:
        return naming.organ // 100_000
    code = parts.division
    return int(code[:4]) if code.startswith(str(REGION)) and code[2:4] != "00" else None


def _conflicts(parts: Parts, naming: Naming, *, day: date, city: int | None) -> Check:
    scope = content.comparing(parts, on=day, organ=naming.organ)
    wide = scope.region or city is None
    candidates = _candidates(parts, day=day, cities=CITIES if wide or city is None else (city,))
    alike = [
        (rule, each) for each in candidates if (rule := _rule(parts, each, inside=wide or each.city == city))
    ]
    near = [
        (rule, bearer)
        for (rule, _), bearer in zip(alike, _bearers([each for _, each in alike]), strict=True)
        if not _own(bearer, naming) and _in_force(bearer, day)
    ]
    found = Check(parts, day, wide)
    _sort_out(found, near, naming)
    return found


def _candidates(parts: Parts, *, day: date, cities: Collection[int]) -> list[Candidate]:
    """Names that share a key; of other cities those with the very same trade name only."""
    since = day - timedelta(days=366 * law.rule("name_release", max(day, EFFECTIVE)).value + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            CANDIDATES,
            {
                "keys": names.wanted(parts),
                "cities": list(cities),
                "trade": parts.trade,
                "name": parts.name,
                "since": since,
            },
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def _rule(parts: Parts, candidate: Candidate, *, inside: bool) -> Rule | None:
    """How the two are alike; outside the registrar's district only the same trade and business matter."""
    other = _parts(candidate)
    rule = names.compare(parts, other)
    if rule and (inside or rule.code == "same_name"):
        return rule
    if rule and rule.code == "same_trade" and parts.core and parts.core == other.core:
        return names.RULES["elsewhere"]
    return None


def _parts(candidate: Candidate) -> Parts:
    """As stored: a bearer's own split counts, and splitting hundreds of names would take longer than finding them."""
    name, trade, industry = candidate.name, candidate.trade, candidate.industry
    meant = industries.industry(industry or forms.business(name))
    return names.Parts(
        name=name, place="", division="", trade=trade, industry=industry, form="", group=meant.group, core=meant.core,
        branch="" if trade else name,
    )  # fmt: skip


def _bearers(alike: Sequence[Candidate]) -> list[Bearer]:
    """Asked for apart: of the names that share a key, few are alike."""
    known = {}
    if ids := [each.entity for each in alike if each.entity]:
        with connection.cursor() as cursor:
            cursor.execute(BEARERS, [ids])
            known = {id_: (uscc, status) for id_, uscc, status in cursor.fetchall()}
    return [_bearer(each, *known.get(each.entity, ("", ""))) for each in alike]


def _bearer(candidate: Candidate, uscc: str, status: str) -> Bearer:
    return Bearer(
        name=candidate.name, uscc=uscc, kind=candidate.kind, status=status, city=candidate.city, until=candidate.until,
        fate=candidate.fate, entity=candidate.entity, case=candidate.case,
    )  # fmt: skip


def _own(bearer: Bearer, naming: Naming) -> bool:
    if bearer.entity is not None:
        return bearer.entity == naming.bearer and bearer.fate != Fate.INFRINGING
    return bearer.case in naming.cases


def _in_force(bearer: Bearer, day: date) -> bool:
    """Borne, reserved, or given up less than the year ago that art. 17 keeps it for."""
    if bearer.until is None:
        return bearer.status not in ENDED
    if bearer.kind == NameKind.RESERVED:
        return bearer.until >= day and bearer.fate != Fate.RELEASED
    return day <= law.due("name_release", bearer.until, max(day, EFFECTIVE)).date


def _sort_out(found: Check, near: list[tuple[Rule, Bearer]], naming: Naming) -> None:
    order = {code: place for place, code in enumerate(names.RULES)}
    near.sort(key=lambda each: (order[each[0].code], each[1].kind, each[1].name))
    listed: Counter[str] = Counter()
    for rule, bearer in near:
        linked = _linked(bearer, naming)
        if not linked and listed[rule.code] == SHOWN:
            found.more += 1
            continue
        finding = Finding(rule.code, rule.label, rule.article, _explanation(rule, bearer), bearer)
        if linked:
            told = f"{finding.explanation}。已说明有投资关系或者受让名称"
            found.freed.append(replace(finding, explanation=told))
            continue
        listed[rule.code] += 1
        (found.blocking if rule.blocks else found.warnings).append(finding)


def _linked(bearer: Bearer, naming: Naming) -> bool:
    """An investment link frees every name of that enterprise, an assignment the names given up (art. 17)."""
    if bearer.uscc in naming.investors:
        return True
    return bearer.uscc in naming.assigned and bearer.until is not None and bearer.fate != Fate.ANNULLED


def _explanation(rule: Rule, bearer: Bearer) -> str:
    code = f"（{bearer.uscc}）" if bearer.uscc else ""
    return f"{rule.label}：{_standing(bearer)}“{bearer.name}”{code}"


def _standing(bearer: Bearer) -> str:
    if bearer.kind == NameKind.RESERVED:
        return f"保留至 {bearer.until} 的名称"
    if bearer.until is None:
        return "已登记的名称"
    return f"{bearer.until} {Fate(bearer.fate).label or '停止使用'}、未满 1 年的名称"
