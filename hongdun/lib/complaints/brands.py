"""How brands are spelled, and what a text calls one (“某某牌”)."""

from __future__ import annotations

import re

from hongdun.lib import names
from hongdun.lib.text import clean

LONGEST = 30
SHORTEST = 2  # one character stands in too many other words
_MARKS = re.compile(r"[®™「」『』“”\"'《》\s]+")
_SUFFIX = re.compile(r"(?:品牌|牌子?)$")
_CALLED = re.compile(
    r"[「“\"《]([\u4e00-\u9fffA-Z0-9·]{2,10})[」”\"》]牌|([\u4e00-\u9fffA-Z0-9·]{2,10})牌(?![子照匾号楼位])"
)
# What stands before a brand: a word that counts, names or gives.
_BEFORE = re.compile("[台个瓶件双部款辆箱袋盒罐包条张的是为买购叫和]")
_NO_BRANDS = frozenset(
    ("品", "招", "名", "杂", "老", "大", "同", "冒", "什么", "这个", "那个", "知名", "国产", "进口")
)


def normalised(brand: str) -> str:
    """One spelling for one brand: Latin letters in capitals, without quotation marks, signs and the word 牌."""
    bare = _SUFFIX.sub("", _MARKS.sub("", clean(brand))).upper()
    return bare[:LONGEST] if len(bare) >= SHORTEST else ""


def called(text: str) -> tuple[str, ...]:
    """Words that the text itself calls brands, in its order, without repetitions."""
    found = (each[1] or _last_word(each[2]) for each in _CALLED.finditer(spelled(text)))
    return tuple(dict.fromkeys(brand for brand in found if brand and brand not in _NO_BRANDS))


def _last_word(words: str) -> str:
    """What follows the last word that may stand before a brand and leaves one: 一台美的 is 美的."""
    for before in reversed(list(_BEFORE.finditer(words))):
        if len(words) - before.end() >= SHORTEST:
            return words[before.end() :]
    return ""


def spelled(text: str) -> str:
    """The text as brands are spelled, to look for known ones in."""
    return clean(text).upper()


def of_business(name: str) -> str:
    """The trade name of a business, which its shops share."""
    return normalised(names.parse(name).trade)
