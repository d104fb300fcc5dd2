"""What in a text asks for haste or care, with the words that say so; it orders the work and decides nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from hongdun.lib.complaints import classes
from hongdun.lib.complaints.wording import Lexicon
from hongdun.lib.text import clean

MANY = 10  # persons: so many make a matter of many
_PERSONS = re.compile(r"(\d{2,6})\s*(?:多|余|来)?\s*(?:人|名|位|户|个家庭|个人)(?!民币|均|民)")
_AGE = re.compile(r"(\d{1,3})\s*(?:多)?周?岁")
_CHILD, _OLD, _OLDEST = 18, 60, 120
_DENIED = ("没有", "没", "未", "无", "并未", "不会", "不是")


@dataclass(frozen=True, slots=True)
class Signal:
    code: str
    label: str
    article: str
    words: tuple[str, ...]


def signals(text: str) -> tuple[Signal, ...]:
    """In the order of the table, the gravest first."""
    text = clean(text)
    found: defaultdict[str, list[str]] = defaultdict(list)
    lexicon, meanings = _table()
    for word, place in lexicon.find(text).items():
        if not text[:place].endswith(_DENIED):
            found[meanings[word]].append(word)
    _counted(text, found)
    rows = classes.rows("signals")
    return tuple(
        Signal(row["signal"], row["label"], row["article"], tuple(found[row["signal"]]))
        for row in rows
        if row["signal"] in found
    )


def _counted(text: str, found: defaultdict[str, list[str]]) -> None:
    for persons in _PERSONS.finditer(text):
        if int(persons[1]) >= MANY:
            found["many"].append(persons[0])
    for age in _AGE.finditer(text):
        years = int(age[1])
        if years < _CHILD:
            found["minors"].append(age[0])
        elif _OLD <= years < _OLDEST:
            found["elderly"].append(age[0])


@cache
def _table() -> tuple[Lexicon, dict[str, str]]:
    meanings = {word: row["signal"] for row in classes.rows("signals") for word in row["words"].split()}
    return Lexicon(meanings), meanings
