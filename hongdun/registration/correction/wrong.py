"""What an entry of the register should have said: from the corrected answers to items, each with the days it was wrong.

An entry stays wrong for as long as the register went on saying the same; what was registered later isn't touched.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hongdun.lib.comparison import differences, shown
from hongdun.lib.particulars import Particulars
from hongdun.register import queries as register
from hongdun.registration.topics import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hongdun.register.models import Entity, Version

    Json = Mapping[str, Any]

SIMPLE = ("name", "representative")


@dataclass(frozen=True, slots=True)
class Span:
    """Items that were so in [since, until), and what the register said of them before."""

    items: Mapping[str, Any]
    since: date | None
    until: date | None
    before: Particulars

    def words(self) -> Iterator[tuple[str, str, str]]:
        for each in differences(self.before, replace(self.before, **self.items)):
            yield f"{each.label}（{self.days}）", each.before, each.after

    @property
    def days(self) -> str:
        start = f"{self.since} 起" if self.since else "自登记起"
        return f"{start}至 {self.until - timedelta(days=1)}" if self.until else start


def spans(entity: Entity, data: Json) -> list[Span]:
    """Everything that is to be corrected, as the register stands today."""
    known = register.open_versions(entity)
    right = data["right"]
    found = list(_contents(known, date.fromisoformat(right["on"]), right)) if right["is_content"] else []
    return found + ([_day(known, right)] if right.get("wrong_day") else [])


def latest(entity: Entity) -> Particulars:
    return register.full(register.latest(entity).version)


def state_on(entity: Entity, on: date) -> Particulars | None:
    held = [each for each in register.open_versions(entity) if on in each.valid]
    return register.full(held[0]) if held else None


def nothing_yet(entity: Entity, on: date) -> str:
    first = register.open_versions(entity)[0].valid_from
    return f"{on} 登记簿还没有“{entity.name}”的记载，请填 {first} 或者以后的一天。"


def corrected(state: Particulars, right: Json) -> Particulars:
    """The state as it should have been; whoever stands for the entity is called so in its people and shares, too."""
    after = replace(
        state,
        **{name: right[name] for name in SIMPLE},
        domicile=replace(state.domicile, text=right["address"]),
        scope=state.scope if right["scope"] == state.scope.text else terms.scope(right),
        established=_date(right["established"]), term_until=_date(right["term_until"]),
        capital=replace(state.capital, amount=Decimal(right["capital"]) * terms.WAN)
        if state.capital and right["capital"] else state.capital,
    )  # fmt: skip
    names = {row["place"]: row for row in right["rows"]}
    names |= _head_rows(state, after.representative)
    people = tuple(
        replace(each, name=names[f"people-{n}"]["name"]) if f"people-{n}" in names else each
        for n, each in enumerate(state.people)
    )
    shares = tuple(
        _share(each, names[f"shares-{n}"]) if f"shares-{n}" in names else each
        for n, each in enumerate(state.shares)
    )
    return replace(after, people=people, shares=shares)


HEADS = frozenset({"legal_representative", "person_in_charge", "operator", "managing_partner", "investor"})


def _head_rows(state: Particulars, name: str) -> dict[str, Json]:
    return {
        f"people-{n}": {"name": name}
        for n, each in enumerate(state.people)
        if each.role in HEADS and each.name == state.representative
    }


def _share(share: Any, row: Json) -> Any:
    amount = Decimal(row["amount"]) * terms.WAN if row.get("amount") else share.subscribed.amount
    return replace(
        share,
        holder=row["name"],
        subscribed=replace(share.subscribed, amount=amount),
        deadline=_date(row.get("deadline", "")),
    )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _contents(known: Sequence[Version], on: date, right: Json) -> Iterator[Span]:
    states = [register.full(each) for each in known]
    at = next(n for n, each in enumerate(known) if on in each.valid)
    wanted = corrected(states[at], right)
    by_days: dict[tuple[int, int], dict[str, Any]] = {}
    for field in fields(Particulars):
        if getattr(wanted, field.name) != getattr(states[at], field.name):
            stretch = _stretch([getattr(each, field.name) for each in states], at)
            by_days.setdefault(stretch, {})[field.name] = getattr(wanted, field.name)
    for (first, last), found in sorted(by_days.items()):
        yield Span(found, known[first].valid_from, known[last].valid_until, states[at])


def _stretch(values: Sequence[Any], at: int) -> tuple[int, int]:
    """First and last of the neighbours of `at` that say the same."""
    first = last = at
    while first and values[first - 1] == values[at]:
        first -= 1
    while last + 1 < len(values) and values[last + 1] == values[at]:
        last += 1
    return first, last


def changes_of_day(entity: Entity) -> list[tuple[date, str]]:
    """Registered changes whose first day may be wrong: the day, and what changed on it; not what ends or founds it."""
    known = register.open_versions(entity)
    states = [register.full(each) for each in known]
    return [
        (version.valid_from, "、".join(each.label for each in differences(before, after)))
        for version, before, after in zip(known[1:], states, states[1:], strict=False)
        if version.valid_from and before.status == after.status and shown(before) != shown(after)
    ]


class OutOfOrder(ValueError):
    """The day asked for lies outside the days between the changes before and after."""


def _day(known: Sequence[Version], right: Json) -> Span:
    """The change held from another day: what it says holds earlier, or what it replaced holds longer."""
    registered, true = date.fromisoformat(right["wrong_day"]), date.fromisoformat(right["right_day"])
    at = next(n for n, each in enumerate(known) if each.valid_from == registered)
    before, after = register.full(known[at - 1]), register.full(known[at])
    lowest, highest = known[at - 1].valid_from, known[at].valid_until
    if (lowest and true <= lowest) or (highest and true >= highest):
        raise OutOfOrder(
            f"正确日期应在前后两次登记之间（{lowest or '最早'} 之后、{highest or '今天'} 之前），请核对。"
        )
    source, since, until = (after, true, registered) if true < registered else (before, registered, true)
    other = before if source is after else after
    changed = {
        field.name: getattr(source, field.name)
        for field in fields(Particulars)
        if getattr(before, field.name) != getattr(after, field.name)
    }
    return Span(changed, since, until, other)
