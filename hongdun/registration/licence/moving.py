"""Blanks that one office passes on to another: sent, then confirmed by the other side, or taken back before that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.org import queries as org
from hongdun.registration.licence import blanks
from hongdun.registration.licence.models import Blank, BlankTransfer

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor


def seen_by(actor: Actor) -> QuerySet[BlankTransfer]:
    return BlankTransfer.objects.filter(Q(organ=actor.organ) | Q(target=actor.organ))


@transaction.atomic
def send(*, copy: str, first: str, last: str, target: int, actor: Actor) -> BlankTransfer:
    """Out of the stock at once; whatever of the range isn't in it refuses the whole."""
    assert actor.organ is not None
    if target == actor.organ:
        raise cases.Incomplete("调入机关就是本单位，请选另一个机关。", field="target")
    numbers = blanks.serials(first, last)
    stock = Blank.objects.filter(organ=actor.organ, copy=copy, state=Blank.State.STOCK, serial__in=numbers)
    held = set(stock.select_for_update().values_list("serial", flat=True))
    if missing := next((each for each in numbers if each not in held), None):
        raise cases.Incomplete(
            f"编号 {missing} 不在本单位这一种类的库存里，请核对起止编号；本次没有调出。", field="first"
        )
    sent = BlankTransfer.objects.create(
        organ=actor.organ, target=target, copy=copy, first=numbers[0], last=numbers[-1], count=len(numbers),
        sender=actor.name,
    )  # fmt: skip
    stock.update(state=Blank.State.MOVED, moved=clock.today(), transfer=sent)
    _note("blank.sent", sent, actor)
    return sent


@transaction.atomic
def receive(transfer: UUID, *, actor: Actor) -> BlankTransfer:
    """Into the stock of the other office; said twice, it is once."""
    held = _lock(transfer)
    if held.target != actor.organ:
        raise cases.Refused(f"这批空白执照由{org.organ(held.target).name}确认收到。")
    if held.closed and not held.received:
        raise cases.Refused(f"{held.closer}已撤回这批调拨，请与调出机关核对。")
    if held.received:
        return held
    numbers = blanks.serials(held.first, held.last)
    rows = [Blank(serial=each, copy=held.copy, organ=held.target, received=clock.today()) for each in numbers]
    try:
        with transaction.atomic():
            Blank.objects.bulk_create(rows, batch_size=1000)
    except IntegrityError as error:
        raise cases.Refused("其中有编号已经入库，请与调出机关核对编号；本次没有入库。") from error
    return _close(held, received=True, actor=actor)


@transaction.atomic
def take_back(transfer: UUID, *, actor: Actor) -> BlankTransfer:
    held = _lock(transfer)
    if held.organ != actor.organ:
        raise cases.Refused(f"这批空白执照由{org.organ(held.organ).name}撤回。")
    if held.received:
        raise cases.Refused(f"{held.closer}已确认收到，不能撤回；需要退回的请对方另行调拨。")
    if held.closed:
        return held
    held.blanks.update(state=Blank.State.STOCK, moved=None, transfer=None)
    return _close(held, received=False, actor=actor)


def _lock(transfer: UUID) -> BlankTransfer:
    held = BlankTransfer.objects.select_for_update().filter(pk=transfer).first()
    if held is None:
        raise cases.Refused("没有这批调拨，或者它与本单位无关。请从“调拨”列表打开。")
    return held


def _close(held: BlankTransfer, *, received: bool, actor: Actor) -> BlankTransfer:
    held.closed, held.received, held.closer = clock.now(), received, actor.name
    held.save(update_fields=["closed", "received", "closer"])
    _note("blank.arrived" if received else "blank.taken_back", held, actor)
    return held


def _note(verb: str, held: BlankTransfer, actor: Actor) -> None:
    audit.record(
        verb,
        actor=actor,
        subject=f"{held.first}-{held.last}",
        organ=actor.organ,
        copy=held.copy,
        count=held.count,
    )
