"""What the call process writes down; it alone changes calls that haven't ended, so it needs no locks."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hongdun.audit import actions as audit
from hongdun.base.actor import Actor, system
from hongdun.base.clock import now
from hongdun.base.jobs import enqueue
from hongdun.calls.models import Call, CallbackRequest, CallEvent, Outcome, Stage
from hongdun.calls.words import MODES
from hongdun.outbox import actions as outbox
from hongdun.parties.queries import phone_hash

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.calls.tickets import Ticket

STAGE_OUTCOMES = {
    Stage.OFFERED: Outcome.GIVEN_UP,
    Stage.MENU: Outcome.GIVEN_UP,
    Stage.QUEUED: Outcome.ABANDONED,
    Stage.RINGING: Outcome.ABANDONED,
    Stage.CLOSED: Outcome.OUT_OF_HOURS,
    Stage.VOICEMAIL: Outcome.VOICEMAIL,
    Stage.DIALLING: Outcome.UNANSWERED,
}
MESSAGES = {
    "answered": "calls.answered",
    "rated": "calls.rated",
    "voicemail": "calls.voicemail",
}


def receive(
    call_id: UUID, *, organ: int, line: str, caller: str, outbound: bool = False, **more: Any
) -> Call:
    """Write a call down before anything else happens to it; told again, as after a lost commit, it is there."""
    if known := Call.objects.filter(id=call_id).first():
        return known
    call = Call(
        id=call_id, organ=organ, line=line[:20], caller=caller, caller_hash=phone_hash(caller),
        outbound=outbound, **more,
    )  # fmt: skip
    call.save(force_insert=True)
    note(call, "dialled" if outbound else "arrived")
    if not outbound:
        outbox.publish("calls.arrived", organ=organ, call=call.id)
    return call


def note(call: Call, kind: str, *, origin: str | None = None, data: Any = None, **changes: Any) -> None:
    """Append an event, and change the call with it; some events are told to whoever listens."""
    call.last_event += 1
    event = CallEvent(
        call_id=call.id, organ=call.organ, number=call.last_event, kind=kind, data=data or {}, origin=origin
    )
    CallEvent.objects.bulk_create([event])  # one statement; `save` would ask first whether it is there
    change(call, last_event=call.last_event, **changes)
    if topic := MESSAGES.get(kind):
        outbox.publish(topic, organ=call.organ, call=call.id)


def change(call: Call, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(call, name, value)
    call.save(update_fields=list(changes))


def sealed_state(state: dict[str, object]) -> str:
    """The exchange's state as it is sealed with the call."""
    return json.dumps(state, separators=(",", ":"), default=str)


def end(call: Call, *, by: str, outcome: str = "", origin: str | None = None) -> None:
    """Close the record of a call; a second end changes nothing."""
    if call.ended:
        return
    at = now()
    usual = Outcome.ANSWERED if call.answered else STAGE_OUTCOMES.get(Stage(call.stage), Outcome.LOST)
    released = call.released or (at if call.answered else None)
    note(
        call, "ended", origin=origin, data={"by": by}, stage=Stage.ENDED, ended=at, released=released,
        outcome=outcome or call.outcome or usual, ended_by=by[:12], exchange="",
    )  # fmt: skip
    outbox.publish("calls.ended", organ=call.organ, call=call.id, outcome=call.outcome)
    if call.answered or call.outcome == Outcome.VOICEMAIL:
        enqueue("calls.keep_recording", call=call.id)


def request_callback(call: Call) -> CallbackRequest:
    """Remember to call back; asked again within a day by the same number, it is the same request."""
    same = CallbackRequest.objects.filter(
        call__caller_hash=call.caller_hash, done=None, asked__gt=now() - timedelta(days=1)
    ).first()
    if call.caller_hash and same:
        note(call, "callback_repeated", data={"request": str(same.id)})
        return same
    request = CallbackRequest.objects.create(call=call, organ=call.organ, number=call.caller)
    note(call, "callback_requested", data={"request": str(request.id)})
    outbox.publish("calls.callback_requested", organ=call.organ, call=call.id, request=request.id)
    return request


def give_up(request: CallbackRequest, *, reason: str, actor: Actor) -> None:
    """Nobody rings this number any more; who decided so and why stays."""
    CallbackRequest.objects.filter(id=request.id, done=None).update(done=now(), given_up=reason)
    audit.record(
        "call.callback_given_up", actor=actor, subject=request.call_id, organ=request.organ, reason=reason
    )


def link(call_id: UUID, *, case_id: UUID) -> None:
    """The case that came of a call, and of the one that it answers; the first one stays, however often it is told."""
    for call in Call.objects.filter(Q(id=call_id) | Q(callback__calls=call_id), case_id=None):
        change(call, case_id=case_id)
        audit.record(
            "call.linked", actor=system("登记的来件"), subject=call.id, organ=call.organ, case_id=case_id
        )


def monitored(call: Call, *, mode: str, by: Ticket) -> None:
    """A supervisor is in the call now, or has left it: the conversation is somebody's, so it is on record."""
    actor = Actor(name=by.name, kind="officer", person=by.person, organ=by.organ)
    audit.record(
        "call.monitored",
        actor=actor,
        subject=call.id,
        organ=call.organ,
        case_id=call.case_id,
        mode=MODES[mode],
    )
