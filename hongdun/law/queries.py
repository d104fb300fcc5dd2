"""What the law in force on a day says; read from memory, for the tables change only with a release."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import get_args

from hongdun.base.clock import today
from hongdun.law.models import CalendarDay, Ground, RequiredDocument, Rule, Unit
from hongdun.lib import workdays
from hongdun.lib.workdays import Calendar, Due

COUNTED: dict[str, workdays.Unit] = {unit: unit for unit in get_args(workdays.Unit)}


class LawError(LookupError):
    pass


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    days = dict(CalendarDay.objects.values_list("date", "workday"))
    if not days:
        raise LawError("工作日历尚未装载，请由系统管理员运行 hongdun load-reference")
    # Holidays are announced a whole year at a time.
    return Calendar(days, date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def rule(code: str, on: date | None = None) -> Rule:
    """The limit in force on a day (today by default); raises LawError where the law had none."""
    day = on or today()
    for found in _rules().get(code, ()):
        if found.in_force(day):
            return found
    raise LawError(f"{day} 没有生效的期限规定“{code}”")


def due(rule_code: str, start: date, on: date | None = None, *, extended: bool = False) -> Due:
    """Last day of a period that began on `start`, under the law of `on` (by default of that day)."""
    day = on or start
    limit = rule(rule_code, day)
    if limit.unit not in COUNTED:
        return Due(_fixed(limit, start), provisional=False)
    value = limit.value + (rule(f"{rule_code}_extension", day).value if extended else 0)
    return calendar().deadline(start, value, COUNTED[limit.unit], rolls=limit.rolls)


def _fixed(limit: Rule, start: date) -> date:
    """The named date, or the next such day of the year from `start` on."""
    year, monthday = divmod(limit.value, 10_000)
    month, day = divmod(monthday, 100)
    if limit.unit == Unit.DATE:
        return date(year, month, day)
    this_year = date(start.year, month, day)
    return this_year if start <= this_year else date(start.year + 1, month, day)


def grounds(procedure: str, on: date | None = None, *, kind: str | None = None) -> tuple[Ground, ...]:
    """Reasons for a decision in a procedure; `kind`: refuse, defect, decline or suspend."""
    day = on or today()
    return tuple(
        found
        for found in _grounds()
        if procedure in found.procedures.split() and found.in_force(day) and kind in {None, found.kind}
    )


def ground(code: str, on: date | None = None) -> Ground:
    day = on or today()
    for found in _grounds():
        if found.code == code and found.in_force(day):
            return found
    raise LawError(f"{day} 没有生效的决定理由“{code}”")


def required_documents(
    procedure: str, on: date | None = None, *, applies_to: str | None = None
) -> tuple[RequiredDocument, ...]:
    """Papers for a procedure; `applies_to` leaves out those asked of other types of entity only."""
    day = on or today()
    return tuple(
        found
        for found in _documents()
        if found.procedure == procedure
        and found.in_force(day)
        and (not applies_to or not found.applies_to or applies_to in found.applies_to.split())
    )


def remedies(on: date | None = None) -> tuple[Rule, Rule]:
    """Periods for review (行政复议) and suit (行政诉讼) that every refusal must name (行政许可法 art. 38)."""
    return rule("reconsideration", on), rule("litigation", on)


def forget() -> None:
    """After loading: the next question reads the tables again."""
    for cached in (calendar, _rules, _grounds, _documents):
        cached.cache_clear()


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for each in Rule.objects.select_related("statute"):
        found.setdefault(each.code, []).append(each)
    if not found:
        raise LawError("法定期限尚未装载，请由系统管理员运行 hongdun load-reference")
    return found


@lru_cache(maxsize=1)
def _grounds() -> tuple[Ground, ...]:
    return tuple(Ground.objects.select_related("statute"))


@lru_cache(maxsize=1)
def _documents() -> tuple[RequiredDocument, ...]:
    return tuple(RequiredDocument.objects.select_related("statute"))
