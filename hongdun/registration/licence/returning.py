"""Old sheets: handed in, or out and announced void by the authority (条例 art. 37, 细则 art. 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.outbox import actions as outbox
from hongdun.register import actions as register
from hongdun.register.models import Licence
from hongdun.register.models.licences import OUT
from hongdun.registration.licence.models import VoidNotice, named
from hongdun.registration.publicity import actions as publicity
from hongdun.registration.publicity.models import Announcement
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.licence.models import Sheet


def take_back(case: Case, *, actor: Actor, decision: Decision) -> None:
    """What became of the old sheets when the new ones were handed over; not said, they stay to be got back."""
    became = decision.data.get("old_sheets")
    if became not in {"handed_in", "void"}:
        return
    entity = whose.of(case.data)
    settled = register.settle_superseded(
        entity=entity, by=case.id, handed_in=became == "handed_in", on=clock.today(), actor=actor
    )
    if became == "void" and settled:
        publish(
            entity, VoidNotice.Cause.KEPT, [named(each) for each in settled], case_id=case.id, actor=actor
        )


@transaction.atomic
def settle(ids: Collection[UUID], *, handed_in: bool, actor: Actor) -> int:
    """Sheets chosen from the list of those that are out; of one entity they go into one notice."""
    found = (
        out_in(actor).filter(pk__in=ids).select_related("entity").order_by("entity", "copy", "duplicate_no")
    )
    by_entity: dict[Entity, list[Licence]] = {}
    for sheet in found:
        by_entity.setdefault(sheet.entity, []).append(sheet)
    for entity, sheets in by_entity.items():
        for sheet in sheets:
            register.settle_sheet(
                licence=sheet, handed_in=handed_in, on=clock.today(), case_id=None, actor=actor
            )
        if not handed_in:
            publish(
                entity, VoidNotice.Cause.KEPT, [named(each) for each in sheets], case_id=None, actor=actor
            )
    return sum(map(len, by_entity.values()))


def out_in(actor: Actor) -> QuerySet[Licence]:
    """Sheets of this actor's range that have to be handed in, the oldest first."""
    found = Licence.objects.filter(organ__range=actor.range, state__in=OUT)
    return found.order_by("state_since", "id")


def publish(
    entity: Entity, cause: VoidNotice.Cause, sheets: Sequence[Sheet], *, case_id: UUID | None, actor: Actor
) -> VoidNotice:
    with system_scope("公告执照作废"):
        notice = VoidNotice.objects.create(
            entity=entity, name=entity.name, organ=entity.organ, case_id=case_id, cause=cause, sheets=list(sheets),
            published=clock.today(),
        )  # fmt: skip
        publicity.announce(
            notice=notice.pk, kind=Announcement.Kind.VOID, organ=entity.organ, uscc=entity.uscc, name=entity.name,
            since=notice.published,
        )  # fmt: skip
    audit.record(
        "licence.void_published",
        actor=actor,
        subject=notice.pk,
        organ=entity.organ,
        case_id=case_id,
        cause=cause,
    )
    outbox.publish(
        "registration.licences_void", organ=entity.organ, entity=entity.pk, uscc=entity.uscc, cause=cause,
        sheets=list(sheets), on=notice.published,
    )  # fmt: skip
    return notice
