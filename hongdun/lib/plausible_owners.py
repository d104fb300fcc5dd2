"""Made-up shareholders and officers of made-up entities, for demonstrations and benches; as reproducible as those.

A company's holders are persons, of some a company entered before it; so the register holds chains of ownership.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from hongdun.lib import plausible
from hongdun.lib.money import Money
from hongdun.lib.particulars import PersonEntry, Share

if TYPE_CHECKING:
    from hongdun.lib.entityrows import Row
    from hongdun.lib.particulars import Particulars
    from hongdun.lib.plausible import World

APART = 1 << 50  # dice of their own: what `plausible` draws stays as it is
ALONE = "1151"  # 有限责任公司（自然人独资）
# Percent of the capital by holder.
PARTS = ((60, 40), (51, 49), (70, 30), (80, 20), (50, 50), (40, 30, 30), (34, 33, 33))
MEMBERS = ((20, 20, 20, 20, 20), (40, 15, 15, 15, 15), (60, 10, 10, 10, 10))  # 农民专业合作社法 art. 12: five
OWNED = {"1130": 0.1, "1190": 1.0, "1220": 1.0}  # share of the type that has a company among its holders
TRIES = 12
YEARS_TO_PAY = 5  # 公司法 art. 47
DIRECTORS = date(2024, 7, 1)  # 公司法 (2023) art. 75 knows a director where there was an executive director


def entity(world: World, seed: int, place: int) -> Row:
    """The entity number `place` of a seed, with those who own and lead it."""
    row = plausible.entity(world, seed, place)
    state = row.particulars
    if state.kind == "individual":
        return row
    dice = Random(APART + seed * plausible.STRIDE + place)  # noqa: S311 - made-up data, reproducible on purpose
    owner = _owner(world, dice, seed, place, state)
    shares = _shares(world, dice, state, owner)
    holders = (*[""] * (len(shares) - 1), owner.uscc) if owner else ()
    return replace(
        row, particulars=replace(state, shares=shares, people=_people(world, dice, state)), holders=holders
    )


def _owner(world: World, dice: Random, seed: int, place: int, state: Particulars) -> Row | None:
    """An enterprise that was entered and founded before it, where one is soon met."""
    if place == 1 or dice.random() >= OWNED.get(state.type, 0):
        return None
    for _ in range(TRIES):
        found = plausible.entity(world, seed, dice.randrange(1, place))
        if found.particulars.kind == "enterprise" and _founded(found.particulars) < _founded(state):
            return found
    return None


def _founded(state: Particulars) -> date:
    assert state.established
    return state.established


def _shares(world: World, dice: Random, state: Particulars, owner: Row | None) -> tuple[Share, ...]:
    """The representative's first, a company's last."""
    assert state.capital
    parts = _parts(dice, state)
    names = [state.representative, *(plausible.person_name(world, dice) for _ in parts[1:])]
    if owner:
        names[-1] = owner.particulars.name
    founded = _founded(state)
    due = date(founded.year + YEARS_TO_PAY, founded.month, min(founded.day, 28))
    standing = "farmer" if state.kind == "cooperative" else ""
    return tuple(
        Share(name, Money(state.capital.amount * part / 100, state.capital.currency), due, standing=standing)
        for name, part in zip(names, parts, strict=True)
    )


def _parts(dice: Random, state: Particulars) -> tuple[int, ...]:
    if state.kind == "cooperative":
        return dice.choice(MEMBERS)
    return (100,) if state.type == ALONE else dice.choice(PARTS)


def _people(world: World, dice: Random, state: Particulars) -> tuple[PersonEntry, ...]:
    """The representative leads a company as well; nobody supervises himself (公司法 art. 76)."""
    if state.kind == "cooperative":
        return state.people
    leads = "director" if _founded(state) >= DIRECTORS else "executive_director"
    return (
        *state.people,
        PersonEntry(state.representative, leads),
        PersonEntry(plausible.person_name(world, dice), "supervisor"),
    )
