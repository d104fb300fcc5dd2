"""Record filings: taken in like a change, entered without a new licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration.actions import outcomes
from hongdun.registration.change import actions as change
from hongdun.registration.change import terms
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case

submit, receive_again = change.submit, change.receive_again


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
