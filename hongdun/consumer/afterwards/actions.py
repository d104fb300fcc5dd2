from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.consumer.actions import beside

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case


def reopen(case: Case, *, actor: Actor, decision: Decision) -> None:
    """The sender says it isn't settled: the complaint is taken up again."""
    assert case.parent is not None
    beside.reopen(case.parent, reason=decision.opinion, actor=actor)
