"""Work orders of the 12345 hotline: in and back under their own number, signed for, answered or returned, judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.base.jobs import enqueue
from hongdun.base.scope import system_scope
from hongdun.base.sealed import fingerprint
from hongdun.cases import actions as cases
from hongdun.consumer.actions.filing import Sender
from hongdun.consumer.actions.taking import organ_for, take_in
from hongdun.consumer.channels.models import WorkOrder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hongdun.base.actor import Actor

BEST = 5
TELL = "consumer.tell_hotline"


def arrive(item: Mapping[str, Any], *, due: date, hotline: str = "") -> WorkOrder:
    """Called again with the same order it returns the one that is there; raises KeyTaken where it says other things."""
    number, organ = str(item["number"]), organ_for(str(item.get("jurisdiction_id", "")))
    payload = json.dumps(item, ensure_ascii=False, sort_keys=True)
    sender = Sender(str(item.get("last_name", "")), str(item.get("phone", "")))
    contact = take_in(channel="hotline_12345", key=number, payload=payload, organ=organ, sender=sender)
    with system_scope(f"12345 工单 {number}") as actor:
        order, is_new = WorkOrder.objects.get_or_create(
            number=number,
            defaults={
                "organ": organ,
                "contact": contact,
                "due": due,
                "digest": digest(item),
                "hotline": hotline,
            },
        )
        if is_new:
            audit.record("hotline.arrived", actor=actor, subject=number, organ=organ, number=number)
        return order


def digest(item: Mapping[str, Any]) -> str:
    """The same sender saying the same: under two numbers it is one matter, which the officer sees."""
    words = "".join(str(item.get("description", "")).split())
    return fingerprint(f"{item.get('phone', '')}|{words}", kind="hotline:matter")


def sign(order: WorkOrder, *, actor: Actor) -> None:
    _move(order, "new", "signed", actor=actor, signed=now())


def send_back(order: WorkOrder, *, reason: str, actor: Actor) -> None:
    """To the hotline, which passes it to who has the power; never onward from here (art. 41)."""
    if not reason.strip():
        raise cases.Incomplete("请写明退回理由，例如：属于住房部门职责。", field="words")
    _move(order, "signed", "returned", actor=actor, words=reason.strip()[:1000], ended=now())


def answer(order: WorkOrder, *, words: str, actor: Actor) -> None:
    if not words.strip():
        raise cases.Incomplete("请写明办理情况，它会原样回给 12345。", field="words")
    _move(order, "signed", "answered", actor=actor, words=words.strip()[:1000], ended=now())


def prolong(order: WorkOrder, *, due: date) -> None:
    """The hotline gives another day for an order that is still open."""
    with system_scope(f"12345 工单 {order.number}") as actor:
        changed = WorkOrder.objects.filter(pk=order.pk, state__in=("new", "signed")).update(due=due)
        if not changed:
            raise cases.Refused(f"工单 {order.number} 已经办完，不能改期限。")
        audit.record(
            "hotline.prolonged", actor=actor, subject=order.number, organ=order.organ, number=order.number, due=str(due)
        )  # fmt: skip


def judge(number: str, *, rating: int) -> None:
    """What the hotline heard when it called back; a later call replaces it."""
    if not 1 <= rating <= BEST:
        raise cases.Incomplete("满意度应为 1 至 5 的整数。", field="rating")
    with system_scope(f"12345 工单 {number}") as actor:
        order = WorkOrder.objects.select_for_update().filter(number=number, state="answered").first()
        if order is None:
            raise cases.Refused(f"没有已经答复的工单 {number}，不能评价。")
        if order.satisfaction != rating:
            order.satisfaction = rating
            order.save(update_fields=["satisfaction"])
            audit.record("hotline.judged", actor=actor, subject=number, organ=order.organ, rating=rating)


VERBS = {"signed": "hotline.signed", "returned": "hotline.returned", "answered": "hotline.answered"}


def _move(order: WorkOrder, before: str, after: str, *, actor: Actor, **columns: Any) -> None:
    changed = WorkOrder.objects.filter(pk=order.pk, state=before).update(state=after, **columns)
    if not changed:
        order.refresh_from_db()
        first = "请先签收。" if order.state == "new" else ""
        raise cases.Refused(f"工单 {order.number} 现在是“{order.get_state_display()}”，不能这样办理。{first}")
    more = {"reason": columns["words"]} if after == "returned" else {}
    if order.hotline:
        enqueue(TELL, lock=f"{TELL}:{order.number}", order=order.pk, state=after)
    audit.record(
        VERBS[after], actor=actor, subject=order.number, organ=order.organ, number=order.number, **more
    )
