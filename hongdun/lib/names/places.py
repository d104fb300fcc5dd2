"""Places at the head of a name, or in brackets within it (企业名称登记管理规定 art. 7)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = "45"  # Guangxi: its counties are known by their short names too
COUNTY = 3
# Words of their own: as a county they need their 县 or 市.
AMBIGUOUS = frozenset(
    {
        "资源", "兴业", "兴安", "永福", "平乐", "东兰", "凤山", "天等", "大新", "平南", "隆安", "昭平", "平果", "天峨",
        "灵山", "合山", "东兴", "大化",
    }
)  # fmt: skip
_PEOPLES = re.compile(
    r"(?:(?:壮|回|维吾尔|蒙古|藏|苗|瑶|侗|彝|土家|布依|仫佬|毛南|水|傣|白|哈尼|景颇|傈僳|朝鲜|满|畲|黎|羌|各|哈萨克|柯尔克孜|"
    r"仡佬|拉祜|佤|纳西|独龙|怒|达斡尔|鄂温克|鄂伦春|东乡|保安|撒拉|土|裕固|锡伯|塔吉克|布朗|普米)族)*自治"
)
_TAIL = re.compile(r"(?:省|特别行政区|自治区|自治州|自治县|地区|盟|市|县|区|旗)$")
# Zones go together with a place, never alone.
_ZONE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}?)?(?:高新技术产业开发区|高新技术开发区|经济技术开发区|综合保税区|保税港区|工业园区|产业园区|高新区|经开区|开发区|保税区|园区|新区)"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:镇|乡|街道)")
_LEAST_BEHIND = 1  # else the place would be the trade name


@dataclass(frozen=True, slots=True)
class Place:
    """`level`: 1 province, 2 prefecture, 3 county; `district`: 市辖区, which may not stand alone (art. 7)."""

    code: str
    word: str
    level: int
    district: bool
    whole: bool  # the full name, not the short one


@dataclass(frozen=True, slots=True)
class Found:
    """A place as it stands in a name; `length` counts its characters, zone and town included."""

    text: str
    length: int
    places: tuple[Place, ...]

    @property
    def code(self) -> str:
        return self.places[-1].code if self.places else ""


def at_head(name: str) -> Found | None:
    """The longest run of places, each within the one before, that the name begins with."""
    chain: list[Place] = []
    length = 0
    while place := _next(name, length, chain[-1] if chain else None):
        if len(name) - length - len(place.word) < _LEAST_BEHIND:
            break
        chain.append(place)
        length += len(place.word)
    if not chain:
        return None
    length += _behind(name[length:], town=chain[-1].level == COUNTY)
    return Found(name[:length], length, tuple(chain))


def exactly(text: str) -> Found | None:
    """The place that the whole text names, as in brackets."""
    within: Place | None = None
    chain: list[Place] = []
    length = 0
    while length < len(text):
        within = _next(text, length, within)
        if within is None:
            return None
        chain.append(within)
        length += len(within.word)
    return Found(text, length, tuple(chain)) if chain else None


def named(word: str) -> list[Place]:
    """Every place of this name, full or short."""
    return _places().get(word, [])


def all_places() -> list[Place]:
    """Every place under every word for it."""
    return [place for found in _places().values() for place in found]


def _next(name: str, start: int, within: Place | None) -> Place | None:
    table = _places()
    for size in range(min(_longest(), len(name) - start), 1, -1):
        for place in table.get(name[start : start + size], ()):
            if _plain(place) and (within is None or _inside(place, within)):
                return place
    return None


def _plain(place: Place) -> bool:
    """Whether the word is read as the place: no district or foreign county by its short name, which are trade names."""
    if place.whole or place.level < COUNTY:
        return True
    return place.code.startswith(OWN) and not place.district and place.word not in AMBIGUOUS


def _inside(place: Place, within: Place) -> bool:
    return place.level > within.level and place.code.startswith(_stem(within))


def _stem(place: Place) -> str:
    return place.code[: 2 * place.level]


def _behind(rest: str, *, town: bool) -> int:
    zone = _ZONE.match(rest)
    if zone and len(rest) - zone.end() > _LEAST_BEHIND:
        return zone.end()
    found = _TOWN.match(rest) if town else None
    return found.end() if found and len(rest) - found.end() > _LEAST_BEHIND else 0


@cache
def _longest() -> int:
    return max(map(len, _places()))


@cache
def _places() -> dict[str, list[Place]]:
    table: dict[str, list[Place]] = {}
    for place in _read():
        table.setdefault(place.word, []).append(place)
    for found in table.values():
        found.sort(key=lambda each: (not each.code.startswith(OWN), each.level, each.code))
    return table


def _read() -> Iterator[Place]:
    source = files(__package__).joinpath("tables/places.csv").read_text("utf-8")
    for row in csv.DictReader(source.splitlines()):
        code, name = row["code"], row["name"]
        level = 1 if code.endswith("0000") else 2 if code.endswith("00") else COUNTY
        district = level == COUNTY and name.endswith("区")
        yield Place(code, name, level, district, whole=True)
        short = _TAIL.sub("", _PEOPLES.sub("自治", name)).removesuffix("自治")
        if len(short) > 1 and short != name:
            yield Place(code, short, level, district, whole=False)
        if name.endswith("自治县"):
            yield Place(code, f"{short}县", level, district, whole=True)
