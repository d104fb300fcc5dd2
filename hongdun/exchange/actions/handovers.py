"""Departments are told of registrations: each message once in effect, pushed to them or fetched by them, until confirmed."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Max

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.base.jobs import enqueue
from hongdun.base.scope import system_scope
from hongdun.exchange.actions.sending import BUDGET_SECONDS, wait_after
from hongdun.exchange.models import Handover
from hongdun.exchange.queries import handovers as queries
from hongdun.lib import outbound, webhooks
from hongdun.registration import handovers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.base.partners import Partner
    from hongdun.lib.outbound import Answer
    from hongdun.outbox.models import Message

WAKE, PUSH = "exchange.wake_departments", "exchange.push_handovers"
TIMEOUT_SECONDS = 10.0
AT_ONCE = 500  # sent again by one click
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# The department says that this message is wrong; anything else is the line's fault, and is tried again.
REFUSES = frozenset({400, 409, 410, 413, 415, 422})
State = Handover.State


class Unknown(LookupError):
    """Positions that the department was never given."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a department said of messages: positions that it has, and those that it can't take, with the reason."""

    acknowledged: frozenset[int]
    refused: Mapping[int, str]


def enter(message: Message) -> Handover | None:
    """Put a message into its department's queue under the next position; None if it is there already."""
    body: dict[str, Any] = message.body
    department = body["department"]
    assert message.organ is not None
    _one_after_another(department)
    if Handover.objects.filter(message=message.id).exists():
        return None
    made = Handover.objects.create(
        organ=message.organ, department=department, position=_head(department) + 1, message=message.id,
        label=body.get("label") or handovers.departments().get(department, department), case_id=UUID(body["case_id"]),
        occasion=body["occasion"], article=body["article"], fields=body["fields"], at=message.at,
    )  # fmt: skip
    enqueue(WAKE, once=WAKE)
    return made


def _one_after_another(department: str) -> None:
    """Held to the end of the transaction: whoever sees a position sees all before it."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"handover:{department}"])


def _head(department: str) -> int:
    newest: int | None = Handover.objects.filter(department=department).aggregate(newest=Max("position"))[
        "newest"
    ]
    return newest or 0


def fetch(partner: Partner, *, after: int | None, limit: int) -> list[Handover]:
    """What the department comes for: what it hasn't confirmed, or all after a position."""
    with system_scope(f"{partner.name} 取走推送"):
        found = queries.pending(partner.name) if after is None else queries.after(partner.name, after)
        rows = list(found[:limit])
        given = Handover.objects.filter(pk__in=[row.pk for row in rows], state=State.QUEUED)
        given.update(state=State.FETCHED, moved=now())
    return rows


def take_receipt(partner: Partner, receipt: Receipt) -> int:
    """Note what the department has and what it refuses; said twice it is the same. Returns how many still wait.

    What was confirmed stays confirmed, whatever is said later. Raises Unknown.
    """
    named = receipt.acknowledged | receipt.refused.keys()
    with system_scope(f"{partner.name} 确认推送"):
        rows = Handover.objects.select_for_update().filter(department=partner.name, position__in=named)
        found = {row.position: row for row in rows.order_by("position")}
        if lost := sorted(named - found.keys()):
            raise Unknown("、".join(map(str, lost[:20])))
        for position in receipt.acknowledged:
            _move(found[position], State.ACKNOWLEDGED)
        for position in receipt.refused.keys() - receipt.acknowledged:
            _move(found[position], State.REFUSED, problem=receipt.refused[position])
        return queries.pending(partner.name)[: queries.COUNTED].count()


def _move(row: Handover, state: Handover.State, *, problem: str = "") -> None:
    if row.state in {State.ACKNOWLEDGED, state}:
        return
    row.state, row.moved, row.problem, row.retry_at = state, now(), problem[:300], None
    row.save(update_fields=["state", "moved", "problem", "retry_at"])


def wake() -> None:
    """Queue a job for each department that listens and has something to be told; at most one waits for each."""
    for department, partner in queries.partners().items():
        if partner.url and queries.next_to_push(department):
            mark = f"{PUSH}:{department}"
            enqueue(PUSH, once=mark, lock=mark, department=department)


def push(department: str) -> None:
    """Tell one department what it hasn't confirmed, in order, until the line fails or its turn is over."""
    stop = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < stop:
        with system_scope("推送有关部门"):
            found = queries.next_to_push(department)
        partner = queries.partners().get(department)
        if found is None or partner is None or not partner.url:
            return
        answer = _post(partner, found)
        with system_scope("推送有关部门"):
            if not _settle(found, answer):
                return
    with system_scope("推送有关部门"):
        enqueue(WAKE, once=WAKE)


def _post(partner: Partner, row: Handover) -> Answer:
    """Under the same number at every attempt, so that the department can drop what it has."""
    told = {"type": f"registration.{row.occasion}", "data": queries.as_json(row)}
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = webhooks.headers(partner.secrets[0], str(row.pk), int(now().timestamp()), body)
    return outbound.post(
        partner.url, body, headers, local=not settings.PRODUCTION, timeout=TIMEOUT_SECONDS, named_by_us=True
    )


def _settle(row: Handover, answer: Answer) -> bool:
    """Note how it went; whether the next may go out."""
    here = Handover.objects.select_for_update().get(pk=row.pk)
    if answer.ok:
        _move(here, State.ACKNOWLEDGED)
        return True
    if answer.status in REFUSES:
        _move(here, State.REFUSED, problem=answer.problem)
        return True
    Handover.objects.filter(pk=row.pk).exclude(state=State.ACKNOWLEDGED).update(
        attempts=F("attempts") + 1, retry_at=now() + wait_after(row.attempts), problem=answer.problem[:300]
    )
    return False


def send_again(actor: Actor, *, department: str, only: UUID | None = None) -> int:
    """Put what is stuck of a department back into its queue, one message or all that the actor may see."""
    stuck = queries.stuck(actor, department)
    wanted = stuck.filter(pk=only) if only else stuck.order_by("at")
    numbers = list(wanted.values_list("pk", flat=True)[:AT_ONCE])
    rows = Handover.objects.filter(pk__in=numbers).exclude(state=State.ACKNOWLEDGED)
    sent = rows.update(state=State.QUEUED, moved=now(), attempts=0, retry_at=None, problem="")
    if sent:
        audit.record("handover.sent_again", actor=actor, subject=department, organ=actor.organ, count=sent)
        enqueue(WAKE, once=WAKE)
    return sent


def receipt_of(body: bytes) -> Receipt:
    """Read what a department posted; raises ValueError with what is missing or wrong."""
    try:
        given = json.loads(body)
        had, refused = given.get("acknowledged", []), given.get("refused", [])
        return Receipt(
            frozenset(map(_position, had)),
            {_position(each["position"]): _reason(each["reason"]) for each in refused},
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"缺少或者写错了 {error}") from error


def _position(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"position：{value!r}，应为 1 以上的整数")
    return value


def _reason(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("reason：退回的要写明理由")
    return value.strip()
