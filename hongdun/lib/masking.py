"""Hiding what a page shows to people who need only recognise it."""

import re

_HOUSE = re.compile(r"[\d一二三四五六七八九十百零〇]+\s*(?:号|弄|巷|栋|幢|座|单元|室|楼|层|组|队)")  # noqa: RUF001 - a numeral


def id_number(number: str) -> str:
    """450*************14: neither birthday nor serial can be read."""
    return _middle(number.strip(), head=3, tail=2)


def phone(number: str) -> str:
    """138****5678; the exchange prefix of a land line (0771-) stays."""
    number = number.strip()
    area, dash, local = number.rpartition("-")
    if dash and area.startswith("0"):
        return f"{area}-{_middle(local, head=0, tail=2)}"
    return _middle(number, head=3, tail=4)


def email(address: str) -> str:
    """l***@example.cn: the first character and the provider stay."""
    box, at, provider = address.strip().rpartition("@")
    return f"{_middle(box, head=1, tail=0)}{at}{provider}" if at else ""


def name(text: str) -> str:
    """张*、欧*娜: first and, from three characters, last character stay."""
    text = text.strip()
    return _middle(text, head=1, tail=1 if len(text) > 2 else 0)  # noqa: PLR2004 - two: only the surname stays


def address(text: str) -> str:
    """Up to the road or village: house, building and room numbers are hidden."""
    found = _HOUSE.search(text)
    if found:
        return text[: found.start()].rstrip() + "***"
    kept = max(len(text) // 2, 1)
    return text[:kept] + "***" if text else ""


def _middle(text: str, *, head: int, tail: int) -> str:
    """Where the ends that stay would be all there is, everything but the first character goes."""
    if len(text) <= head + tail:
        return text[:1] + "*" * (len(text) - 1)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
