"""Work orders of 12345: those open first, by the day they are due; and the same matter under other numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When

from hongdun.consumer.channels.models import WorkOrder

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

OPEN = ("new", "signed")


def listed(actor: Actor) -> QuerySet[WorkOrder]:
    rank = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return WorkOrder.objects.filter(organ__range=actor.range).order_by(rank, "due", "number")


def of_number(number: str, actor: Actor) -> WorkOrder | None:
    return WorkOrder.objects.filter(organ__range=actor.range, number=number).select_related("contact").first()


def same_matter(order: WorkOrder) -> QuerySet[WorkOrder]:
    return WorkOrder.objects.filter(digest=order.digest).exclude(pk=order.pk).order_by("arrived")
