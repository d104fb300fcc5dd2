"""Sections of the industry classification (GB/T 4754-2017): which one a class belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A letter with the two-digit divisions that it spans, both ends included."""

    code: str
    label: str
    first: int
    last: int


SECTIONS = (
    Section("A", "农、林、牧、渔业", 1, 5),
    Section("B", "采矿业", 6, 12),
    Section("C", "制造业", 13, 43),
    Section("D", "电力、热力、燃气及水生产和供应业", 44, 46),
    Section("E", "建筑业", 47, 50),
    Section("F", "批发和零售业", 51, 52),
    Section("G", "交通运输、仓储和邮政业", 53, 60),
    Section("H", "住宿和餐饮业", 61, 62),
    Section("I", "信息传输、软件和信息技术服务业", 63, 65),
    Section("J", "金融业", 66, 69),
    Section("K", "房地产业", 70, 70),
    Section("L", "租赁和商务服务业", 71, 72),
    Section("M", "科学研究和技术服务业", 73, 75),
    Section("N", "水利、环境和公共设施管理业", 76, 79),
    Section("O", "居民服务、修理和其他服务业", 80, 82),
    Section("P", "教育", 83, 83),
    Section("Q", "卫生和社会工作", 84, 85),
    Section("R", "文化、体育和娱乐业", 86, 90),
    Section("S", "公共管理、社会保障和社会组织", 91, 96),
    Section("T", "国际组织", 97, 97),
)
_OF_DIVISION = {number: each for each in SECTIONS for number in range(each.first, each.last + 1)}


def section_of(code: str) -> Section | None:
    """The section of a class (5219), a group, a division (52) or a section (F) itself."""
    digits = code.removeprefix(code[:1]) if code[:1].isalpha() else code
    if not digits:
        return next((each for each in SECTIONS if each.code == code), None)
    head = digits[:2]
    return _OF_DIVISION.get(int(head)) if head.isascii() and head.isdecimal() else None
