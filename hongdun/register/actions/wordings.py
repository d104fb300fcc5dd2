"""Pieces of address, scope and public people, written in the transaction of the filing that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hongdun.lib import grams
from hongdun.register.actions import namerows
from hongdun.register.models import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongdun.lib.particulars import Particulars
    from hongdun.register.models import Entity


class Made(NamedTuple):
    keyed: int
    address: list[int]
    scope: list[int]
    people: list[int]


def made(address: str, scope: str, people: Iterable[str], narrow: Iterable[int]) -> Made:
    """`narrow` is what a search may narrow to."""
    named = dict.fromkeys(piece for name in people for piece in grams.bigrams(name))
    return Made(grams.WORDING, [*grams.bigrams(address), *narrow], grams.bigrams(scope), list(named))


def write(entity: Entity, state: Particulars) -> None:
    """Make the row of a locked entity as its state is now."""
    people = [each.name for each in state.people if each.is_public]
    fresh = made(state.domicile.text, state.scope.text, people, namerows.placed(entity, entity.pk))
    Wording.objects.update_or_create(entity=entity, defaults=fresh._asdict())
