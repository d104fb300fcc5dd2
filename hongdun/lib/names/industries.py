"""Words for a business in names, and which of them mean the same industry (企业名称登记管理规定 art. 9, 17).

`industry_words.csv` is counted from real names by tools/learn_names.py; `industry_groups.csv` puts words into the
divisions of GB/T 4754-2017. Words such as 实业 and 发展 say nothing of the industry.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

SHORTEST_TRADE = 2
ONE_CHARACTER = frozenset("酒茶药米纸糖砖茧糕")
# A second word is split off only if it is so common that no trade name is likely to be meant.
COMMON = 200


@dataclass(frozen=True, slots=True)
class Industry:
    """`group` is a division of GB/T 4754, "=…" for a word that stands for itself, "" for no industry at all."""

    text: str
    group: str
    core: str  # without words that say nothing: 酒业发展 and 酒 are the same business


NONE = Industry("", "", "")


def split(body: str, *, form: str) -> tuple[str, str]:
    """Trade name and words for the business of what stands between place and form.

    The longest known word leaves two characters at the least; common words before it belong to it as well.
    """
    start = len(body)
    while size := _ending(body[:start], first=start == len(body), form=form):
        start -= size
    return body[:start], body[start:]


def _ending(body: str, *, first: bool, form: str) -> int:
    words = _words()
    for size in range(min(_longest(), len(body) - SHORTEST_TRADE), 1, -1):
        count = words.get(body[-size:], 0)
        if count and (first or count >= COMMON):
            return size
    one = first and len(body) > SHORTEST_TRADE and not form.endswith("公司")
    return 1 if one and body[-1] in ONE_CHARACTER else 0


@lru_cache(maxsize=65_536)
def industry(text: str) -> Industry:
    """What the words for a business amount to: of the words in them the first of the greatest weight tells."""
    core = _core(text)
    if not core:
        return Industry(text, "", "")
    group = min(_found(text), default=None)
    return Industry(text, group[2] if group else f"={core}", core)


def is_industry(word: str) -> bool:
    """Whether the word alone names a business, so that it can't be a trade name (art. 8)."""
    return _counts().get(word, 0) >= COMMON


def _core(text: str) -> str:
    left = text
    for word in sorted(_vague(), key=len, reverse=True):
        left = left.replace(word, "")
    return left.removesuffix("业") or (left if left != text else "")


def _found(text: str) -> list[tuple[int, int, str]]:
    """Known words in the text as (weight, place, group), the longest at each place, none within another."""
    groups, found, start = _groups(), [], 0
    while start < len(text):
        for size in range(min(_longest(), len(text) - start), 0, -1):
            known = groups.get(text[start : start + size])
            if known:
                if known[1] < VAGUE:
                    found.append((known[1], start, known[0]))
                start += size - 1
                break
        start += 1
    return found


SPECIFIC, GENERAL, VAGUE = range(3)
_WEIGHTS = {"specific": SPECIFIC, "general": GENERAL, "vague": VAGUE}


@cache
def _groups() -> dict[str, tuple[str, int]]:
    return {row["word"]: (row["group"], _WEIGHTS[row["weight"]]) for row in _rows("industry_groups")}


@cache
def _vague() -> frozenset[str]:
    return frozenset(word for word, (_, weight) in _groups().items() if weight == VAGUE)


@cache
def _words() -> dict[str, int]:
    """Words with their counts; those of the groups count as common even where the names had them seldom."""
    known = {word: COMMON for word in _groups() if len(word) > 1}
    return known | _counts()


@cache
def _counts() -> dict[str, int]:
    return {row["word"]: int(row["count"]) for row in _rows("industry_words")}


@cache
def _longest() -> int:
    return max(map(len, _words()))


def _rows(table: str) -> list[dict[str, str]]:
    source = files(__package__).joinpath(f"tables/{table}.csv").read_text("utf-8")
    return list(csv.DictReader(source.splitlines()))
