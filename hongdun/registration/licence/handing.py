"""The step 发照: whichever page finishes it, the sheets are there, the delivery says how, old sheets are accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.registration.licence import delivering, printing
from hongdun.registration.licence.models import GIVEN, Delivery
from hongdun.registration.licence.returning import take_back

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case


def hand_over(case: Case, *, actor: Actor, decision: Decision) -> None:
    printing.make_sheets(case, actor=actor)
    held = Delivery.objects.filter(case_id=case.id, state=Delivery.State.DUE).first()
    if held is None:
        return
    way = decision.data.get("delivery") or held.way
    held.way = GIVEN.get(way, way)
    held.receiver_name = decision.data.get("receiver") or held.receiver_name
    state = Delivery.State.SENT if held.way == Delivery.Way.POST else Delivery.State.DONE
    delivering.move(held, state, actor=actor)


def hand_over_new(case: Case, *, actor: Actor, decision: Decision) -> None:
    """New sheets for old ones (细则 art. 23)."""
    hand_over(case, actor=actor, decision=decision)
    take_back(case, actor=actor, decision=decision)
