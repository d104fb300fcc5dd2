"""What departments are told of registrations: what each still has to hear, and how far what was sent has got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q

from hongdun.base import partners as files
from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.exchange.models import Handover
from hongdun.lib import canonical
from hongdun.registration import handovers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.base.partners import Partner

State = Handover.State
COUNTED = 1_000  # beyond, nobody needs the number
PATIENCE = timedelta(days=1)


def partners() -> dict[str, Partner]:
    return files.load(settings.EXCHANGE_DEPARTMENTS, what="接收推送的部门", listens=False)


def pending(department: str) -> QuerySet[Handover]:
    """What it hasn't confirmed, in order; what it refused waits for somebody here to look at it."""
    unfinished = Handover.objects.filter(department=department, state__in=[State.QUEUED, State.FETCHED])
    return unfinished.order_by("position")


def after(department: str, position: int) -> QuerySet[Handover]:
    """All that follows, whether it was confirmed or not: for who begins again from an older state."""
    return Handover.objects.filter(department=department, position__gt=position).order_by("position")


def next_to_push(department: str) -> Handover | None:
    """The first that isn't confirmed; none while it is too early to try that one again."""
    first = pending(department).first()
    return None if first is None or (first.retry_at and first.retry_at > now()) else first


def as_json(row: Handover) -> dict[str, Any]:
    return {
        "id": str(row.pk), "position": row.position, "at": canonical.instant(row.at), "occasion": row.occasion,
        "organ": row.organ, "article": row.article, "entity": row.fields,
    }  # fmt: skip


def arrivals(case_id: UUID) -> list[handovers.Arrival]:
    """How far what was sent of a case has got, for its pages."""
    rows = Handover.objects.filter(case_id=case_id).order_by("at", "position")
    return [handovers.Arrival(row.label, row.occasion, str(row.state_label), row.moved) for row in rows]


@dataclass(frozen=True, slots=True)
class Standing:
    """A department on the administrator's page."""

    department: str
    label: str
    partner: Partner | None
    waiting: int
    oldest: datetime | None
    refused: int

    @property
    def way(self) -> str:
        if self.partner is None:
            return "还没有登记对接方"
        return "推送到对方" if self.partner.url else "等对方来取"


def standings(actor: Actor, known: Mapping[str, Partner]) -> list[Standing]:
    return [_standing(code, label, known.get(code), actor) for code, label in handovers.departments().items()]


def _standing(code: str, label: str, partner: Partner | None, actor: Actor) -> Standing:
    here = unfinished(actor).filter(department=code)
    waiting = here.exclude(state=State.REFUSED)
    return Standing(
        code, label, partner, waiting[:COUNTED].count(),
        waiting.order_by("at").values_list("at", flat=True).first(), here.filter(state=State.REFUSED)[:COUNTED].count(),
    )  # fmt: skip


def unfinished(actor: Actor) -> QuerySet[Handover]:
    return Handover.objects.filter(organ__range=actor.range).exclude(state=State.ACKNOWLEDGED)


def stuck(actor: Actor, department: str) -> QuerySet[Handover]:
    """Refused, failed once at least, or waiting for longer than a day."""
    late = Q(state=State.REFUSED) | Q(attempts__gt=0) | Q(at__lt=now() - PATIENCE)
    return unfinished(actor).filter(late, department=department)


def overdue() -> str | None:
    """Which departments that we have a line to have confirmed nothing for a day, for /readyz."""
    try:
        known = partners()
    except files.BadPartners as error:
        return str(error)
    with system_scope("检查部门推送"):
        late = [code for code in known if pending(code).filter(at__lt=now() - PATIENCE).exists()]
    return f"推送 {'、'.join(late)} 的登记信息超过一天没有确认，请看 /desk/handovers/" if late else None
