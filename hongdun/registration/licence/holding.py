"""Which sheets an entity holds, which it declared void and hasn't got again, which it has to hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.register.models import Licence
from hongdun.register.models.licences import OUT
from hongdun.registration import allowable
from hongdun.registration.licence.application import FILINGS
from hongdun.registration.licence.models import VoidNotice, named, sheet_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker
    from hongdun.registration.licence.models import Sheet

LOSS = "市场主体登记管理条例第三十七条第二款"
RETURN = "市场主体登记管理条例第三十七条第三款"
COPIES_ARTICLE = "市场主体登记管理条例第二十二条第一款"


def key(sheet: Sheet) -> str:
    return sheet["serial"] or place(sheet)


def place(sheet: Sheet) -> str:
    """Of one entity no two sheets in force have the same."""
    return f"{sheet['copy']}-{sheet['no']}"


def choices(sheets: Iterable[Sheet]) -> list[tuple[str, str]]:
    return [(key(each), sheet_label(each)) for each in sheets]


def chosen(keys: Collection[str], sheets: Iterable[Sheet]) -> list[Sheet]:
    return [each for each in sheets if key(each) in keys]


def in_force(entity: Entity) -> list[Sheet]:
    valid = entity.licences.filter(state=Licence.State.VALID)
    return [named(each) for each in valid.order_by("-copy", "duplicate_no")]


def missing(entity: Entity) -> list[Sheet]:
    """Declared void, and nothing in force in its place."""
    held = {place(each) for each in in_force(entity)}
    declared = entity.void_notices.exclude(cause=VoidNotice.Cause.KEPT).order_by("published", "id")
    found = {place(each): each for notice in declared for each in notice.sheets}
    gone = [each for where, each in found.items() if where not in held]
    return sorted(gone, key=lambda each: (each["copy"] != "original", each["no"]))


def declarable(entity: Entity) -> list[Sheet]:
    """Those in force, and those printed before the platform, which the register has no number of."""
    known = set(entity.licences.values_list("copy", flat=True))
    gone = {place(each) for each in missing(entity)}
    early: list[Sheet] = [named(None, copy="original"), named(None, copy="duplicate", no=1)]
    return in_force(entity) + [
        each for each in early if each["copy"] not in known and place(each) not in gone
    ]


def returnable(entity: Entity) -> list[Sheet]:
    """Out and to be handed in, or in force and given back of one's own accord."""
    held = entity.licences.filter(state__in=(*OUT, Licence.State.VALID))
    return [named(each) for each in held.order_by("issued_on", "-copy", "duplicate_no")]


def next_duplicates(entity: Entity, count: int) -> list[int]:
    """Numbers that no duplicate of this entity ever bore."""
    declared = [each["no"] for each in missing(entity)]
    borne = [*entity.licences.values_list("duplicate_no", flat=True), *declared, 0]
    return list(range(max(borne) + 1, max(borne) + 1 + count))


def against_declaring(entity: Entity) -> Iterator[Blocker]:
    """The entity ended, or another filing about its sheets is being decided."""
    for each in allowable.common(entity):
        if each.code != "open_filing" or any(label in each.text for label in FILINGS):
            yield each


def against_new(entity: Entity) -> Iterator[Blocker]:
    yield from against_declaring(entity)
    yield from allowable.revoked(entity)
