"""Which templates an officer is offered at a step, filled in for the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from hongdun.base import clock
from hongdun.cases.opinions.models import USES, OpinionTemplate
from hongdun.lib import organs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.cases.procedure import Step

MOST_OFFERED = 15
MOST_LISTED = 200
PLACES = ("主体名称", "业务", "受理编号", "收到日期", "申请人", "今天")


@dataclass(frozen=True, slots=True)
class Offered:
    """A template with its placeholders filled in; `into` names the field that takes it."""

    id: UUID
    title: str
    text: str
    into: str
    label: str
    own: bool


def offered(case: Case, step: Step, actor: Actor) -> list[Offered]:
    """What this officer uses most first, one's own before the bureau's."""
    found = _seen_by(actor).filter(use__in=_uses(step), procedure_code__in=["", case.procedure_code])
    used = Count("uses", filter=Q(uses__officer=actor.person))
    rows = found.annotate(used=used).order_by("-used", "position", "title")[:MOST_OFFERED]
    return [
        Offered(
            row.id, row.title, filled(row.text, case), "more_items" if row.use == "items" else "opinion",
            USES[row.use], row.owner is not None,
        )
        for row in sorted(rows, key=lambda each: each.owner is None)
    ]  # fmt: skip


def _uses(step: Step) -> Iterable[str]:
    needs = {need for outcome in step.outcomes.values() for need in outcome.needs}
    yield step.duty or "other"
    if "grounds" in needs:
        yield "refuse"
    if "items" in needs:
        yield "items"


def filled(text: str, case: Case) -> str:
    words = {
        "主体名称": case.title, "业务": case.procedure.label, "受理编号": case.number, "收到日期": f"{case.received}",
        "申请人": str(case.data.get("applicant") or "申请人"), "今天": f"{clock.today()}",
    }  # fmt: skip
    for place in PLACES:
        text = text.replace(f"{{{place}}}", words[place])
    return text


def _seen_by(actor: Actor) -> QuerySet[OpinionTemplate]:
    above = organs.ancestors(actor.organ) if actor.organ else ()
    return OpinionTemplate.objects.filter(
        Q(owner=None, organ__in=above) | Q(owner=actor.person, organ=actor.organ or 0), retired=None
    )


def listed(actor: Actor) -> list[OpinionTemplate]:
    """All that may be used here, each with how often and when last in the actor's range."""
    counted = _seen_by(actor).annotate(used=Count("uses"), last=Max("uses__at"))
    return list(counted.order_by("use", "title", "id")[:MOST_LISTED])


def editable(actor: Actor, template: UUID) -> OpinionTemplate | None:
    """One's own; the bureau's own by those who lead it."""
    mine = Q(owner=actor.person)
    if actor.roles & {"head", "approver"}:
        mine |= Q(owner=None)
    return OpinionTemplate.objects.filter(mine, pk=template, organ=actor.organ or 0, retired=None).first()
