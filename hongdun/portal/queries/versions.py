"""The states of one entity in both times, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.functions import Lower

from hongdun.register import queries as register
from hongdun.register.models import Entity, Version

if TYPE_CHECKING:
    from hongdun.lib.comparison import Change

# Rows are only ever added at the end, so that a place counted from the beginning stays the same.
IN_ORDER = (Lower("recorded"), F("valid__startswith").asc(nulls_first=True))


@dataclass(frozen=True, slots=True)
class Page:
    """`states` with what each changed (None: the first entry); `next` is where the following page begins."""

    states: list[tuple[Version, list[Change] | None]]
    next: int | None


def versions(entity: Entity, *, start: int, size: int) -> Page:
    known = Version.objects.filter(entity=entity)
    rows = list(known.order_by(*IN_ORDER)[start : start + size + 1])
    shown = rows[:size]
    moments = Q(recorded__endswith__in={row.known_from for row in shown})
    ended = register.by_end(known.filter(moments) if shown else [])
    states = [(row, register.what_changed(row, ended[row.known_from])) for row in shown]
    return Page(states, start + size if len(rows) > size else None)
