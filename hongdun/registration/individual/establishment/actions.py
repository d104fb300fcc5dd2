"""What the steps of a shop's establishment do, whether it came by phone or from the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.lib import organs
from hongdun.parties import actions as parties
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.register.models import Entity
from hongdun.registration.actions import licences, papers
from hongdun.registration.individual import terms
from hongdun.registration.individual.establishment import queries as application
from hongdun.registration.individual.steps import MODE, in_the_bureaus_name
from hongdun.registration.queries import noted_reservations, reservations
from hongdun.registration.steps import effects
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    from hongdun.registration.individual.establishment.procedure import ESTABLISHMENT

    station = draft.data["domicile"]["station"]
    if draft.sent is None:
        _check(draft.data, applicant=draft.person)
    return effects.open_filing(
        draft, ESTABLISHMENT, organ=station, station=station, title=terms.shown_name(draft.data),
        data=application.stored(draft.data, applicant=actor.name) | noted_reservations(draft.person),
        files=document_ids(draft.data), involved=terms.involved(draft.data, applicant=draft.person), actor=actor,
        mode=MODE,
    )  # fmt: skip


def take_in(
    data: dict[str, Any], *, submission: UUID, received: date, actor: Actor, parent: Case | None = None
) -> Case:
    """An officer fills in for the person at the counter; sent twice, it is one case (细则 art. 17)."""
    from hongdun.registration.individual.establishment.procedure import ESTABLISHMENT

    if (
        parent is None
    ):  # else the name is the parent's until that is cancelled, just before this is registered
        _check(data, applicant=None)
    station = data["domicile"]["station"]
    case = cases.open_case(
        ESTABLISHMENT, organ=station, station=station, title=terms.shown_name(data), submission=submission, actor=actor,
        person=UUID(data["operator"]["person"]), received=received,
        data=data | {"applicant": data["operator"]["name"]}, mode=MODE,
    )  # fmt: skip
    if parent is not None:
        case.parent = parent
        case.save(update_fields=["parent"])
    for person, role in terms.involved(data, applicant=case.person):
        parties.involve(person, case_id=case.id, organ=case.organ, role=role, actor=actor)
    return case


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    """A mended application replaces the first one; what was sent before stays in the archive of the case."""
    _check(decision.data, applicant=case.person)
    case.title = terms.shown_name(decision.data)
    effects.replace(
        case, decision, involved=terms.involved(decision.data, applicant=case.person), actor=actor
    )
    case.data |= noted_reservations(case.person)


def _check(data: Mapping[str, Any], *, applicant: UUID | None) -> None:
    """The name was free when its page was filled in; the town belongs to the county that was chosen."""
    place = data["domicile"]
    if organs.county_of(place["station"]) != place["organ"]:
        raise cases.Incomplete("乡镇、街道不在所选的县（市、区），请重新选择。", field="domicile")
    if not data["name"]["name"]:
        return
    found = register_queries.conflicts(
        data["name"]["name"], terms.naming(data, reserved=reservations(applicant))
    )
    for finding in found.blocking[:1]:
        raise cases.Incomplete(
            f"{finding.explanation}（{finding.article}），请换一个字号，或者不使用名称。", field="name"
        )


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:
    enter(case, actor=actor, decision=decision)
    give_papers(case, actor=actor, decision=decision)


def enter(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Enter the shop under its county bureau; it exists from the day of its licence (条例 art. 21)."""
    today = clock.today()
    with effects.register_may_refuse(), in_the_bureaus_name(actor):
        entity = register.establish(
            particulars=terms.particulars(case.data),
            organ=organs.county_of(case.organ) or case.organ,
            station=case.station,
            on=today,
            case_id=case.id,
            actor=actor,
            naming=terms.naming(case.data, reserved=case.data.get("reservations", ())),
        )
        case.entity = entity.id


def give_papers(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """The licence, which names the county bureau, and the notice of registration."""
    assert case.entity
    with effects.register_may_refuse(), in_the_bureaus_name(actor):
        entity = Entity.objects.get(pk=case.entity)
        licences.issue_first(case, entity, actor=actor)
        papers.registered(case, entity, actor=actor)
