"""Rows of names, with the keys and pieces that comparing and searching read, in the filing's transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hongdun.base.ids import uuid7
from hongdun.lib import grams, names
from hongdun.lib.entitytypes import KINDS
from hongdun.lib.particulars import ENDED
from hongdun.register.models import Entity, Fate, Name, NameKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

FATES = {"cancelled": Fate.CANCELLED, "annulled": Fate.ANNULLED}
CITY = 100_000


class Made(NamedTuple):
    """What is made from the text of a name and the city of its authority."""

    name: str
    city: int
    trade: str
    industry: str
    keyed: int
    keys: list[int]
    grams: list[int]


def made(name: str, organ: int, *, parts: names.Parts | None = None, narrow: Iterable[int] = ()) -> Made:
    """`parts` where a person split the name; `narrow` what a search may narrow to.

    A branch's name is its parent's with words behind: it is found by search, and nobody's name is near it (art. 13).
    """
    parts = parts or names.parse(name)
    city = organ // CITY
    keys = [] if parts.branch else names.stored(parts)
    trade = "" if parts.branch else parts.trade
    pieces = [*grams.bigrams(name), *grams.spelled(name, trade), *grams.gaps(name, trade), *narrow]
    return Made(name, city, trade, parts.industry, names.KEYS, keys, pieces)


def unnamed(shown: str) -> names.Parts:
    """What stands for the name that an individual business does without: found by search, compared with no name."""
    return replace(names.parse(shown), trade="", industry="", branch=shown)


def placed(entity: Entity, id_: UUID, *, former: bool = False) -> tuple[int, ...]:
    """What a search narrows to, and where the row `id_` of that entity stands in lists."""
    return (*narrowed(entity), *grams.placed(id_, grams.rank(entity.status, former=former)))


def narrowed(entity: Entity) -> tuple[int, ...]:
    return grams.filters(
        organ=entity.organ,
        status=entity.status,
        kind=entity.type,
        industry=entity.industry,
        year=entity.established.year if entity.established else None,
    )


def begin(entity: Entity, name: str, *, since: date | None, parts: names.Parts | None = None) -> Name:
    """The name that an entity bears from now on."""
    ended, id_ = entity.status in ENDED, uuid7()
    return Name.objects.create(
        **made(name, entity.organ, parts=parts, narrow=placed(entity, id_))._asdict(),
        id=id_,
        entity=entity,
        organ=entity.organ,
        since=since,
        until=entity.closed if ended else None,
        fate=FATES.get(entity.status, Fate.NONE),
    )


def reserve(name: str, *, organ: int, case_id: UUID, since: date, until: date, parts: names.Parts) -> Name:
    return Name.objects.create(
        **made(name, organ, parts=parts)._asdict(),
        case_id=case_id,
        organ=organ,
        kind=NameKind.RESERVED,
        since=since,
        until=until,
    )


def use_up(name: str, cases: Collection[UUID]) -> None:
    """The reservation has served: its name is borne now."""
    if cases:
        reserved = Name.objects.filter(case_id__in=cases, name=name, kind=NameKind.RESERVED)
        reserved.update(fate=Fate.RELEASED)


def follow(entity: Entity, before: Entity, *, on: date, fate: Fate, parts: names.Parts | None = None) -> None:
    """Bring the names of a locked entity to its new state; what it bore stays findable as a former name.

    `before` is the entity as it was. `fate` tells why a changed name was given up.
    """
    renamed = before.name != entity.name
    if renamed:
        borne = entity.names.filter(kind=NameKind.CURRENT)
        if before.name == entity.uscc:  # it stood for a name that had to be stopped
            borne.delete()
        else:
            borne.update(kind=NameKind.FORMER, until=on, fate=fate)
        # An annulment or a correction gives an old name back; it is former no more.
        entity.names.filter(kind=NameKind.FORMER, name=entity.name).delete()
        begin(entity, entity.name, since=on, parts=parts)
    if renamed or before.organ != entity.organ or narrowed(before) != narrowed(entity):
        remake(entity)
    if before.status != entity.status:
        entity.names.filter(kind=NameKind.CURRENT).update(
            until=entity.closed, fate=FATES.get(entity.status, Fate.NONE)
        )


def remake(entity: Entity) -> None:
    """Make keys and pieces of all its names anew; how a person split a name stays."""
    for row in entity.names.all():
        narrow = placed(entity, row.id, former=row.kind == NameKind.FORMER)
        fresh = made(row.name, entity.organ, parts=_parts(entity, row), narrow=narrow)
        row.organ, row.city = entity.organ, fresh.city
        row.keyed, row.keys, row.grams = fresh.keyed, fresh.keys, fresh.grams
        row.save(update_fields=["organ", "city", "keyed", "keys", "grams"])


def _parts(entity: Entity, row: Name) -> names.Parts | None:
    if entity.kind == "individual" and row.name.startswith(KINDS["individual"]) and not row.trade:
        return unnamed(row.name)
    return names.moved(names.parse(row.name), trade=row.trade, industry=row.industry)
