"""How urgent a matter is and who should have it: points that add up, each with its reason; plain code, no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

URGENT = {
    "injury": ("造成人身伤害", 40),
    "minors": ("涉及未成年人", 15),
    "elderly": ("涉及老年人", 15),
    "many": ("受害人众多", 25),
    "media": ("媒体关注", 10),
}
FOOD_AND_DRUGS = ("涉及食品药品安全", 20)
FOOD, DRUGS = "101", "112"
JURISDICTION = 1000  # outweighs everything else together
MOST_LOAD = 30
MOST_SKILL = 20


@dataclass(frozen=True, slots=True)
class Score:
    points: int
    reasons: tuple[str, ...]


def urgency(codes: Collection[str], *, is_food_or_drug: bool) -> Score:
    found = [URGENT[code] for code in URGENT if code in codes]
    found += [FOOD_AND_DRUGS] if is_food_or_drug else []
    return Score(sum(points for _, points in found), tuple(words for words, _ in found))


def fitness(*, has_power: bool, open_tasks: int, officers: int, closed_alike: int) -> Score:
    """For one organ: the power (hard), then how busy each officer is, then how often it closed such matters."""
    reasons = ["有处理权限"] if has_power else []
    load = round(open_tasks / officers, 1) if officers else float(open_tasks)
    reasons.append(f"每人在办 {load:g} 件" if officers else f"在办 {open_tasks} 件，没有承办岗位的人员")
    if closed_alike:
        reasons.append(f"一年内办结同类 {closed_alike} 件")
    points = (
        (JURISDICTION if has_power else 0)
        + max(MOST_LOAD - round(load * 3), 0) * bool(officers)
        + min(closed_alike, MOST_SKILL)
    )
    return Score(points, tuple(reasons))
