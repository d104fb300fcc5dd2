"""Officers along the line of command, and complaints and reports made the way the product makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import Filing, Merchant, Sender
from hongdun.consumer.models import Contact, Kind
from hongdun.documents.words import SHANGHAI
from tests.cases import builders as make

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

CITY, COUNTY, STATION = 450_100_000, 450_103_000, 450_103_004
SIBLING, OTHER_CITY = 450_102_000, 450_202_000
LISI = Sender("李四", "13800001111", "南宁市青秀区东葛路 9 号", "")
SHOP = Merchant("南宁邕江红豆商贸有限公司", "南宁市青秀区民族大道 100 号", "0771-5550000")
FILING = Filing(
    kinds=frozenset({Kind.COMPLAINT}), sender=LISI, merchant=SHOP, text="网上买的空调不制冷，商家不给退款。",
    claims=("refund",), sale_division="450103",
)  # fmt: skip


def operator(organ: int = CITY) -> Actor:
    return make.officer("clerk", organ=organ)


def contact(
    by: Actor, *, channel: str = "phone_12315", on: date | None = None, key: str = "", **rest: Any
) -> Contact:
    at = datetime.combine(on, time(12), SHANGHAI) if on else None
    with acting(by):
        return consumer.receive(
            channel=channel, key=key or str(uuid7()), payload="原话", organ=by.organ or CITY, actor=by,
            sender_phone=LISI.phone, received_at=at, **rest,
        )  # fmt: skip


def filed(
    by: Actor, *kinds: Kind, on: date | None = None, channel: str = "phone_12315", **items: Any
) -> list[Case]:
    filing = replace(FILING, kinds=frozenset(kinds or {Kind.COMPLAINT}), **items)
    received = contact(by, on=on, channel=channel)
    with acting(by):
        return consumer.submit(received, filing, actor=by)


def go(case: Case, step: str, outcome: str, by: Actor, **rest: Any) -> Case:
    """One step; the opinion is there where nobody tests it."""
    rest.setdefault("opinion", "同意")
    with acting(by):
        return cases.finish_step(case.number, step, cases.Decision(outcome, **rest), actor=by)


def reload(case: Case) -> Case:
    with system_scope("测试"):
        return Case.objects.select_related("matter").get(pk=case.pk)


def to_consent(case: Case) -> Actor:
    """Accepted by the county and in the hands of the officer who asks both sides."""
    head, lead = make.officer("head", organ=COUNTY), make.officer("station", organ=COUNTY)
    examiner = make.officer("examiner", organ=COUNTY)
    go(case, "route", "keep", operator(COUNTY))
    go(case, "accept", "accept", examiner)
    go(case, "place", "own", examiner)
    go(case, "assign", "assign", head, data={"lead": str(lead.person)})
    return lead
