"""Holding a fact of an application against what a condition wants; pure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Wanted = bool | int | str | list[str] | None

TESTS = {"is": "是", "most": "不超过", "least": "不少于", "in": "属于", "within": "只有"}


def meets(value: Wanted, test: str, wanted: Wanted) -> bool:
    """Whether the fact meets the condition. A fact that is unknown (None) meets none: people decide then."""
    return value is not None and _TESTS[test](value, wanted)


def in_words(test: str, wanted: Wanted) -> str:
    """`不超过 500`, `没有`, `是`, `自有、租赁之一`, `只有名称、住所`."""
    if test == "is":
        return plain(wanted)
    if test == "in":
        return f"{plain(wanted)}之一"
    if test == "within":
        return f"{TESTS[test]}{plain(wanted)}"
    if test == "most" and wanted == 0:
        return "没有"
    return f"{TESTS[test]} {plain(wanted)}"


def plain(value: Wanted) -> str:
    if value is None:
        return "不能确定"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value)


def _number(value: Wanted) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not a number") from error


def _is(value: Wanted, wanted: Wanted) -> bool:
    return value == wanted


def _most(value: Wanted, wanted: Wanted) -> bool:
    return _number(value) <= _number(wanted)


def _least(value: Wanted, wanted: Wanted) -> bool:
    return _number(value) >= _number(wanted)


def _in(value: Wanted, wanted: Wanted) -> bool:
    return isinstance(wanted, list) and value in wanted


def _within(value: Wanted, wanted: Wanted) -> bool:
    return isinstance(value, list) and isinstance(wanted, list) and set(value) <= set(wanted)


_TESTS: dict[str, Callable[[Wanted, Wanted], bool]] = {
    "is": _is, "most": _most, "least": _least, "in": _in, "within": _within,
}  # fmt: skip
