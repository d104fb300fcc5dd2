"""Filings: each locks the entity, checks again, writes version and projections, audits and publishes."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base.clock import today
from hongdun.base.ids import uuid7
from hongdun.lib.comparison import differences
from hongdun.lib.particulars import ENDED, STATUSES, Particulars
from hongdun.lib.registrable import problems
from hongdun.outbox import actions as outbox
from hongdun.register.actions import codes, namerows, names, projection, timeline, wordings
from hongdun.register.actions.errors import RegisterError
from hongdun.register.actions.namerows import CITY
from hongdun.register.actions.projection import Seat
from hongdun.register.actions.timeline import Filing
from hongdun.register.models import Entity, Licence, StatusEvent, Version, VersionKind
from hongdun.register.queries import Naming, full, open_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.lib.names import Parts

ITEMS = frozenset(field.name for field in fields(Particulars))
# What becomes of the sheets when the status changes: they have to be handed in (登记管理条例 art. 37).
SHEETS = {
    "revoked": Licence.State.REVOKED,
    "cancelled": Licence.State.DUE,
    "annulled": Licence.State.REVOKED,
    "moved_out": Licence.State.DUE,
}


@transaction.atomic
def establish(
    *,
    particulars: Particulars,
    organ: int,
    station: int | None = None,
    on: date,
    case_id: UUID | None,
    actor: Actor,
    naming: Naming | None = None,
) -> Entity:
    """Enter a new entity under a code of its own; `organ` is the registration authority.

    `naming`: how its name is split and with whom it has a link (企业名称登记管理规定 art. 17).
    """
    state = replace(particulars, established=on, status="active")
    _check(state, on)
    parts = _take(state, replace(naming or Naming(), organ=organ, kind=state.kind), on=on)
    entity = Entity(id=uuid7(), uscc=codes.issue(organ=organ, kind=state.kind), organ=organ, station=station)
    projection.fill(entity, state).save(force_insert=True)
    filing = Filing(
        kind=VersionKind.ESTABLISH, organ=actor.organ or organ, case_id=case_id, person=actor.person
    )
    timeline.begin(entity, state, since=on, filing=filing)
    namerows.begin(entity, entity.name, since=on, parts=parts)
    namerows.use_up(state.name, naming.cases if naming else frozenset())
    projection.write_people(entity, state)
    wordings.write(entity, state)
    _announce("register.established", entity, actor=actor, case_id=case_id, on=on)
    return entity


@transaction.atomic
def change(
    *,
    entity: Entity,
    particulars: Particulars,
    valid_from: date,
    case_id: UUID | None,
    actor: Actor,
    naming: Naming | None = None,
    seat: Seat | None = None,
) -> Entity:
    """Enter new particulars from a day on, after every change known so far and not in the future.

    `naming` as for `establish`. `seat`: authority and station from then on, where the domicile moves (条例 art. 27).
    """
    entity = timeline.lock(entity)
    left = entity.organ
    seat = seat or Seat(entity.organ, entity.station)
    before = _before_change(entity, valid_from)
    after = replace(particulars, established=before.established, status=before.status, kind=before.kind)
    _check(after, valid_from)
    changed = [each.item for each in differences(before, after)]
    if not changed and after == before:
        raise RegisterError("申请的内容与登记簿现状相同，没有需要变更的事项")
    parts = None
    if after.shown_name != before.shown_name or seat.organ // CITY != left // CITY:
        wanted = replace(naming or Naming(), organ=seat.organ, kind=after.kind, bearer=entity.pk)
        parts = _take(after, wanted, on=valid_from)
    filing = Filing(
        kind=VersionKind.CHANGE, organ=actor.organ or seat.organ, case_id=case_id, person=actor.person
    )
    timeline.amend(entity, valid_from, None, lambda _: after, filing=filing)
    projection.refresh(entity, before, after, on=valid_from, parts=parts, seat=seat)
    _announce("register.changed", entity, actor=actor, case_id=case_id, on=valid_from, items=changed)
    if seat.organ != left:
        _announce("register.moved", entity, actor=actor, case_id=case_id, on=valid_from, left=left)
    return entity


@transaction.atomic
def set_status(
    *,
    entity: Entity,
    status: str,
    on: date,
    reason: str,
    case_id: UUID | None,
    actor: Actor,
) -> Entity:
    """Suspension, revocation, cancellation, annulment, move, or the return to activity; `on` takes effect."""
    entity = timeline.lock(entity)
    before = _before_change(entity, on)
    if status not in STATUSES or status == before.status:
        raise RegisterError(f"登记状态已是“{STATUSES.get(before.status)}”，不能再改为“{status}”")
    organ = actor.organ or entity.organ
    filing = Filing(
        kind=VersionKind.STATUS, organ=organ, case_id=case_id, person=actor.person, note=reason[:500]
    )
    timeline.amend(entity, on, None, lambda state: replace(state, status=status), filing=filing)
    StatusEvent.objects.create(
        entity=entity, status=status, on=on, reason=reason[:500], organ=organ, case_id=case_id
    )
    entity.closed = on if status in ENDED else None
    projection.refresh(entity, before, replace(before, status=status), on=on)
    if status in SHEETS:
        entity.licences.filter(state=Licence.State.VALID).update(state=SHEETS[status], state_since=on)
    _announce("register.status_changed", entity, actor=actor, case_id=case_id, on=on, status=status)
    return entity


@transaction.atomic
def correct(
    *,
    entity: Entity,
    items: Mapping[str, Any],
    valid_from: date | None,
    valid_until: date | None = None,
    reason: str,
    case_id: UUID | None,
    actor: Actor,
) -> Entity:
    """New knowledge about the past: these items were so in [valid_from, valid_until); all else stays."""
    unknown = set(items) - ITEMS
    if unknown or not items:
        raise RegisterError(f"更正须指明登记事项，不认识：{'、'.join(sorted(unknown)) or '（空）'}")
    entity = timeline.lock(entity)
    _rewrite(
        entity, items, valid_from, valid_until, _filing(VersionKind.CORRECT, entity, case_id, actor, reason)
    )
    _announce("register.corrected", entity, actor=actor, case_id=case_id, on=valid_from, items=sorted(items))
    return entity


@transaction.atomic
def annul(
    *,
    entity: Entity,
    annulled_case: UUID,
    items: Collection[str] = (),
    reason: str,
    case_id: UUID | None,
    actor: Actor,
) -> Entity:
    """Undo a change registration, or single items of it, as if it had not been (登记管理条例 art. 40–42).

    An establishment is annulled by `set_status(status="annulled")`.
    """
    entity = timeline.lock(entity)
    first, before, after = _what_it_changed(entity, annulled_case)
    changed = {name for name in ITEMS if getattr(before, name) != getattr(after, name)}
    wanted = set(items) or changed
    if not wanted <= changed:
        raise RegisterError(f"该次登记没有变更这些事项：{'、'.join(sorted(wanted - changed))}")
    filing = _filing(VersionKind.ANNUL, entity, case_id, actor, reason)
    spans: dict[date | None, dict[str, Any]] = {}
    for name in sorted(wanted):
        until = _next_change(entity, name, first, getattr(after, name))
        spans.setdefault(until, {})[name] = getattr(before, name)
    for until, restored in spans.items():
        _rewrite(entity, restored, first, until, filing)
    _announce("register.annulled", entity, actor=actor, case_id=case_id, on=first, items=sorted(wanted))
    return entity


def _take(state: Particulars, naming: Naming, *, on: date) -> Parts:
    """Hold the name; what stands for the name of a business without one is nobody's and keeps nobody from his."""
    return names.take(state.name, naming, on=on) if state.name else namerows.unnamed(state.shown_name)


