"""A name is entered only while nobody else's stands against it (企业名称登记管理规定 art. 17), also when two enter at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from hongdun.audit import actions as audit
from hongdun.outbox import actions as outbox
from hongdun.register import queries
from hongdun.register.actions import namerows, projection, timeline
from hongdun.register.actions.errors import RegisterError
from hongdun.register.actions.timeline import Filing
from hongdun.register.models import Fate, Name, NameKind, VersionKind

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.lib.names import Parts
    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming

NAMING = 0x68644E61  # advisory locks of trade names; the second key is the trade name's hash


def take(name: str, naming: Naming, *, on: date) -> Parts:
    """Hold the trade name until the transaction ends; returns how the name is split.

    Refused where the same name, or the same trade name in the same industry, is borne, reserved or protected.
    """
    parts = queries.split_name(name, naming)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NAMING, parts.trade or name])
    if found := queries.conflicts(name, naming, on=on).blocking:
        raise RegisterError(
            "；".join(f"{each.explanation}（{each.article}），请换一个字号" for each in found[:3])
        )
    return parts


@transaction.atomic
def reserve_name(
    *, name: str, naming: Naming, organ: int, on: date, until: date, case_id: UUID, actor: Actor
) -> Name:
    """Keep a name for its applicant up to and including `until` (art. 18); refused as an entry would be."""
    parts = take(name, replace(naming, organ=organ), on=on)
    row = namerows.reserve(name, organ=organ, case_id=case_id, since=on, until=until, parts=parts)
    audit.record(
        "register.name_reserved", actor=actor, subject=row.pk, organ=organ, case_id=case_id, name=name
    )
    return row


@transaction.atomic
def release_name(*, case_id: UUID, actor: Actor) -> int:
    """Give up what was reserved for a case; returns how many names."""
    rows = Name.objects.filter(case_id=case_id, kind=NameKind.RESERVED).exclude(fate=Fate.RELEASED)
    organ = rows.values_list("organ", flat=True).first()
    released = rows.update(fate=Fate.RELEASED)
    if released:
        audit.record("register.name_released", actor=actor, subject=case_id, organ=organ, case_id=case_id)
    return released


@transaction.atomic
def stop_name(*, entity: Entity, on: date, reason: str, case_id: UUID | None, actor: Actor) -> Entity:
    """The entity may use its name no longer: its code stands for it until it has another (art. 23).

    Its old name stays findable and nobody may take it for a year, the entity itself never.
    """
    entity = timeline.lock(entity)
    last = queries.open_versions(entity)[-1]
    if entity.name == entity.uscc:
        raise RegisterError(f"{entity.uscc} 的名称已经停止使用，不必再次办理")
    if last.valid_from is not None and on < last.valid_from:
        raise RegisterError(f"{on} 早于最近一次登记的生效日期 {last.valid_from}，请核对停止使用的日期")
    before = queries.full(last)
    after = replace(before, name=entity.uscc)
    filing = Filing(
        kind=VersionKind.NAME_STOPPED, organ=actor.organ or entity.organ, case_id=case_id, person=actor.person,
        note=reason[:500],
    )  # fmt: skip
    timeline.amend(entity, on, None, lambda state: replace(state, name=entity.uscc), filing=filing)
    projection.refresh(entity, before, after, on=on, fate=Fate.INFRINGING)
    audit.record(
        "register.name_stopped", actor=actor, subject=entity.pk, organ=entity.organ, case_id=case_id,
        uscc=entity.uscc, on=on, version=entity.version, name=before.name,
    )  # fmt: skip
    outbox.publish(
        "register.changed", organ=entity.organ, entity=entity.pk, uscc=entity.uscc, name=entity.name,
        version=entity.version, on=on, case_id=case_id, items=["name"],
    )  # fmt: skip
    return entity
