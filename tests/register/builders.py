"""Entities as filings make them, so that no test holds a state that can't be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from hongdun.base.actor import Actor
from hongdun.base.scope import acting
from hongdun.lib.money import Money
from hongdun.lib.particulars import Domicile, Particulars, PersonEntry, Scope, Share
from hongdun.register import actions as register
from hongdun.register import queries

if TYPE_CHECKING:
    from hongdun.register.models import Entity

COUNTY, OTHER = 450102000, 450203000
FOUNDED = date(2015, 3, 2)
FOUNDER = UUID("0192a000-0000-7000-8000-000000000001")
LIAISON = UUID("0192a000-0000-7000-8000-000000000002")


def officer(organ: int = COUNTY) -> Actor:
    return Actor(name="韦核准", kind="officer", person=uuid4(), organ=organ, roles=frozenset({"approver"}))


def company(**items: Any) -> Particulars:
    state = Particulars(
        name="南宁邕江红豆商贸有限公司",
        kind="enterprise",
        type="1130",
        representative="覃红豆",
        capital=Money(Decimal(500_000)),
        domicile=Domicile("南宁市兴宁区民生路1号", "450102"),
        scope=Scope("日用百货销售", ("日用百货销售",)),
        industry="5219",
        people=(
            PersonEntry("覃红豆", "legal_representative", FOUNDER),
            PersonEntry("黄联络", "liaison", LIAISON),
        ),
        shares=(Share("覃红豆", Money(Decimal(500_000)), date(2030, 3, 1), person=FOUNDER),),
    )
    return replace(state, **items)


def founded(*, on: date = FOUNDED, actor: Actor | None = None, **items: Any) -> Entity:
    actor = actor or officer()
    with acting(actor):
        return register.establish(
            particulars=company(**items), organ=actor.organ or COUNTY, on=on, case_id=None, actor=actor
        )


def changed(entity: Entity, on: date, *, case_id: UUID | None = None, **items: Any) -> Entity:
    actor = officer(entity.organ)
    with acting(actor):
        now = queries.full(queries.latest(entity).version)
        return register.change(
            entity=entity, particulars=replace(now, **items), valid_from=on, case_id=case_id, actor=actor
        )
