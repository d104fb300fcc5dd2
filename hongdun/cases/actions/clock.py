"""The statutory clock of a case: what it does on a defect is said by the law in force, not by us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock as wall
from hongdun.cases.actions.errors import Refused
from hongdun.law import queries as law
from hongdun.law.models import Unit

if TYPE_CHECKING:
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.lib import workdays


def start(case: Case, *, on: date) -> None:
    """Begin to count on the day of receipt; the regime is the one in force on that day."""
    if case.procedure.clock:
        begin(case, case.procedure.clock, on=on, regime=on)


def begin(case: Case, rule_code: str, *, on: date, regime: date) -> None:
    """Count anew by this rule, as the law of the day `regime` has it."""
    rule = law.rule(rule_code, on=regime)
    case.clock_rule, case.clock_start, case.clock_days = rule_code, on, int(rule.value)
    case.clock_left, case.extended = None, False
    _set_due(case)


def defect(case: Case, *, today: date) -> None:
    """Stop the clock while the applicant mends the papers (细则 art. 18; before 2022 it paused)."""
    if case.clock_start is None or case.clock_days is None or case.clock_due is None:
        return
    if not law.rule(case.clock_rule, on=case.received).on_defect:
        return
    case.clock_left = max(case.clock_days - _used(case, case.clock_start, today), 0)
    case.clock_due = None


def resume(case: Case, *, today: date) -> None:
    """A resubmission is a new application with a new period, or goes on with what was left."""
    if not case.clock_rule:
        return
    rule = law.rule(case.clock_rule, on=case.received)
    if not rule.on_defect or (rule.on_defect == "pause" and case.clock_left is None):
        return
    if rule.on_defect == "restart":
        case.received = today
        start(case, on=today)
        return
    case.clock_start, case.clock_days, case.clock_left = today, case.clock_left or 0, None
    _set_due(case)


def stop(case: Case) -> None:
    case.clock_due = None


def extend(case: Case) -> int:
    """Lengthen the period once, as the rule allows (条例 art. 19); returns the working days added."""
    if case.extended or case.clock_days is None or case.clock_due is None or case.clock_due < wall.today():
        raise Refused("办理期限只能延长一次，且须在期限届满前、计时没有停止时延长。")
    try:
        rule = law.rule(f"{case.clock_rule}_extension", on=case.received)
    except law.LawError as error:
        raise Refused("收件之日的法律没有规定这项办理期限可以延长。") from error
    case.clock_days += int(rule.value)
    case.extended = True
    _set_due(case)
    return int(rule.value)


def _used(case: Case, start: date, today: date) -> int:
    """What has passed of the period, counted as its rule counts."""
    if law.rule(case.clock_rule, on=case.received).unit == Unit.DAY:
        return (today - start).days
    return law.calendar().between(start, today)


def _set_due(case: Case) -> None:
    if case.clock_start is None or case.clock_days is None:
        return
    rule = law.rule(case.clock_rule, on=case.received)
    unit: workdays.Unit = "day" if rule.unit == Unit.DAY else "workday"
    due = law.calendar().deadline(case.clock_start, case.clock_days, unit, rolls=rule.rolls)
    case.clock_due, case.clock_provisional = due.date, due.provisional
