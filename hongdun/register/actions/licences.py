"""Sheets of the licence: numbered, issued, superseded, lost; printing is the business of `documents`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base.ids import uuid7
from hongdun.outbox import actions as outbox
from hongdun.register.actions import timeline
from hongdun.register.actions.errors import RegisterError
from hongdun.register.models import Entity, Licence

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor


@transaction.atomic
def record_licence(
    *,
    entity: Entity,
    copy: Literal["original", "duplicate"],
    duplicate_no: int = 0,
    on: date,
    case_id: UUID | None,
    actor: Actor,
) -> Licence:
    """Number a new sheet that prints the entity as it is now; the valid one in its place is superseded."""
    entity = timeline.lock(entity)
    if entity.status not in {"active", "suspended"}:
        raise RegisterError(f"“{entity.name}”的登记状态为“{entity.status_label}”，不能核发营业执照")
    entity.licences.filter(copy=copy, duplicate_no=duplicate_no, state=Licence.State.VALID).update(
        state=Licence.State.SUPERSEDED, state_since=on
    )
    licence = Licence.objects.create(
        id=uuid7(),
        entity=entity,
        serial=f"{entity.uscc}-{entity.licences.count() + 1:03d}",
        copy=copy,
        duplicate_no=duplicate_no,
        issued_on=on,
        version=entity.licence_version,
        state_since=on,
        organ=entity.organ,
        case_id=case_id,
    )
    _announce("register.licence_issued", licence, actor=actor, case_id=case_id)
    return licence


def attach_document(*, licence: Licence, document: UUID) -> None:
    """Tie the printed file to its sheet, in the transaction that numbered it."""
    licence.document = document
    licence.save(update_fields=["document"])


@transaction.atomic
def end_licence(
    *, licence: Licence, state: Licence.State, on: date, reason: str, case_id: UUID | None, actor: Actor
) -> Licence:
    """Lost, surrendered or revoked; a sheet that ended never becomes valid again, a new one is issued."""
    timeline.lock(licence.entity)
    licence.refresh_from_db()
    if licence.state != Licence.State.VALID:
        raise RegisterError(f"执照 {licence.serial} 已是“{licence.get_state_display()}”，不能再作废")
    licence.state, licence.state_since = state, on
    licence.save(update_fields=["state", "state_since"])
    _announce("register.licence_ended", licence, actor=actor, case_id=case_id, state=state, reason=reason)
    return licence


def settle_superseded(*, entity: Entity, by: UUID, handed_in: bool, on: date, actor: Actor) -> list[Licence]:
    """What became of the sheets that those of case `by` replaced: handed in, or out and announced void (细则 art. 23)."""
    fresh = entity.licences.filter(case_id=by).order_by("issued_on").first()
    if fresh is None:
        return []
    replaced = entity.licences.filter(state=Licence.State.SUPERSEDED, state_since__gte=fresh.issued_on)
    sheets = replaced.exclude(case_id=by).order_by("copy", "duplicate_no")
    return [
        settle_sheet(licence=sheet, handed_in=handed_in, on=on, case_id=by, actor=actor) for sheet in sheets
    ]


@transaction.atomic
def settle_sheet(
    *, licence: Licence, handed_in: bool, on: date, case_id: UUID | None, actor: Actor
) -> Licence:
    """Handed in, in force or not; or out, no longer in force and announced void (条例 art. 37, 细则 art. 23)."""
    timeline.lock(licence.entity)
    licence.refresh_from_db()
    if not licence.is_out and not (handed_in and licence.state == Licence.State.VALID):
        raise RegisterError(f"执照 {licence.serial} 已是“{licence.get_state_display()}”，不用再处理")
    licence.state = Licence.State.SURRENDERED if handed_in else Licence.State.VOID
    licence.state_since = on
    licence.save(update_fields=["state", "state_since"])
    verb = "register.licence_handed_in" if handed_in else "register.licence_void"
    _announce(verb, licence, actor=actor, case_id=case_id)
    return licence


def _announce(verb: str, licence: Licence, *, actor: Actor, case_id: UUID | None, **data: str) -> None:
    entity = licence.entity
    reason = data.pop("reason", "")
    audit.record(
        verb, actor=actor, subject=licence.pk, organ=entity.organ, case_id=case_id, reason=reason,
        uscc=entity.uscc, serial=licence.serial, **data,
    )  # fmt: skip
    outbox.publish(
        verb, organ=entity.organ, entity=entity.pk, uscc=entity.uscc, serial=licence.serial,
        copy=licence.copy, duplicate_no=licence.duplicate_no, case_id=case_id, **data,
    )  # fmt: skip
