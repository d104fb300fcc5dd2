"""12345 by signed HTTP, both ways: a message is done once, and what we did is told until it has arrived.

Signed as Standard Webhooks: identifier, time and body under a shared secret. A message that is too old is refused, one
that was seen is answered as before, so what somebody recorded can't be played again.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import hotline as orders
from hongdun.consumer.actions.contacts import KeyTaken
from hongdun.consumer.channels.models import HotlineMessage, WorkOrder
from hongdun.consumer.queries.hotlines import hotlines
from hongdun.lib import outbound, webhooks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from hongdun.base.partners import Partner

KEPT = timedelta(days=7)  # longer than any signature is fresh
TIMEOUT_SECONDS = 10.0
Answer = dict[str, Any]


class NotTold(RuntimeError):
    """The hotline didn't confirm; the job tries again."""


class Malformed(ValueError):
    """What a message lacks, or has that it shouldn't."""


def take(hotline: Partner, *, number: str, body: bytes) -> Answer:
    """Do what a proven message says, once. Raises Malformed, KeyTaken, Refused."""
    digest = sha256(body).hexdigest()
    with system_scope(f"12345 {hotline.name}"):
        _one_after_another(hotline, number)
        if seen := HotlineMessage.objects.filter(hotline=hotline.name, number=number).first():
            if seen.sha256 != digest:
                raise KeyTaken(f"消息编号 {number} 已用于另一份内容，请换一个新的编号。")
            answer: Answer = seen.answer
            return answer
        answer = _done(hotline, body)
        HotlineMessage.objects.create(
            organ=settings.HONGDUN_NODE, hotline=hotline.name, number=number, sha256=digest, answer=answer
        )
    return answer


def _one_after_another(hotline: Partner, number: str) -> None:
    """The same message at the same moment over two connections."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{hotline.name}:{number}"])


def _done(hotline: Partner, body: bytes) -> Answer:
    try:
        given = json.loads(body)
        deed, data = DEEDS[given["type"]], given["data"]
        order = deed(hotline, data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Malformed(f"缺少或者写错了 {error}") from error
    return {"number": order.number, "state": order.state, "due": str(order.due)}


def _new(hotline: Partner, data: Mapping[str, Any]) -> WorkOrder:
    due = date.fromisoformat(data["due"])
    order = orders.arrive(data, due=due, hotline=hotline.name)
    return _own(hotline, order.number)


def _prolonged(hotline: Partner, data: Mapping[str, Any]) -> WorkOrder:
    order = _own(hotline, data["number"])
    orders.prolong(order, due=date.fromisoformat(data["due"]))
    return _own(hotline, order.number)


def _judged(hotline: Partner, data: Mapping[str, Any]) -> WorkOrder:
    order = _own(hotline, data["number"])
    orders.judge(order.number, rating=int(data["rating"]))
    return order


def _asked(hotline: Partner, data: Mapping[str, Any]) -> WorkOrder:
    return _own(hotline, data["number"])


DEEDS: dict[str, Callable[[Partner, Mapping[str, Any]], WorkOrder]] = {
    "workorder.new": _new,
    "workorder.deadline": _prolonged,
    "workorder.judged": _judged,
    "workorder.status": _asked,
}


def _own(hotline: Partner, number: object) -> WorkOrder:
    """Nobody learns of another hotline's orders."""
    order = WorkOrder.objects.filter(number=str(number), hotline=hotline.name).first()
    if order is None:
        raise cases.Refused(f"没有贵方的工单 {number}。")
    return order


def tell(order_id: UUID, state: str) -> None:
    """What we did with an order; the identifier is the same at every attempt."""
    with system_scope("告知 12345"):
        order = WorkOrder.objects.filter(pk=order_id).first()
        hotline = hotlines().get(order.hotline) if order else None
    if order is None or hotline is None:
        return
    at = order.signed if state == "signed" else order.ended
    words = {} if state == "signed" else {"words": order.words}
    told = {"number": order.number, "state": state, "at": at.isoformat() if at else "", **words}
    body = json.dumps({"type": f"workorder.{state}", "data": told}, ensure_ascii=False).encode()
    headers = webhooks.headers(hotline.secrets[0], f"{order.number}-{state}", int(now().timestamp()), body)
    answer = outbound.post(
        hotline.url, body, headers, local=not settings.PRODUCTION, timeout=TIMEOUT_SECONDS, named_by_us=True
    )
    if not answer.ok:
        raise NotTold(f"12345（{hotline.name}）没有收下工单 {order.number} 的“{state}”：{answer.problem}")
    with system_scope("告知 12345"):
        WorkOrder.objects.filter(pk=order_id).update(told=state, told_at=now())


def forget_old() -> None:
    with system_scope("清理 12345 消息"):
        HotlineMessage.objects.filter(at__lt=now() - KEPT).delete()
