"""How licences reach their holder: collected with a signature, posted and tracked, or electronic only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.jobs import enqueue
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from hongdun.outbox import actions as outbox
from hongdun.parties import actions as parties
from hongdun.registration.licence.models import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity


def choose(case: Case, *, wanted: Mapping[str, Any], actor: Actor) -> Delivery:
    """The applicant's choice; until something was printed or sent it may be another."""
    held = Delivery.objects.select_for_update().filter(case_id=case.id).first() or _of(case)
    if not held.may_choose:
        raise cases.Refused(f"营业执照{held.get_state_display()}，不能再改领取方式；需要改的请联系登记机关。")
    held.way, held.receiver_name = wanted["way"], wanted.get("name", "")
    held.receiver = wanted.get("person")
    held.save()
    if held.receiver:
        parties.involve(held.receiver, case_id=case.id, organ=case.organ, role="other", actor=actor)
    audit.record(
        "licence.way_chosen",
        actor=actor,
        subject=case.number,
        organ=case.organ,
        case_id=case.id,
        way=held.way,
    )
    _electronic_by_itself(held)
    return held


def _of(case: Case) -> Delivery:
    return Delivery(
        case_id=case.id, number=case.number, organ=case.organ, person=case.person, entity_id=case.entity, name=case.title
    )  # fmt: skip


def due(case: Case, entity: Entity, *, actor: Actor) -> Delivery:
    """The licence was decided: it waits to be handed over, or was across the counter at once."""
    held = Delivery.objects.filter(case_id=case.id).first()
    if held is None:
        held = _of(case)
        # Decided by rules: the licence is there on line; paper for whoever asks for it.
        held.way = Delivery.Way.ELECTRONIC if actor.kind == "system" else Delivery.Way.PICKUP
    held.entity, held.name, held.since = entity, entity.name, clock.now()
    at_once = bool(case.data.get("counter"))
    held.state, held.note = (Delivery.State.DONE, "窗口当场领取") if at_once else (Delivery.State.DUE, "")
    held.save()
    _electronic_by_itself(held)
    return held


def _electronic_by_itself(held: Delivery) -> None:
    if held.state == Delivery.State.DUE and held.way == Delivery.Way.ELECTRONIC:
        enqueue("registration.electronic_licence", delivery=held.pk)


@transaction.atomic
def collected(
    delivery: Delivery, *, name: str, id_number: str, signed: UUID, old_sheets: str = "", actor: Actor
) -> Delivery:
    """Who fetched it and their signature on the receipt; the number is sealed away."""
    held = _lock(delivery, Delivery.State.DUE, Delivery.State.RETURNED)
    person = parties.remember_person(name=name, id_number=id_number, actor=actor)
    parties.involve(person.pk, case_id=held.case_id, organ=held.organ, role="other", actor=actor)
    held.way, held.receiver, held.receiver_name, held.signed = Delivery.Way.PICKUP, person.pk, name, signed
    move(held, Delivery.State.DONE, actor=actor)
    _finish_step(held, old_sheets=old_sheets, actor=actor)
    return held


@transaction.atomic
def posted(
    delivery: Delivery, *, carrier: str, tracking: str, old_sheets: str = "", actor: Actor
) -> Delivery:
    held = _lock(delivery, Delivery.State.DUE, Delivery.State.RETURNED)
    held.way, held.carrier, held.tracking = Delivery.Way.POST, carrier, tracking
    move(held, Delivery.State.SENT, actor=actor)
    _finish_step(held, old_sheets=old_sheets, actor=actor)
    return held


@transaction.atomic
def arrived(delivery: Delivery, *, note: str = "", actor: Actor) -> Delivery:
    held = _lock(delivery, Delivery.State.SENT)
    held.note = note
    return move(held, Delivery.State.DONE, actor=actor)


@transaction.atomic
def came_back(delivery: Delivery, *, note: str, actor: Actor) -> Delivery:
    held = _lock(delivery, Delivery.State.SENT)
    held.note = note
    return move(held, Delivery.State.RETURNED, actor=actor)


def _lock(delivery: Delivery, *states: Delivery.State) -> Delivery:
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if held.state not in states:
        raise cases.Refused(f"这件的执照{held.get_state_display()}，请刷新页面查看。")
    return held


def move(held: Delivery, state: Delivery.State, *, actor: Actor) -> Delivery:
    held.state, held.since = state, clock.now()
    held.save()
    audit.record(
        "licence.delivery", actor=actor, subject=held.number, organ=held.organ, case_id=held.case_id, state=state, way=held.way
    )  # fmt: skip
    outbox.publish(
        "registration.licence_delivery", organ=held.organ, number=held.number, state=state, way=held.way,
        carrier=held.carrier, tracking=held.tracking,
    )  # fmt: skip
    return held


def finish(held: Delivery, *, actor: Actor) -> None:
    """There is nothing to hand over but the file."""
    move(held, Delivery.State.DONE, actor=actor)
    _finish_step(held, old_sheets="", actor=actor)


def _finish_step(held: Delivery, *, old_sheets: str, actor: Actor) -> None:
    """The case goes on to the archive, where it waits for this."""
    task = Task.objects.waiting().filter(case=held.case_id, step="issue").first()
    if task is None:
        return
    data = {"delivery": held.way, "receiver": held.receiver_name, "old_sheets": old_sheets}
    cases.finish_step(
        held.number, "issue", cases.Decision("issue", data=data), actor=actor, instance=task.instance
    )
