"""A contact becomes cases: complaint, report, consultation, suggestion; a mixed one two that know of each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.utils import timezone

from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.procedure import latest
from hongdun.consumer.models import Brand, Contact, Kind, Matter, Reporter
from hongdun.consumer.queries import brands, channels
from hongdun.lib import organs
from hongdun.outbox import actions as outbox
from hongdun.parties import actions as parties
from hongdun.parties import queries as party_queries
from hongdun.parties.models import InvolvedAs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

MOST_REPRESENTATIVES = 2
NEED_STANDING = frozenset({Kind.COMPLAINT, Kind.REPORT})


@dataclass(frozen=True, slots=True)
class Sender:
    """The person who turned to us; empty for an anonymous report."""

    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.name and self.phone)


@dataclass(frozen=True, slots=True)
class Merchant:
    """Against whom: an entity of the register where it was found, else as the sender names it."""

    name: str
    address: str = ""
    phone: str = ""
    entity: UUID | None = None
    platform: UUID | None = None
    platform_name: str = ""
    shows_lawful_address: bool = True
    reachable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What the sender wants, said once for all cases that come of it."""

    kinds: frozenset[Kind]
    sender: Sender
    text: str
    merchant: Merchant = Merchant("")
    sale_division: str = ""
    object_class: str = ""
    problem_class: str = ""
    sales_mode: str = ""
    brand: str = ""
    claims: tuple[str, ...] = ()
    amount: Decimal | None = None
    bought: date | None = None
    urgency: tuple[str, ...] = ()
    anonymous: bool = False
    report_text: str = ""
    may_publish: bool = True
    may_entrust: bool = False
    others: tuple[Sender, ...] = ()  # who complains together with the sender (art. 12)
    representatives: tuple[str, ...] = ()
    agent: Sender = field(default_factory=Sender)
    agent_powers: str = ""  # matter, powers and term of the authorisation (art. 11)


def submit(contact: Contact, filing: Filing, *, actor: Actor) -> list[Case]:
    """Open the cases of a filing, one for each kind; called again for the same contact it returns the same cases."""
    day = timezone.localdate(contact.received_at)
    _check(contact, filing, day)
    filing = replace(filing, brand=_brand(filing))
    order = [kind for kind in Kind if kind in filing.kinds]
    opened = [_open(kind, contact, filing, day=day, actor=actor) for kind in order]
    _tell_telephones(contact, order, opened)
    return opened


def _brand(filing: Filing) -> str:
    brand = brands.of(filing)
    if brand and filing.brand:
        Brand.objects.bulk_create([Brand(name=brand)], ignore_conflicts=True)
    return brand


def _tell_telephones(contact: Contact, kinds: list[Kind], opened: list[Case]) -> None:
    """Which case came of a call; never where something was reported in it, since a voice gives a reporter away (art. 37).

    The call may have come to another city than the one that answered it.
    """
    if Kind.REPORT in kinds or contact.follows_id is None:
        return
    with system_scope("来电与案件关联"):
        called = Contact.objects.filter(pk=contact.follows_id, channel="phone_12315", by=None).first()
    if called:
        outbox.publish("consumer.filed", organ=called.organ, call=called.key, case=opened[0].id)


def _check(contact: Contact, filing: Filing, day: date) -> None:
    way = channels.channel(contact.channel, on=day)
    if filing.kinds & NEED_STANDING and not way.counts:
        raise cases.Refused(
            f"“{way.label}”不是法定的投诉举报渠道（{way.citation}）：请致电来件人，经 12315 电话确认后登记，"
            "或者发送全国 12315 平台的链接。"
        )
    if not filing.kinds:
        raise cases.Incomplete("请选择类型：投诉、举报、咨询或者建议。", field="kinds")
    if Kind.COMPLAINT in filing.kinds and not filing.sender.is_known:
        raise cases.Incomplete("投诉须实名：请填写投诉人的姓名和电话号码。", field="sender_phone")
    if filing.kinds & NEED_STANDING and not filing.merchant.name:
        raise cases.Incomplete("请填写被投诉（举报）人的名称，或者从登记簿中选择。", field="merchant")
    _check_people(filing)
    if not filing.text.strip():
        raise cases.Incomplete("请写明事实和诉求。", field="text")


