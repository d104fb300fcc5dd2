"""The telephones of the demonstration: what was answered and missed today and in four weeks, and who waits for a call.

Nobody talks and nobody waits: a call that is going on is real.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.calls import actions as calls
from hongdun.calls.models import Call, Outcome, Stage
from hongdun.site.demo.matters import CITY, officer
from hongdun.site.demo.stories import PHONES

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random
    from uuid import UUID

    from hongdun.calls.models import Operator

CALLS, WEEKS, BACK = 30, 5, 4
HOURS = 5
PATIENCE = 60  # seconds
MENU = timedelta(seconds=25)


def fill(dice: Random) -> None:
    clerk = officer("nn.clerk")
    assert clerk.person is not None
    with system_scope("演示数据"):
        seat = calls.take_seat(person=clerk.person, organ=CITY, name=clerk.name)
        for week in range(WEEKS):
            for number in range(CALLS):
                ring(dice, seat, uuid5(clerk.person, f"demo:{week}:{number}"), week)
        for number in range(BACK):
            ask_back(uuid5(clerk.person, f"demo:back:{number}"), number)


def ring(dice: Random, seat: Operator, key: UUID, week: int) -> None:
    """One call of the last hours, or of the hours around now some weeks ago; answered if it was patient."""
    call = calls.receive(key, organ=CITY, line="12315", caller=PHONES.format(dice.randrange(10_000)))
    spread = timedelta(seconds=dice.randrange(HOURS * 3600) - (3 * 3600 if week else 0))
    at = clock.now() - timedelta(weeks=week) - spread
    wait = int(dice.expovariate(1 / 11))
    begun = at + MENU + timedelta(seconds=wait)
    if wait < PATIENCE:
        _answered(call, at, begun, timedelta(seconds=60 + int(dice.expovariate(1 / 150))), seat)
        Call.objects.filter(pk=key).update(rating=dice.choice((None, 4, 5, 5)))
    else:
        _over(call, at, begun, Outcome.ABANDONED)


def _answered(call: Call, at: datetime, begun: datetime, talk: timedelta, seat: Operator) -> None:
    _over(call, at, begun + talk, Outcome.ANSWERED)
    Call.objects.filter(pk=call.pk).update(answered=begun, operator=seat, released=begun + talk)


def _over(call: Call, at: datetime, ended: datetime, outcome: str) -> None:
    """Told straight to the database: no clock can be turned back."""
    Call.objects.filter(pk=call.pk).update(
        arrived=at, queued=at + MENU, ended=ended, stage=Stage.ENDED, outcome=outcome
    )


def ask_back(key: UUID, number: int) -> None:
    call = calls.receive(key, organ=CITY, line="12315", caller=PHONES.format(9000 + number))
    calls.request_callback(call)
    calls.end(call, by="caller")
