from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.consumer.models import Matter

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case


def keep_answer(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001 - every effect's signature
    """The answer is the opinion of the step; who asked by telephone has heard it."""
    Matter.objects.filter(pk=case.pk).update(result="answered")
