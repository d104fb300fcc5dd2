"""What case pages show of the rules' look at an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.cases.models import Case
from hongdun.registration.screening import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    Facts = Callable[[Case], dict[str, Any]]


def with_screening(facts: Facts) -> Facts:
    """The filing's own facts, and on top what the rules found."""

    def both(case: Case) -> dict[str, Any]:
        return facts(case) | {"screening": queries.of(case)}

    return both


def of_review(case: Case) -> dict[str, Any]:
    """The decision that is looked at, and why the rules took it."""
    decided = Case.objects.filter(number=case.data["case"]).first()
    return {"decided": decided, "screening": queries.of(decided) if decided else None}
