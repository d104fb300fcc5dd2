"""Made-up market entities with the proportions of real ones, for demonstrations and benches.

The same seed and place always give the same entity, whatever came before: a killed run can go on anywhere.
"""

from __future__ import annotations

import csv
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Generic, TypeVar

from hongdun.lib import organs, uscc
from hongdun.lib.entityrows import Row, people
from hongdun.lib.entitytypes import DIGIT_OF_KIND, TYPES
from hongdun.lib.money import Money
from hongdun.lib.particulars import Domicile, Particulars, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongdun.lib.entitytypes import Kind

T = TypeVar("T")
Table = list[dict[str, str]]
KINDS: tuple[Kind, ...] = ("individual", "enterprise", "cooperative")
SHARES = (62, 34.5, 3.5)  # percent of the market entities of Guangxi
FORMS: dict[Kind, str] = {"individual": "individual", "enterprise": "company", "cooperative": "cooperative"}
COMPANY_TYPES, COMPANY_SHARES = ("1130", "1151", "1190", "1220"), (58, 36, 5, 1)
BODY = "D"  # codes of made-up entities have a block of their own
SPAN = 31 ** (uscc.BODY_LENGTH - len(BODY))
STRIDE = 50_000_000  # places that one seed may use before it meets the next
FIRST_DAY, LAST_DAY = date(1990, 1, 2), date(2026, 6, 30)
NAMES = 3


class Choice(Generic[T]):
    """Draws with the given weights, in a tenth of the time of `random.choices`."""

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        self._items, self._sums = items, list(accumulate(weights))

    def draw(self, dice: Random) -> T:
        return self._items[bisect(self._sums, dice.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Trade:
    word: str
    industry: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The tables as weighted choices; `names` of organs gives 南宁市, 兴宁区 for the code."""

    trades: dict[Kind, Choice[Trade]]
    trade_names: tuple[Choice[str], ...]
    person_names: tuple[Choice[str], ...]
    counties: Choice[int]
    streets: dict[int, Choice[str]]
    capitals: dict[str, Choice[int]]
    names: dict[int, str]
    kinds: Choice[Kind]
    types: Choice[str]


def read(table: Callable[[str], Table], names: dict[int, str]) -> World:
    """`table` gives the rows of a table by its name."""
    phrases: dict[str, list[str]] = {}
    for row in table("scopes"):
        phrases.setdefault(row["word"], []).append(row["phrase"])
    trades: dict[str, list[tuple[Trade, int]]] = {}
    for row in table("industries"):
        trade = Trade(row["word"], row["class"], _phrases(row, phrases))
        trades.setdefault(row["form"], []).append((trade, int(row["count"])))
    return World(
        trades={kind: _choice(trades[form]) for kind, form in FORMS.items()},
        trade_names=_by_place(table("trade_names")),
        person_names=_by_place(table("person_names")),
        counties=_choice([(int(row["organ"]), int(row["count"])) for row in table("counties")]),
        streets={
            int(organ): choice for organ, choice in _grouped(table("streets"), "organ", "street").items()
        },
        capitals={
            kind: _choice(
                [(int(row["yuan"]), int(row["count"])) for row in table("capitals") if row["kind"] == kind]
            )
            for kind in ("enterprise", "cooperative")
        },
        names=names,
        kinds=Choice(KINDS, SHARES),
        types=Choice(COMPANY_TYPES, COMPANY_SHARES),
    )


def _phrases(row: dict[str, str], counted: dict[str, list[str]]) -> tuple[str, ...]:
    """What the word's scopes say: written in the table, else counted."""
    return tuple(row["scope"].split(";")) if row["scope"] else tuple(counted.get(row["word"], [row["word"]]))


def read_table(lines: Sequence[str]) -> Table:
    return list(csv.DictReader(lines))


def _choice(pairs: list[tuple[T, int]]) -> Choice[T]:
    return Choice([item for item, _ in pairs], [weight for _, weight in pairs])


def _grouped(rows: Table, key: str, value: str) -> dict[str, Choice[str]]:
    groups: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append((row[value], int(row["count"])))
    return {group: _choice(pairs) for group, pairs in groups.items()}


def _by_place(rows: Table) -> tuple[Choice[str], ...]:
    return tuple(choice for _, choice in sorted(_grouped(rows, "place", "character").items()))


def entity(world: World, seed: int, place: int) -> Row:
    """The entity number `place` (from 1) of a seed."""
    dice = Random(seed * STRIDE + place)  # noqa: S311 - made-up data, reproducible on purpose
    kind, organ = world.kinds.draw(dice), world.counties.draw(dice)
    trade = world.trades[kind].draw(dice)
    form = TYPES[{"individual": "9500", "cooperative": "9100"}.get(kind) or world.types.draw(dice)]
    person = person_name(world, dice)
    state = Particulars(
        name=_name(world, dice, organ, kind, trade, joint_stock=form.code == "1220"),
        kind=kind,
        type=form.code,
        representative=person,
        capital=_capital(world, dice, kind),
        established=_day(dice),
        domicile=_domicile(world, dice, organ),
        scope=_scope(dice, trade),
        industry=trade.industry,
        people=people(person, form),
    )
    body = uscc.body((seed * STRIDE + place) % SPAN, BODY)
    code = uscc.compose("9", DIGIT_OF_KIND[kind], organs.division(organ), body)
    return Row(code, organ, state, {"generated": ""})


def _name(world: World, dice: Random, organ: int, kind: Kind, trade: Trade, *, joint_stock: bool) -> str:
    words = "".join(choice.draw(dice) for choice in world.trade_names)
    county = world.names[organ]
    if kind == "enterprise":
        city = world.names[organs.city_of(organ) or organ].removesuffix("市")
        region = dice.choice(("广西", city, city, city + "市", county))
        return f"{region}{words}{trade.word}{'股份' if joint_stock else ''}有限公司"
    if dice.random() < 0.3:  # noqa: PLR2004 - share of names with three characters
        words += world.trade_names[0].draw(dice)
    return f"{county}{words}{trade.word}{'专业合作社' if kind == 'cooperative' else ''}"


def person_name(world: World, dice: Random) -> str:
    """Drawn character by character, so that it is nobody's name on purpose."""
    places = world.person_names[: NAMES if dice.random() < 0.85 else NAMES - 1]  # noqa: PLR2004
    return "".join(choice.draw(dice) for choice in places)


def _capital(world: World, dice: Random, kind: Kind) -> Money | None:
    if kind == "individual":
        return Money(Decimal(dice.randrange(1, 31) * 10_000)) if dice.random() < 0.5 else None  # noqa: PLR2004
    return Money(Decimal(world.capitals[kind].draw(dice)))


def _day(dice: Random) -> date:
    """More of the young than of the old, as in every register."""
    return LAST_DAY - timedelta(days=int((LAST_DAY - FIRST_DAY).days * dice.random() ** 2.2))


def _domicile(world: World, dice: Random, organ: int) -> Domicile:
    streets = world.streets.get(organ)
    street = streets.draw(dice) if streets else "人民路"
    city = organs.city_of(organ) or organ
    place = world.names[city] + (world.names[organ] if organ != city else "")
    return Domicile(f"{place}{street}{dice.randrange(1, 300)}号", organs.division(organ))


def _scope(dice: Random, trade: Trade) -> Scope:
    items = tuple(dict.fromkeys(dice.choice(trade.phrases) for _ in range(5)))
    return Scope("；".join(items) + "。", items)
