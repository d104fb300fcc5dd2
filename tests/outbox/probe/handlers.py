"""A message asks for work, the work tells that it is done, and a third writes that down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hongdun.audit.actions import record
from hongdun.base.jobs import enqueue, job
from hongdun.base.scope import current
from hongdun.outbox import on
from hongdun.outbox.actions import publish

if TYPE_CHECKING:
    from hongdun.outbox.models import Message


@on("probe.asked")
def pass_on(message: Message) -> None:
    enqueue("probe.work", n=message.body["n"])


@job("probe.work")
def work(n: int) -> None:
    record("probe.worked", actor=current(), subject=f"n/{n}")
    time.sleep(0.03)
    publish("probe.done", n=n)


@on("probe.done")
def write_down(message: Message) -> None:
    record("probe.done", actor=current(), subject=f"n/{message.body['n']}")
