"""Deeds of a command desk: the roster, messages to organs below with receipts, major events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.cases.actions import Incomplete, NotAllowed, Refused
from hongdun.org.models import Post
from hongdun.outbox import actions as outbox
from hongdun.statistics.models import Dispatch, Duty, MajorEvent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor


def put_on_duty(*, officer: UUID, day: date, kind: str, actor: Actor) -> Duty:
    """Once a day and organ, whoever presses twice; only who holds a post of the organ that day."""
    organ = _organ(actor)
    if day < clock.today():
        raise Incomplete("只能安排今天以后的值班。", field="day")
    held = Post.objects.on(day).filter(officer=officer, organ__code__range=actor.range).first()
    if held is None:
        raise Refused("这位人员当天在本单位没有岗位，请另选人员。")
    row, is_new = Duty.objects.update_or_create(
        organ=organ, day=day, officer_id=officer, defaults={"kind": kind}
    )
    if is_new:
        audit.record("statistics.duty", actor=actor, subject=f"{day} {held.officer.name}", organ=organ)
    return row


def take_off_duty(duty: UUID, *, actor: Actor) -> None:
    row = Duty.objects.filter(pk=duty, organ=_organ(actor)).select_related("officer").first()
    if row is None:
        raise Refused("没有找到这一班，可能已经取消。")
    if row.day < clock.today():
        raise Refused("过去的值班记录不能取消。")
    audit.record("statistics.off_duty", actor=actor, subject=f"{row.day} {row.officer.name}", organ=row.organ)
    row.delete()


def tell(*, recipients: Iterable[int], text: str, actor: Actor) -> list[Dispatch]:
    """The same words to each of these organs below."""
    organ, wanted = _organ(actor), sorted(set(recipients))
    if not wanted:
        raise Incomplete("请至少选择一个接收单位。", field="recipients")
    if not text.strip():
        raise Incomplete("请写明指令内容。", field="text")
    lo, hi = actor.range
    if any(code == organ or not lo <= code <= hi for code in wanted):
        raise NotAllowed("指令只能发给下级单位。")
    batch = uuid7()
    rows = [
        Dispatch(organ=organ, recipient=code, batch=batch, text=text.strip(), by_name=actor.name)
        for code in wanted
    ]
    Dispatch.objects.bulk_create(rows)
    audit.record("statistics.told", actor=actor, subject=text.strip()[:60], organ=organ, to=wanted)
    for row in rows:
        outbox.publish("statistics.told", organ=row.recipient, id=row.id)
    return rows


def read(dispatch: UUID, *, actor: Actor) -> None:
    """By an officer of the organ that it went to; the first receipt stays."""
    waiting = Dispatch.objects.filter(pk=dispatch, recipient=_organ(actor), read=None)
    if waiting.update(read=clock.now(), read_by=actor.name):
        audit.record("statistics.read", actor=actor, subject=str(dispatch), organ=actor.organ)


def begin_event(*, name: str, words: str, first: date, last: date, actor: Actor) -> MajorEvent:
    if last < first or last < clock.today():
        raise Incomplete("末日应不早于首日和今天。", field="last")
    row = MajorEvent.objects.create(
        organ=_organ(actor),
        name=name,
        words=" ".join(words.split()),
        first=first,
        last=last,
        by_name=actor.name,
    )
    audit.record("statistics.event_begun", actor=actor, subject=name, organ=row.organ)
    return row


def end_event(event: UUID, *, actor: Actor) -> None:
    row = MajorEvent.objects.filter(pk=event, organ=_organ(actor), ended=None).first()
    if row is None:
        raise Refused("这项保障已经结束，或者由上级单位启动。")
    row.ended = clock.now()
    row.save(update_fields=["ended"])
    audit.record("statistics.event_ended", actor=actor, subject=row.name, organ=row.organ)


def _organ(actor: Actor) -> int:
    if actor.organ is None:
        raise NotAllowed("请先选择岗位。")
    return actor.organ
