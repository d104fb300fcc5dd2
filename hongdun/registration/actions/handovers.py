"""Telling tax, social security, seal-makers and banks what was registered, so that nobody carries papers between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.outbox import actions as outbox
from hongdun.registration import handovers

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity


def send(
    entity: Entity, *occasions: str, case_id: UUID, organ: int, actor: Actor, until: date | None = None
) -> None:
    """One message to each department that hears of it, with the fields that it may have; each stands in the file."""
    for each in handovers.recipients(frozenset(occasions), on=clock.today()):
        body = {code: handovers.FIELDS[code][1](entity) for code in each.fields if code in handovers.FIELDS}
        body |= {"until": until} if "until" in each.fields else {}
        outbox.publish(
            handovers.SENT, organ=organ, entity=entity.pk, case_id=case_id, department=each.department, label=each.label,
            occasion=occasions[0], article=each.article, fields=body,
        )  # fmt: skip
        audit.record(
            "registration.handed_over", actor=actor, subject=entity.pk, organ=organ, case_id=case_id,
            department=each.label, occasion=occasions[0], fields=each.words, article=each.article,
        )  # fmt: skip


OCCASIONS = {
    "register.established": "established",
    "register.changed": "changed",
    "register.corrected": "corrected",
}


def occasions(topic: str, *, items: list[str], status: str) -> list[str]:
    """What a message of the register means to the departments; nothing where they needn't know."""
    if topic == "register.status_changed":
        return ["cancelled"] if status in {"cancelled", "annulled", "revoked"} else []
    renamed = ["renamed"] if "name" in items and topic != "register.established" else []
    return [OCCASIONS[topic], *renamed]
