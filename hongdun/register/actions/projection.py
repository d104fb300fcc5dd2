"""The current state in typed columns and rows, written in the transaction of the version it mirrors."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.register.actions import namerows, wordings
from hongdun.register.models import Entity, EntityPerson, EntityShare, Fate, Licence, PersonLink

if TYPE_CHECKING:
    from datetime import date

    from hongdun.lib.names import Parts
    from hongdun.lib.particulars import Particulars

# 登记管理条例实施细则 art. 23: what stands on the licence; a change of these makes the sheets out of date.
ON_LICENCE = ("name", "type", "representative", "capital", "established", "domicile", "scope", "composition")
SHAREHOLDER = "shareholder"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who registers an entity and whose grid it lies in."""

    organ: int
    station: int | None = None


def fill(entity: Entity, state: Particulars) -> Entity:
    """Copy the state into the entity's columns without saving it."""
    entity.name = state.shown_name
    entity.kind, entity.type, entity.status = state.kind, state.type, state.status
    entity.established, entity.representative = state.established, state.representative
    entity.capital = state.capital.amount if state.capital else None
    entity.currency = state.capital.currency if state.capital else ""
    entity.address, entity.division = state.domicile.text, state.domicile.division
    entity.scope, entity.industry = state.scope.text, state.industry
    return entity


def refresh(
    entity: Entity,
    before: Particulars,
    after: Particulars,
    *,
    on: date,
    fate: Fate = Fate.RENAMED,
    parts: Parts | None = None,
    seat: Seat | None = None,
) -> None:
    """Bring every projection of a locked entity to `after`, the state from `on`.

    `fate` of a name given up; `parts` of the new one where a person split it; `seat` where it moved.
    """
    earlier = copy(entity)
    fill(entity, after)
    if seat:
        entity.organ, entity.station = seat.organ, seat.station
    entity.version += 1
    if any(getattr(before, item) != getattr(after, item) for item in ON_LICENCE):
        entity.licence_version += 1
        entity.licences.filter(state=Licence.State.VALID).update(
            state=Licence.State.SUPERSEDED, state_since=on
        )
    entity.save()
    namerows.follow(entity, earlier, on=on, fate=fate, parts=parts)
    wordings.write(entity, after)
    moved = earlier.organ != entity.organ
    if moved or (before.people, before.shares) != (after.people, after.shares):
        replace_people(entity, after)


def replace_people(entity: Entity, state: Particulars) -> None:
    for model in (EntityPerson, EntityShare, PersonLink):
        model.objects.filter(entity=entity).delete()
    write_people(entity, state)


def write_people(entity: Entity, state: Particulars) -> None:
    shown = [each for each in state.people if each.is_public]
    EntityPerson.objects.bulk_create(
        EntityPerson(entity=entity, name=each.name, role=each.role, place=place)
        for place, each in enumerate(shown)
    )
    EntityShare.objects.bulk_create(
        EntityShare(
            entity=entity,
            holder=each.holder,
            holder_entity_id=each.entity,
            amount=each.subscribed.amount,
            currency=each.subscribed.currency,
            deadline=each.deadline,
            form=each.form,
            standing=each.standing,
            country=each.country,
            place=place,
        )
        for place, each in enumerate(state.shares)
    )
    links = [(each.person, each.role) for each in state.people if each.person]
    links += [(each.person, SHAREHOLDER) for each in state.shares if each.person]
    PersonLink.objects.bulk_create(
        PersonLink(entity=entity, organ=entity.organ, person=person, role=role) for person, role in links
    )
