"""Applications for new sheets: taken in, decided, and then waiting to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.cases.procedure import latest
from hongdun.registration import queries
from hongdun.registration.change import terms
from hongdun.registration.licence import application, delivering, holding
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.models import Draft

    Json = Mapping[str, Any]


def submit(draft: Draft, *, actor: Actor) -> Case:
    before = draft.sent
    case = open_case(draft, actor=actor)
    if before is None:
        _choose_delivery(case, actor=actor)
    return case


def open_case(draft: Draft, *, actor: Actor) -> Case:
    entity = whose.of(draft.data)
    if draft.sent is None:
        refuse_blocked(draft.procedure_code, entity)
    return effects.open_filing(
        draft, latest(draft.procedure_code), organ=entity.organ, station=entity.station, title=entity.name,
        data=application.stored(draft.data, applicant=draft.applicant or actor.name), entity=entity.pk,
        files=document_ids(draft.data), involved=terms.involved(draft.data, applicant=draft.person), actor=actor,
    )  # fmt: skip


def refuse_blocked(procedure_code: str, entity: Entity) -> None:
    effects.refuse_blocked(queries.part(procedure_code, "queries").blockers(entity, on=clock.today()))


def _choose_delivery(case: Case, *, actor: Actor) -> None:
    wanted = case.data["delivery"]
    person = UUID(wanted["person"]) if "person" in wanted else None
    delivering.choose(case, wanted={**wanted, "person": person}, actor=actor)


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    effects.receive_again(case, actor=actor, decision=decision)
    _choose_delivery(case, actor=actor)


def decide(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Which sheets are given is settled now; they are made when they are printed, of what is registered then."""
    entity = whose.of(case.data)
    places = _places(case, entity)
    decision.data["places"] = places
    cases.tell(
        case, kind="registered", series="登照", title="核发营业执照通知书", addressee=case.data["applicant"],
        paragraphs=[
            (f"你（单位）提交的{case.title}{case.procedure.label}申请（受理编号：{case.number}），申请材料齐全，符合法定形式，"
            f"我局决定核发：{application.places_words(places)}。"),
            "依据：《市场主体登记管理条例》第十九条、第二十二条、第三十七条。",
            "换领的，请在领取新执照时交回旧执照；已经声明作废的执照找到后，应当交回登记机关。",
        ],
        actor=actor,
    )  # fmt: skip
    delivering.due(case, entity, actor=actor)


def _places(case: Case, entity: Entity) -> list[tuple[str, int]]:
    value = case.data["sheets"]
    if "count" in value:
        return [("duplicate", number) for number in holding.next_duplicates(entity, value["count"])]
    known = holding.in_force(entity) if "worn" in value else holding.missing(entity)
    still = {holding.place(each) for each in known}
    wanted = [(each["copy"], each["no"]) for each in value["sheets"] if holding.place(each) in still]
    if not wanted:
        raise cases.Refused("申请的执照已经随其他登记换发，不用再核发。请退回申请人撤回本件。")
    return wanted