def _check(state: Particulars, on: date) -> None:
    found = [*problems(state)]
    if on > today():
        found.append(f"生效日期 {on} 晚于今天，登记不能预先生效")
    if found:
        raise RegisterError("；".join(found))


def _before_change(entity: Entity, on: date) -> Particulars:
    """The state that a filing from `on` would replace; refused where later knowledge stands in its way."""
    last = open_versions(entity)[-1]
    if last.valid_from is not None and on < last.valid_from:
        raise RegisterError(f"{on} 早于最近一次登记的生效日期 {last.valid_from}，请改用更正")
    if entity.status in ENDED:
        raise RegisterError(f"“{entity.name}”已{entity.status_label}，不能再办理变更")
    return full(last)


def _filing(kind: VersionKind, entity: Entity, case_id: UUID | None, actor: Actor, reason: str) -> Filing:
    if not reason.strip():
        raise RegisterError("更正或者撤销须写明事由和依据，请填写后再提交")
    organ = actor.organ or entity.organ
    return Filing(kind=kind, organ=organ, case_id=case_id, person=actor.person, note=reason.strip()[:500])


def _rewrite(
    entity: Entity, items: Mapping[str, Any], start: date | None, end: date | None, filing: Filing
) -> None:
    before = full(open_versions(entity)[-1])
    timeline.amend(entity, start, end, lambda state: replace(state, **items), filing=filing)
    after = full(open_versions(entity)[-1])
    projection.refresh(entity, before, after, on=today())


def _what_it_changed(entity: Entity, case_id: UUID) -> tuple[date, Particulars, Particulars]:
    """First day, state before and state after of the registration that a case made."""
    known = open_versions(entity)
    mine = list(Version.objects.filter(entity=entity, case_id=case_id, kind=VersionKind.CHANGE))
    if not mine:
        raise RegisterError("该案件没有在登记簿上留下变更登记，不能撤销")
    first = max(row.valid_from for row in mine if row.valid_from)
    after = next(row for row in mine if row.valid_from == first)
    before = [row for row in known if row.valid_until == first]
    if not before:
        raise RegisterError("该次变更之前没有登记状态可恢复，请改用更正")
    return first, full(before[-1]), full(after)


def _next_change(entity: Entity, item: str, start: date, value: object) -> date | None:
    """When the item was next registered otherwise; from then on the annulment has nothing to undo."""
    for row in open_versions(entity):
        if row.valid_from is not None and row.valid_from > start and getattr(full(row), item) != value:
            return row.valid_from
    return None


def _announce(
    verb: str, entity: Entity, *, actor: Actor, case_id: UUID | None, on: date | None, **data: Any
) -> None:
    audit.record(
        verb, actor=actor, subject=entity.pk, organ=entity.organ, case_id=case_id,
        uscc=entity.uscc, on=on, version=entity.version, **data,
    )  # fmt: skip
    outbox.publish(
        verb, organ=entity.organ, entity=entity.pk, uscc=entity.uscc, name=entity.name,
        version=entity.version, on=on, case_id=case_id, **data,
    )  # fmt: skip
