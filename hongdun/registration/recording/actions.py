"""Record filings: what the rules allow is decided on the spot, the rest goes to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import actor as actors
from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration.actions import outcomes
from hongdun.registration.change import actions as change
from hongdun.registration.change import rules, terms
from hongdun.registration.recording import queries as application
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft

receive_again = change.receive_again


def submit(draft: Draft, *, actor: Actor) -> Case:
    """Open the case, then let the rules decide: the applicant sees at once what became of it."""
    case = change.submit(draft, actor=actor)
    if not case_queries.open_tasks(case).filter(step="rules").exists():
        return case
    with system_scope("备案规则审查"):
        others = {
            number for number, _ in rules.open_items(whose.of(case.data)).values() if number != case.number
        }
        case.data["others"] = sorted(others)
        found = list(application.at_once(case))
        outcome = "record" if all(holds for holds, _ in found) else "look"
        reasons = [f"{'符合' if holds else '不符合'}：{text}" for holds, text in found]
        return cases.finish_step(
            case.number, "rules",
            cases.Decision(outcome, opinion="；".join(reasons), data={"rules": [[holds, text] for holds, text in found]}),
            actor=actors.system("备案规则"),
        )  # fmt: skip


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Enter what is filed; papers alone leave the register as it is and are kept with the case."""
    with effects.register_may_refuse():
        entity = whose.of(case.data)
        before = register_queries.full(register_queries.latest(entity).version)
        changes = decision.data["changes"] = terms.changes(before, case.data)
        after = terms.wanted(before, case.data)
        if after != before:
            register.change(
                entity=entity, particulars=after, valid_from=clock.today(), case_id=case.id, actor=actor
            )
        outcomes.recorded(case, entity, changes, actor=actor)
