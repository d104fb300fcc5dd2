"""Registration numbers that came before the unified code: 15 digits (GS15-2006), cooperatives, 13 digits."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Form = Literal["fifteen", "cooperative", "legacy"]

_FIFTEEN = re.compile(r"\d{15}")
_COOPERATIVE = re.compile(r"\d{6}NA\d{6}X")
_LEGACY = re.compile(r"\d{13}")


class RegNoError(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class RegNo:
    """A number as stored; only the 15-digit form carries a check digit that can be proven."""

    number: str
    form: Form

    @property
    def authority(self) -> str:
        return self.number[:6]

    def __str__(self) -> str:
        return self.number


def normalise(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def parse(text: str) -> RegNo:
    number = normalise(text)
    if _COOPERATIVE.fullmatch(number):
        return RegNo(number, "cooperative")
    if _LEGACY.fullmatch(number):
        return RegNo(number, "legacy")  # before 2007-07-01: no check digit existed
    if not _FIFTEEN.fullmatch(number):
        raise RegNoError(f"注册号“{number}”应为 15 位数字（合作社第 7、8 位为 NA，旧号为 13 位数字）")
    expected = check(number[:14])
    if number[14] != expected:
        raise RegNoError(f"注册号第 15 位校验码应为“{expected}”，现为“{number[14]}”，请核对全部各位")
    return RegNo(number, "fifteen")


def check(first14: str) -> str:
    """ISO 7064 MOD 11,10."""
    product = 10
    for digit in first14:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def compose(authority6: str, sequence8: str) -> str:
    return parse(authority6 + sequence8 + check(authority6 + sequence8)).number
