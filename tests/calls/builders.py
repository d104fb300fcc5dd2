"""Telephones as tests need them."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.calls import actions
from hongdun.calls.models import Call, CallbackRequest, Hours, Operator
from tests.org.builders import NANNING

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor

NUMBER = "13800138000"


def always_open() -> None:
    with system_scope("测试"):
        for workday in (True, False):
            Hours.objects.create(
                workday=workday, opens=time(0), closes=time(23, 59, 59), valid_from=date(2020, 1, 1)
            )


def never_open() -> None:
    with system_scope("测试"):
        Hours.objects.create(
            workday=True, opens=time(1), closes=time(2), valid_from=date(2020, 1, 1), valid_to=None
        )
        Hours.objects.filter(workday=True).update(opens=time(0), closes=time(0, 0, 1))


def a_call(*, organ: int = NANNING, number: str = NUMBER, key: UUID | None = None, **more: object) -> Call:
    with system_scope("测试"):
        return actions.receive(key or uuid7(), organ=organ, line="12315", caller=number, **more)


def a_request() -> CallbackRequest:
    """Somebody who asked to be called back, and hung up."""
    call = a_call()
    with system_scope("测试"):
        request = actions.request_callback(call)
        actions.end(call, by="caller")
    return request


def an_operator(actor: Actor) -> Operator:
    assert actor.person
    assert actor.organ
    with system_scope("测试"):
        return actions.take_seat(person=actor.person, organ=actor.organ, name=actor.name)
