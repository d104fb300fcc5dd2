"""A new operator: directly since 2022-11-01, before by cancelling and registering anew (促进条例 art. 13, 细则 art. 38)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.law import queries as law
from hongdun.register import queries as register
from hongdun.registration.individual.cancellation import actions as cancellation
from hongdun.registration.individual.change import actions as change
from hongdun.registration.individual.establishment import actions as establishment
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case


def is_direct(on: date) -> bool:
    """Whether the law of the day lets an operator be changed without cancelling first."""
    return not law.grounds("individual_operator_change", on)


def take_in(data: dict[str, Any], *, submission: UUID, received: date, actor: Actor) -> Case:
    """One filing, or two that belong together and are decided together; returns the last of them."""
    if is_direct(received):
        return change.take_in(data, submission=submission, received=received, actor=actor)
    return _one_after_the_other(data, submission=submission, received=received, actor=actor)


def _one_after_the_other(data: dict[str, Any], *, submission: UUID, received: date, actor: Actor) -> Case:
    from hongdun.registration.individual.cancellation.procedure import CANCELLATION

    common = {"counter": data["counter"], "applicant": data["applicant"], "documents": {}}
    closing = common | {"entity": data["entity"], "closing": {"reason": "operator"}}
    first = cancellation.take_in(
        closing, procedure=CANCELLATION, submission=submission, received=received, actor=actor
    )
    if first.children.exists():
        return first.children.get()
    return establishment.take_in(
        _anew(data) | common, submission=_next(submission), received=received, actor=actor, parent=first
    )


def _next(submission: UUID) -> UUID:
    """The second of two cases of one sheet has a key of its own, the same each time."""
    return type(submission)(int=submission.int ^ 1)


def _anew(data: dict[str, Any]) -> dict[str, Any]:
    """What the old shop was, under the new operator, who takes its name over (名称规定 art. 17)."""
    entity, wanted = whose.of(data), data["wanted"]
    state = register.latest(entity).particulars
    return {
        "operator": wanted["operator"] | {"composition": wanted["composition"] or "personal", "family": wanted["family"]},
        "domicile": {"organ": entity.organ, "station": entity.station, "address": wanted["address"]},
        "scope": {"scope": wanted["scope"]},
        "name": {"name": wanted["name"], "link": "assigned", "link_code": entity.uscc} if state.name else {"name": ""},
    }  # fmt: skip
