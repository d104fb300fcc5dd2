"""What a name itself may not be or hold (企业名称登记管理规定 art. 5–12), whatever other names there are."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from hongdun.lib import articles
from hongdun.lib.names import forms, industries, places
from hongdun.lib.names.rules import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.lib.names.parts import Parts

Span = Literal["anywhere", "front", "inside", "trade"]
REGION = "45"
_HANZI = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff（）·\u3007]+")
_ZONE_FIRST = re.compile(
    r"^(?:高新技术产业开发区|高新区|经济技术开发区|经开区|开发区|保税港区|综合保税区|自贸区|工业园区)"
)
SHORTEST_TRADE = 2


@dataclass(frozen=True, slots=True)
class Flaw:
    """`blocks`: the name is refused; otherwise the applicant has something to explain."""

    rule: str
    article: str
    text: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    word: str
    kind: str
    place: str
    blocks: bool
    article: str
    why: str
    since: date
    until: date | None

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def flaws(parts: Parts, *, on: date, city: int | None = None, kind: str = "enterprise") -> list[Flaw]:
    """Everything that is wrong with the name itself on a day; `city` has the first four digits of its authority."""
    found = [*_writing(parts), *_words_in(parts, on)]
    if not parts.branch:
        found += [*_place(parts, city, kind), *_trade(parts), *_form(parts, kind)]
    return found


def _writing(parts: Parts) -> Iterator[Flaw]:
    bare = parts.name.replace(parts.script, "").strip() if parts.script else parts.name
    other = "".join(dict.fromkeys(_HANZI.sub("", bare)))
    if other:
        yield _flaw("hanzi", "5", f"名称应当使用规范汉字，请改写其中的“{other}”")


def _place(parts: Parts, city: int | None, kind: str) -> Iterator[Flaw]:
    if _ZONE_FIRST.match(parts.name):
        yield _flaw("zone", "7", "开发区、园区的名称须与行政区划名称连用，例如“南宁高新区”")
    if not parts.places:
        if kind == "enterprise" and not _ZONE_FIRST.match(parts.name):
            yield _flaw(
                "no_place", "6",
                "名称缺少行政区划。跨省经营的企业可以不含行政区划，须向国务院市场监督管理部门申报；"
                "其他企业请在名称前加上所在地的县级以上行政区划名称，例如“广西”或者“南宁市”",
            )  # fmt: skip
        return
    first = parts.places[0]
    if first.district:
        yield _flaw("district", "7", f"“{first.word}”是市辖区，须同时冠以其所属设区的市的名称")
    code = parts.division
    if not code.startswith(REGION):
        yield _flaw("elsewhere_place", "7", f"“{parts.place}”不在广西，名称应当使用企业所在地的行政区划名称")
    elif city is not None and code[2:4] != "00" and int(code[:4]) != city:
        yield _flaw(
            "other_city", "7", f"“{parts.place}”不在登记机关的辖区内，名称应当使用企业所在地的行政区划名称"
        )


def _trade(parts: Parts) -> Iterator[Flaw]:
    trade = parts.trade
    if len(trade) < SHORTEST_TRADE:
        yield _flaw("short_trade", "8/1", "字号应当由两个以上汉字组成，请在行政区划与行业之间加上字号")
        return
    same = places.named(trade)
    if any(place.whole or place.level < places.COUNTY for place in same):
        yield _flaw("trade_is_place", "8/2", f"“{trade}”是行政区划名称，不得作为字号，另有含义的请到窗口说明")
    elif same:
        yield _flaw("trade_is_place", "8/2", f"“{trade}”也是行政区划名称的简称，须另有含义", blocks=False)
    if industries.is_industry(trade):
        yield _flaw(
            "trade_is_industry", "8/2", f"“{trade}”是行业或者经营特点，不得作为字号，请加上自己的字号"
        )


def _form(parts: Parts, kind: str) -> Iterator[Flaw]:
    if not parts.form:
        yield _flaw("no_form", "10", "名称缺少组织形式，请在末尾加上，例如“有限公司”“合作社”“经营部”")
    elif kind == "individual" and parts.form in forms.COMPANY:
        yield _flaw("form", "10", f"个体工商户的名称不能使用“{parts.form}”，请改用“店”“经营部”“商行”等")
    elif kind == "cooperative" and "合作社" not in parts.form:
        yield _flaw("form", "10", "农民专业合作社的名称末尾应当是“专业合作社”")
    if "集团" in parts.form:
        yield _flaw("group", "14", "使用“集团”字样的，须是企业集团的控股企业", blocks=False)


def _words_in(parts: Parts, on: date) -> Iterator[Flaw]:
    for word in _words():
        if word.word in parts.name and word.in_force(on) and _stands(word, parts):
            text = f"名称中的“{word.word}”：{word.why}"
            yield _flaw(word.kind, word.article, text, blocks=word.blocks)


def _stands(word: Word, parts: Parts) -> bool:
    """Whether the word stands where the rule means it; a place's own name holds no forbidden word."""
    rest = f"{parts.trade}{parts.industry}" if not parts.branch else parts.parent
    match word.place:
        case "front":
            return parts.name.startswith(word.word)
        case "inside":
            return word.word in rest and not parts.name.startswith(word.word)
        case "trade":
            return word.word in parts.trade
        case _:
            return word.word in rest


def _flaw(rule: str, article: str, text: str, *, blocks: bool = True) -> Flaw:
    return Flaw(rule, f"{NAMES}{articles.reference(article)}", text, blocks)


@dataclass(frozen=True, slots=True)
class Comparing:
    """In which authorities' names a name is compared: those of the whole region, or of one city."""

    region: bool
    article: str


def comparing(parts: Parts, *, on: date, organ: int | None = None) -> Comparing:
    """By the region part of the name and the authority (art. 17); the region's own bureau registers for all of it.

    Older days are judged by the first rule that is known.
    """
    on = max(on, min(date.fromisoformat(row["valid_from"]) for row in _scopes()))
    level = parts.places[-1].level if parts.places else 0
    place = ("none", "province", "prefecture", "county")[level]
    for row in _scopes():
        until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        if (
            row["place"] == place
            and date.fromisoformat(row["valid_from"]) <= on
            and (until is None or on <= until)
        ):
            own = organ is not None and organ % 10_000_000 == 0
            return Comparing(row["compared"] == "region" or own, row["article"])
    return Comparing(region=True, article=f"{NAMES}第十七条")


@cache
def _words() -> tuple[Word, ...]:
    return tuple(
        Word(
            row["word"], row["kind"], row["place"], row["effect"] == "block", row["article"], row["why"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _rows("words")
    )  # fmt: skip


@cache
def _scopes() -> list[dict[str, str]]:
    return _rows("scopes")


def _rows(table: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(files(__package__).joinpath(f"tables/{table}.csv").read_text("utf-8").splitlines())
    )
