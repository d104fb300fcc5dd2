"""The statutory clock of a case: what it does on a defect is said by the law in force, not by us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock as wall
from hongdun.cases.actions.errors import Refused
from hongdun.law import queries as law

if TYPE_CHECKING:
    from datetime import date

    from hongdun.cases.models import Case


def start(case: Case, *, on: date) -> None:
    """Begin to count on the day of receipt; the regime is the one in force on that day."""
    rule_code = case.procedure.clock
    if not rule_code:
        return
    rule = law.rule(rule_code, on=on)
    case.clock_rule, case.clock_start, case.clock_days = rule_code, on, int(rule.value)
    case.clock_left, case.extended = None, False
    _set_due(case)


def defect(case: Case, *, today: date) -> None:
    """Stop the clock while the applicant mends the papers (细则 art. 18; before 2022 it paused)."""
    if case.clock_start is None or case.clock_days is None or case.clock_due is None:
        return
    if not law.rule(case.clock_rule, on=case.received).on_defect:
        return
    used = law.calendar().between(case.clock_start, today)
    case.clock_left = max(case.clock_days - used, 0)
    case.clock_due = None


def resume(case: Case, *, today: date) -> None:
    """A resubmission is a new application with a new period, or goes on with what was left."""
    if not case.clock_rule:
        return
    rule = law.rule(case.clock_rule, on=case.received)
    if not rule.on_defect:
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


def _set_due(case: Case) -> None:
    if case.clock_start is not None and case.clock_days is not None:
        due = law.calendar().add(case.clock_start, case.clock_days)
        case.clock_due, case.clock_provisional = due.date, due.provisional
