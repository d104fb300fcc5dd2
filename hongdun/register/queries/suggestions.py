"""Free names near a wish that can't be had: other trade names with the same place, business and form."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from hongdun.base.clock import today
from hongdun.lib import names
from hongdun.register.queries.names import Naming, check_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.lib.names import Parts

# Characters that trade names are fond of, put behind or before what was wished for.
BEHIND = "源盛达泰和瑞恒嘉丰润诚远兴安宁泽成隆佳汇"
BEFORE = "新鑫华恒瑞中嘉宏盛金"
MOST_TRIED = 40
ENOUGH = 5


def suggest(name: str, naming: Naming | None = None) -> list[str]:
    """Up to five names that nothing blocks, those without warnings first; empty for a branch or a flawed name."""
    naming = replace(naming or Naming(), trade="", industry="")
    parts = names.parse(name)
    if parts.branch or not parts.form:
        return []
    clear: list[str] = []
    near: list[str] = []
    for wished in itertools.islice(_variants(parts), MOST_TRIED):
        found = check_name(wished, naming, on=today())
        if found.free:
            (near if found.warnings else clear).append(wished)
        if len(clear) == ENOUGH:
            break
    return [*clear, *near][:ENOUGH]


def _variants(parts: Parts) -> Iterator[str]:
    """Names with another trade name, the least changed first."""
    trade, business = parts.trade, f"{parts.industry}{parts.form}"
    place = parts.place if not parts.bracketed else ""
    trades = itertools.chain.from_iterable(
        itertools.zip_longest((trade + each for each in BEHIND), (each + trade for each in BEFORE))
    )
    for each in trades:
        if each and each != trade:
            yield (
                f"{place}{each}（{parts.place}）{business}" if parts.bracketed else f"{place}{each}{business}"
            )
