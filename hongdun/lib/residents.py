"""Resident identity numbers: GB 11643-1999, 17 digits and a check character (ISO 7064 MOD 11-2)."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
LENGTH = 18


def check_character(seventeen: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def problem(number: str) -> str:
    """What is wrong with a number and how to mend it; empty when nothing is."""
    number = number.strip().upper()
    if len(number) != LENGTH:
        return f"身份证号码应为 18 位，现在有 {len(number)} 位，请核对"
    body, check = number[:-1], number[-1]
    if not (body.isascii() and body.isdecimal() and check in _CHECKS):
        return f"身份证号码第 {_odd(number)} 位“{number[_odd(number) - 1]}”不对：前 17 位应为数字，最后一位为数字或 X，请核对"
    if birthday(number) is None:
        return "身份证号码第 7 至 14 位不是真实的出生日期，请核对"
    if check_character(body) != check:
        return (
            f"身份证号码第 18 位（校验位）“{check}”与前 17 位的校验位不对应，有一位写错了，请对照证件逐位核对"
        )
    return ""


def _odd(number: str) -> int:
    """The first place that holds what can't stand there, counted from one."""
    digits = "0123456789"
    return next((at for at, each in enumerate(number[:-1], 1) if each not in digits), LENGTH)


def is_valid(number: str) -> bool:
    return not problem(number)


def birthday(number: str) -> date | None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born
