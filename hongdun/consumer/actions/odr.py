"""The register of merchants that answer first, and whose account speaks for a merchant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.publicity.models import OdrMember, Seat
from hongdun.parties import queries as parties
from hongdun.parties.models import Account

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity


def join(entity: Entity, *, since: date, contact: str, actor: Actor) -> OdrMember:
    if since > clock.today():
        raise cases.Incomplete("加入日期不能晚于今天。", field="since")
    try:
        with transaction.atomic():
            row = OdrMember.objects.create(
                entity=entity.pk, organ=actor.organ or 0, since=since, contact=contact.strip()
            )
    except IntegrityError:
        raise cases.Refused("这个企业已经在在线消费纠纷解决企业名单上。") from None
    audit.record("odr.joined", actor=actor, subject=entity.name, organ=row.organ, since=str(since))
    return row


def leave(entity: Entity, *, left: date, reason: str, actor: Actor) -> None:
    """Matters already with the merchant run out their ten working days."""
    row = OdrMember.objects.select_for_update().filter(entity=entity.pk, left=None).first()
    if row is None:
        raise cases.Refused("这个企业不在名单上，或者已经登记退出。")
    if not row.since <= left <= clock.today():
        raise cases.Incomplete("退出日期应在加入日期以后，不晚于今天。", field="left")
    if not reason.strip():
        raise cases.Incomplete("请写明退出的原因。", field="reason")
    row.left, row.changed = left, clock.now()
    row.save(update_fields=["left", "changed"])
    audit.record("odr.left", actor=actor, subject=entity.name, organ=row.organ, reason=reason.strip())


def grant_seat(entity: Entity, *, phone: str, actor: Actor) -> Seat:
    """An account answers for the merchant once an officer has seen the person's papers."""
    found = Account.objects.filter(login_hash=parties.login_hash(phone), is_active=True).first()
    if found is None:
        raise cases.Incomplete("没有用这个手机号注册的账号，请经办人先在网上注册。", field="phone")
    with system_scope("确认经营者账号"):
        name = parties.name_of(found.pk)
    try:
        with transaction.atomic():
            row = Seat.objects.create(
                entity=entity.pk, organ=actor.organ or 0, person=found.pk, name=name, by_name=actor.name
            )
    except IntegrityError:
        raise cases.Refused(f"{name}已经是这个经营者的账号。") from None
    audit.record("merchant.seat_granted", actor=actor, subject=entity.name, organ=row.organ, name=name)
    return row


def end_seat(row: Seat, *, actor: Actor) -> None:
    if row.ended:
        return
    row.ended = clock.now()
    row.save(update_fields=["ended"])
    audit.record("merchant.seat_ended", actor=actor, subject=row.entity, organ=row.organ, name=row.name)