def _check_people(filing: Filing) -> None:
    """Joint complaints and agents (art. 11, 12)."""
    names = {filing.sender.name, *(other.name for other in filing.others)}
    if any(not other.is_known for other in filing.others):
        raise cases.Incomplete("每一位共同投诉人都须有姓名和电话号码：每行写“姓名 电话”。", field="others")
    if len(filing.representatives) > MOST_REPRESENTATIVES or not set(filing.representatives) <= names:
        raise cases.Incomplete(
            f"代表人最多 {MOST_REPRESENTATIVES} 名，并且是共同投诉人之一，请核对姓名。",
            field="representatives",
        )
    if filing.agent.name and not (filing.agent.is_known and filing.agent_powers.strip()):
        raise cases.Incomplete(
            "委托他人投诉的，请填写受托人的姓名、电话和委托事项、权限、期限。", field="agent_powers"
        )


def _open(kind: Kind, contact: Contact, filing: Filing, *, day: date, actor: Actor) -> Case:
    """Under a key derived from the contact, so that a repeated submission opens nothing twice.

    What a station hears begins at its county bureau, which dispatches and accepts.
    """
    station = contact.organ if organs.level(contact.organ) == organs.STATION else None
    person = _complainant(filing, actor) if kind != Kind.REPORT and filing.sender.is_known else None
    case = cases.open_case(
        latest(f"consumer.{kind}"), organ=organs.county_of(contact.organ) or contact.organ, station=station,
        title=_title(kind, filing), actor=actor, received=day, mode="single",
        submission=uuid5(contact.id, kind), data=_data(kind, filing), person=person, entity=filing.merchant.entity,
    )  # fmt: skip
    if Matter.objects.filter(pk=case.pk).exists():
        return case
    _describe(case, kind, contact, filing, day)
    if kind == Kind.REPORT:
        _seal_reporter(case, filing)
    if person:
        parties.involve(person, case_id=case.id, organ=case.organ, role=InvolvedAs.APPLICANT, actor=actor)
    if kind == Kind.COMPLAINT:
        _involve_others(case, filing, actor)
    return case


def _involve_others(case: Case, filing: Filing, actor: Actor) -> None:
    agents = [filing.agent] if filing.agent.is_known else []
    people = [(other, InvolvedAs.APPLICANT) for other in filing.others] + [
        (a, InvolvedAs.AGENT) for a in agents
    ]
    for who, role in people:
        person = parties.remember_person(
            name=who.name, phone=who.phone, address=who.address, id_number=who.id_number, actor=actor
        )
        parties.involve(person.id, case_id=case.id, organ=case.organ, role=role, actor=actor)


def _complainant(filing: Filing, actor: Actor) -> UUID:
    who = filing.sender
    found = parties.remember_person(
        name=who.name, phone=who.phone, address=who.address, id_number=who.id_number, actor=actor
    )
    return found.id


def _title(kind: Kind, filing: Filing) -> str:
    return (filing.merchant.name or f"{kind.label}：{filing.text.strip()}")[:60]


def _data(kind: Kind, filing: Filing) -> dict[str, Any]:
    """What the case page shows; nothing of a reporter, and of the complaint only what the report doesn't say."""
    shop = filing.merchant
    is_report = kind == Kind.REPORT
    return {
        "text": (filing.report_text or filing.text).strip() if is_report else filing.text.strip(),
        "merchant": {"name": shop.name, "address": shop.address, "phone": shop.phone},
        "platform_name": shop.platform_name,
        "shows_lawful_address": shop.shows_lawful_address,
        "reachable": shop.reachable,
        "sale_division": filing.sale_division,
        "representatives": [] if is_report else list(filing.representatives),
        "agent_powers": "" if is_report else filing.agent_powers.strip(),
        "bought": filing.bought.isoformat() if filing.bought else "",
    }


def _describe(case: Case, kind: Kind, contact: Contact, filing: Filing, day: date) -> None:
    complaint = kind == Kind.COMPLAINT
    Matter.objects.create(
        case=case, contact=contact, kind=kind, channel=contact.channel, received=day, entity=filing.merchant.entity,
        platform=filing.merchant.platform, object_class=filing.object_class, problem_class=filing.problem_class,
        sales_mode=filing.sales_mode, brand=filing.brand,
        urgency=list(filing.urgency), claims=_listed(filing.claims if complaint else ()),
        amount=filing.amount, may_publish=filing.may_publish, may_entrust=complaint and filing.may_entrust,
        phone_hash="" if kind == Kind.REPORT else party_queries.phone_hash(filing.sender.phone),
    )  # fmt: skip


def _listed(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _seal_reporter(case: Case, filing: Filing) -> None:
    """A station that took the report in may not read the seal afterwards, so the system writes it."""
    who = Sender() if filing.anonymous else filing.sender
    with system_scope("封存举报人信息"):
        Reporter.objects.create(
            case=case, is_anonymous=not who.name, name=who.name, phone=who.phone, address=who.address,
            id_number=who.id_number, phone_hash=party_queries.phone_hash(who.phone),
        )  # fmt: skip
