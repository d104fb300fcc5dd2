"""A merchant as the officers see it, and as its own account does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, Exists, OuterRef, Q, Sum

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Task
from hongdun.consumer.models import Kind, Matter
from hongdun.consumer.publicity.models import OdrMember, Seat
from hongdun.consumer.queries.standing import SETTLED
from hongdun.parties import queries as parties
from hongdun.parties.models import Person
from hongdun.register.models import Entity, PersonLink

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

YEAR = timedelta(days=365)
MOST = 200
ANSWERING = ("odr", "consent")  # steps from which on a merchant is asked
REPRESENTS = ("legal_representative", "person_in_charge", "operator", "managing_partner", "investor")


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the last year, as far as this officer's range goes."""

    complaints: int
    reports: int
    closed: int
    settled: int
    opened: int
    recovered: Decimal | None
    rating: float | None

    @property
    def rate(self) -> int:
        return round(100 * self.settled / self.closed) if self.closed else 0


def matters(entity: UUID, actor: Actor) -> QuerySet[Matter]:
    """Its complaints and reports within the range, newest first."""
    return (
        Matter.objects.filter(entity=entity, kind__in=[Kind.COMPLAINT, Kind.REPORT], case__organ__range=actor.range)
        .select_related("case")
        .order_by("-received", "case")
    )  # fmt: skip


def figures(entity: UUID, actor: Actor) -> Figures:
    complaint, closed = Q(kind=Kind.COMPLAINT), Q(case__closed__isnull=False)
    counted = matters(entity, actor).filter(received__gt=clock.today() - YEAR).order_by().aggregate(
        complaints=Count("case", filter=complaint),
        reports=Count("case", filter=~complaint),
        closed=Count("case", filter=complaint & closed),
        settled=Count("case", filter=complaint & closed & Q(result__in=SETTLED)),
        opened=Count("case", filter=Q(result="opened")),
        recovered=Sum("recovered"),
        rating=Avg("rating"),
    )  # fmt: skip
    return Figures(**counted)


def members(actor: Actor) -> list[tuple[OdrMember, Entity | None]]:
    rows = list(OdrMember.objects.filter(organ__range=actor.range).order_by("-since", "-id")[:MOST])
    known = Entity.objects.in_bulk([row.entity for row in rows])
    return [(row, known.get(row.entity)) for row in rows]


def seats(entity: UUID, actor: Actor) -> list[Seat]:
    return list(Seat.objects.filter(entity=entity, organ__range=actor.range).order_by("-granted")[:MOST])


def represented(person: UUID) -> list[Entity]:
    """Merchants that this account answers for: seats that officers gave, and roles where the identity is confirmed."""
    with system_scope("核对经营者账号"):
        keys = set(Seat.objects.filter(person=person, ended=None).values_list("entity", flat=True))
        who = Person.objects.filter(pk=person).exclude(identity_by="self_declared").first()
        if who is not None:
            roles = PersonLink.objects.filter(
                person__in=parties.same_person(who.id_hash), role__in=REPRESENTS
            )
            keys |= set(roles.values_list("entity_id", flat=True))
    return list(Entity.objects.filter(pk__in=keys).order_by("name")[:MOST])


def asked_of(entity: Entity, *, first: int, most: int) -> list[Matter]:
    """Complaints on which the merchant is or was asked, the open ones first; of reports nothing (art. 37)."""
    asked = Task.objects.filter(case=OuterRef("case"), step__in=ANSWERING)
    with system_scope("经营者账号查看投诉"):
        found = Matter.objects.filter(Exists(asked), entity=entity.pk, kind=Kind.COMPLAINT).select_related(
            "case"
        )
        return list(found.order_by("-received", "case")[first : first + most])
