"""Organ codes: GB/T 2260 six digits + three station digits, so that an organ is a range of integers."""

from typing import Literal, NamedTuple

Level = Literal[1, 2, 3, 4]

REGION, CITY, COUNTY, STATION = 1, 2, 3, 4
DIGITS = 9
REGION_BUREAU = 450_000_000  # whose rows are the release's own
_WIDTH: dict[Level, int] = {1: 10_000_000, 2: 100_000, 3: 1_000, 4: 1}
_LEVELS: tuple[Level, ...] = (1, 2, 3, 4)
_LOWEST, _HIGHEST = 100_000_000, 999_999_999


class Scope(NamedTuple):
    lo: int
    hi: int


class OrganCodeError(ValueError):
    pass


def scope(code: int) -> Scope:
    """First and last code under this organ, both inclusive."""
    return Scope(code, code + _WIDTH[level(code)] - 1)


def level(code: int) -> Level:
    if not _LOWEST <= code <= _HIGHEST:
        raise OrganCodeError(f"机关代码 {code} 不是九位数字，请核对")
    numbers = (code // 10_000_000, code // 100_000 % 100, code // 1_000 % 100, code % 1_000)
    filled = numbers.index(0) if 0 in numbers else STATION
    if any(numbers[filled:]):
        raise OrganCodeError(f"机关代码 {code} 缺少第 {filled + 1} 级的编号，请核对")
    return _LEVELS[filled - 1]


def parent(code: int) -> int | None:
    """The organ one level above; None for the region."""
    rank = level(code)
    if rank == REGION:
        return None
    above: Level = 1 if rank == CITY else 2 if rank == COUNTY else 3
    return code - code % _WIDTH[above]


def county_of(code: int) -> int | None:
    """The county bureau whose name and seal an organ's papers bear; None above county level."""
    return None if level(code) < COUNTY else code - code % _WIDTH[3]


def city_of(code: int) -> int | None:
    """The city bureau above (or the organ itself); None for the region."""
    return None if level(code) < CITY else code - code % _WIDTH[2]


def ancestors(code: int) -> tuple[int, ...]:
    """The organ itself, then each organ above it up to the region."""
    above = parent(code)
    return (code,) if above is None else (code, *ancestors(above))


def division(code: int) -> str:
    """The six GB/T 2260 digits of an organ's code."""
    level(code)
    return str(code // 1_000)


def from_division(division6: str) -> int:
    """The organ code of a region, city or county written with six digits."""
    if len(division6) != DIGITS - 3 or not division6.isdecimal():
        raise OrganCodeError(f"行政区划代码“{division6}”应为六位数字")
    code = int(division6) * 1_000
    level(code)
    return code
