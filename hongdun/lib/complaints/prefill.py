"""Sums, dates, telephone and identity numbers that a text names, to fill the form with; a person checks each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from hongdun.lib import residents, uscc
from hongdun.lib.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

_SUM = re.compile(
    r"(?:(?:￥|¥|RMB)\s*(\d[\d,]*(?:\.\d{1,2})?)|(\d[\d,]*(?:\.\d+)?)\s*(万|千|百)?(?:多|余)?\s*(?:元|块钱|块|圆|人民币|万元))"
)
_SCALES = {None: 1, "百": 100, "千": 1000, "万": 10_000}
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")
_SHORT = re.compile(r"(?<![\d年./-])(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_SPOKEN = {"前天": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "今天": 0, "今日": 0, "今早": 0}
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_LAND = re.compile(r"(?<!\d)(0\d{2,3})[- ]?([2-9]\d{6,7})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_ORDER = re.compile(r"(?:订单号|订单编号|单号)[为是:：]?\s*([0-9A-Za-z-]{6,32})")


@dataclass(frozen=True, slots=True)
class Prefill:
    """In the order of the text, without repetitions."""

    sums: tuple[Decimal, ...]
    dates: tuple[date, ...]
    phones: tuple[str, ...]
    identities: tuple[str, ...]
    codes: tuple[str, ...]
    orders: tuple[str, ...]

    @property
    def claim(self) -> Decimal | None:
        """The largest sum: parts and fees are named beside the price."""
        return max(self.sums, default=None)


def prefill(text: str, today: date) -> Prefill:
    text = clean(text)
    identities = _unique(each.upper() for each in _IDENTITY.findall(text) if residents.is_valid(each))
    return Prefill(
        sums=_unique(map(_sum, _SUM.finditer(text))),
        dates=_unique(_dates(text, today)),
        phones=_unique(_phones(text)),
        identities=identities,
        codes=_unique(
            each for each in _CODE.findall(text) if each not in identities and not any(uscc.problems(each))
        ),
        orders=_unique(_ORDER.findall(text)),
    )


def _sum(found: re.Match[str]) -> Decimal:
    figure = (found[1] or found[2]).replace(",", "")
    scale = "万" if found[0].endswith("万元") else found[3]
    return (Decimal(figure) * _SCALES[scale]).quantize(Decimal("0.01"))


def _dates(text: str, today: date) -> list[date]:
    """Days that have been: a day without a year is the last such day."""
    found = [(each.start(), _day(*map(int, each.groups()))) for each in _FULL.finditer(text)]
    for each in _SHORT.finditer(text):
        month, day = int(each[1]), int(each[2])
        known = _day(today.year, month, day)
        if known and known > today:
            known = _day(today.year - 1, month, day)
        found.append((each.start(), known))
    for word, ago in _SPOKEN.items():
        if (place := text.find(word)) >= 0:
            found.append((place, today - timedelta(days=ago)))
    return [day for _, day in sorted(found, key=lambda one: one[0]) if day and day <= today]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _phones(text: str) -> list[str]:
    found = [(each.start(), "".join(each.groups())) for each in _MOBILE.finditer(text)]
    found += [(each.start(), f"{each[1]}-{each[2]}") for each in _LAND.finditer(text)]
    return [number for _, number in sorted(found)]


def _unique(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
