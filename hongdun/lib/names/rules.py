"""Whether two names of one registrar are the same or near: 企业名称登记管理规定 art. 17, 《企业名称相同相近比对规则》 art. 3, 4.

Pure comparison of two split names; periods, registrars and exceptions are the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hongdun.lib import spelling
from hongdun.lib.names import keys, shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.lib.names.parts import Parts


@dataclass(frozen=True, slots=True)
class Rule:
    """`blocks`: the name can't be registered; else the applicant is warned and undertakes (art. 16)."""

    code: str
    label: str
    article: str
    blocks: bool = False


NAMES = "企业名称登记管理规定"
COMPARING = "企业名称相同相近比对规则（工商企注字〔2017〕133号）"
RULES: Final = {
    rule.code: rule
    for rule in (
        Rule("same_name", "名称相同", f"{NAMES}第十七条", blocks=True),
        Rule("same_trade", "字号相同且同行业（或者不使用行业表述）", f"{NAMES}第十七条", blocks=True),
        Rule("synonym", "字号相同，行业用语不同但属于同一行业", f"{COMPARING}第四条第一项"),
        Rule("homophone", "字号读音相同", f"{COMPARING}第四条第二项"),
        Rule("shape", "字号字形近似", f"{NAMES}第十六条第三款"),
        Rule("order", "字号用字相同，顺序不同", f"{COMPARING}第三条第二项"),
        Rule("contains", "字号互相包含", f"{COMPARING}第四条第三项"),
        Rule("part_homophone", "字号的一部分读音相同", f"{COMPARING}第四条第四项"),
        Rule("one_character", "字号只差一个字", f"{NAMES}第十六条第三款"),
        Rule("elsewhere", "自治区内其他登记机关有字号、行业相同的名称", f"{COMPARING}第三条第三项"),
    )
}


def compare(mine: Parts, other: Parts) -> Rule | None:
    """The first rule, in the order of RULES, by which the two are the same or near; None if they are not."""
    if mine.name == other.name:
        return RULES["same_name"]
    if mine.branch or other.branch:
        return None
    if mine.trade == other.trade:
        return _same_trade(mine, other)
    if not comparable(mine, other):
        return None
    return next((RULES[code] for code, near in NEAR.items() if near(mine, other)), None)


def comparable(mine: Parts, other: Parts) -> bool:
    """Same industry, or one of them says none (art. 17)."""
    return not mine.group or not other.group or mine.group == other.group


def _same_trade(mine: Parts, other: Parts) -> Rule | None:
    if mine.core == other.core or not mine.group or not other.group:
        return RULES["same_trade"]
    return RULES["synonym"] if mine.group == other.group else None


def _homophone(mine: Parts, other: Parts) -> bool:
    return spelling.alike(mine.trade, other.trade)


def _shape(mine: Parts, other: Parts) -> bool:
    return shapes.normal(mine.trade) == shapes.normal(other.trade)


def _order(mine: Parts, other: Parts) -> bool:
    return sorted(mine.trade) == sorted(other.trade)


def _contains(mine: Parts, other: Parts) -> bool:
    shorter, longer = sorted((mine.trade, other.trade), key=len)
    return shorter in keys.pieces(longer)


def _part_homophone(mine: Parts, other: Parts) -> bool:
    shorter, longer = sorted((mine.trade, other.trade), key=len)
    if len(shorter) < keys.SHORTEST_SOUND:
        return False
    same_size = (part for part in keys.pieces(longer) if len(part) == len(shorter))
    return any(spelling.alike(shorter, part) for part in same_size)


def _one_character(mine: Parts, other: Parts) -> bool:
    """One character replaced, or missing within; both of one industry, or both of none."""
    if mine.group != other.group:
        return False
    a, b = sorted((mine.trade, other.trade), key=len)
    if len(a) == len(b):
        return not keys.masks(a).isdisjoint(keys.masks(b))
    return a in keys.gaps(b)


NEAR: dict[str, Callable[[Parts, Parts], bool]] = {
    "homophone": _homophone,
    "shape": _shape,
    "order": _order,
    "contains": _contains,
    "part_homophone": _part_homophone,
    "one_character": _one_character,
}
