"""What the steps of a change do: everything is checked once more, the register changed, the licence replaced."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.law import queries as law
from hongdun.org import queries as org
from hongdun.outbox import actions as outbox
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration import allowable, jurisdiction, kinds
from hongdun.registration.actions import licences, outcomes
from hongdun.registration.change import handover, rules, terms
from hongdun.registration.change import queries as application
from hongdun.registration.establishment import nameforms
from hongdun.registration.queries import reservations
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import holders
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.lib.particulars import Particulars
    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming
    from hongdun.registration.models import Draft

    Json = Mapping[str, Any]


def submit(draft: Draft, *, actor: Actor) -> Case:
    from hongdun.cases.procedure import latest

    entity = whose.of(draft.data)
    if draft.sent is None:
        check(entity, draft.data, applicant=draft.person)
    station = (draft.data.get("station") or {}).get("station", entity.station)
    stored = application.stored(draft.data, applicant=actor.name)
    return effects.open_filing(
        draft, latest(draft.procedure_code), organ=organ_of(entity, draft.data), station=station, title=entity.name,
        data=stored | {"reservations": sorted(map(str, reservations(draft.person)))}, entity=entity.pk,
        files=document_ids(draft.data), involved=terms.involved(draft.data, applicant=draft.person), actor=actor,
    )  # fmt: skip


def organ_of(entity: Entity, data: Json) -> int:
    """Who decides: where the new domicile lies, else where the entity is registered (条例 art. 27)."""
    return int((data.get("domicile") or {}).get("organ", entity.organ))


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    """A mended application replaces the first one."""
    entity = whose.of(decision.data)
    check(entity, decision.data, applicant=case.person, besides=case.number)
    if organ_of(entity, decision.data) != case.organ:
        raise cases.Incomplete(
            f"这件申请由{org.organ(case.organ).name}办理，不能改换登记机关；要迁到别处的，请撤回后重新申请。",
            field="domicile",
        )
    involved = terms.involved(decision.data, applicant=case.person)
    effects.replace(case, decision, involved=involved, actor=actor)


def check(entity: Entity, data: Json, *, applicant: UUID | None, besides: str = "") -> None:
    """What one page said may no longer suit what another says, or what the register says today."""
    for page, problem in _problems(entity, data, applicant=applicant, besides=besides):
        raise cases.Incomplete(problem, field=page)


def _problems(
    entity: Entity, data: Json, *, applicant: UUID | None, besides: str
) -> Iterator[tuple[str, str]]:
    today, chosen = clock.today(), data["items"]["items"]
    for blocker in application.blockers(entity, on=today):
        yield "entity", f"{blocker.text}（{blocker.article}）"
    for problem in (
        *rules.in_the_way(entity, chosen, besides=besides),
        *rules.demanded(entity, chosen, on=today),
    ):
        yield "items", problem
    before = register_queries.latest(entity).particulars
    after = terms.wanted(before, data)
    if not terms.changes(before, data):
        yield "items", "申请的内容与登记簿现状相同，没有需要变更的事项，请核对。"
    yield from _form_of_name(before, after, "name" if "name" in data else "items")
    if after.type != before.type:
        yield from _authority(
            after.type, organ_of(entity, data), "domicile" if "domicile" in data else "type"
        )
    for problem in _holder_problems(entity, before, after, data):
        yield "shareholders" if "shareholders" in data else "type", problem
    yield from _name_problems(entity, data, applicant)


def _form_of_name(before: Particulars, after: Particulars, page: str) -> Iterator[tuple[str, str]]:
    """A company that changes its form shows it in its name (公司法 art. 7)."""
    if (after.name, after.type) == (before.name, before.type):
        return
    parent = {"name": after.parent.name, "country": after.parent.country} if after.parent else {}
    if problem := nameforms.problem(after.name, after.type, parent=parent):
        yield page, problem if page == "name" else f"{problem}名称与类型须一致，请一并勾选变更名称。"


def _authority(entity_type: str, organ: int, page: str) -> Iterator[tuple[str, str]]:
    """Another type may be another authority's to register (细则 art. 4)."""
    if problem := jurisdiction.problem(entity_type, organ, on=clock.today()):
        yield page, f"{problem}请一并勾选变更住所，改由该机关登记。" if page == "type" else problem


def _holder_problems(entity: Entity, before: Particulars, after: Particulars, data: Json) -> Iterator[str]:
    today = clock.today()
    if after.type != before.type or "shareholders" in data:
        rows = (data.get("shareholders") or {}).get("rows") or terms.rows_of(after)
        yield from holders.problems(kinds.holders_of(after.type), rows, on=today)
    if "shareholders" in data and after.capital:
        problem = rules.decrease_problem(entity, after.capital, on=today)
        yield from [problem] if problem else []


def _name_problems(entity: Entity, data: Json, applicant: UUID | None) -> Iterator[tuple[str, str]]:
    """The new name is free where it will be borne; the old one too, where it moves to another city."""
    organ = organ_of(entity, data)
    if "name" not in data and organ // register.CITY == entity.organ // register.CITY:
        return
    value = data.get("name") or {"name": entity.name}
    naming = terms.naming_of(entity, value, organ=organ, reserved=reservations(applicant))
    for finding in register_queries.conflicts(value["name"], naming).blocking:
        yield (
            "name" if "name" in data else "domicile",
            f"{finding.explanation}（{finding.article}），请换一个字号。",
        )


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:
    enter(case, actor=actor, decision=decision)
    give_papers(case, actor=actor, decision=decision)


def enter(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Enter what was asked for from today on."""
    with effects.register_may_refuse():
        entity = whose.of(case.data)
        left, printed = entity.organ, entity.licence_version
        with _across(entity, case, actor):
            before = register_queries.full(register_queries.latest(entity).version)
            decision.data["changes"] = terms.changes(before, case.data)  # kept with the case
            entity = register.change(
                entity=entity, particulars=terms.wanted(before, case.data), valid_from=clock.today(), case_id=case.id,
                actor=actor, naming=naming_of(entity, case), seat=_seat(entity, case),
            )  # fmt: skip
        case.title = entity.name
        decision.data["reissued"] = ["licence"] if entity.licence_version != printed else []
        branches = _tell_branches(entity, case) if before.name != entity.name else []
        decision.data["branches"] = [[name, last.isoformat()] for name, last in branches]
        if entity.organ != left:
            handover.ask_for_files(case, entity, left=left, actor=actor)


def _tell_branches(entity: Entity, case: Case) -> list[tuple[str, date]]:
    """Branches bear the whole name of their enterprise: each has to follow within 30 days (细则 art. 31)."""
    found, last = list(allowable.branches_of(entity)), law.due("change_branch", clock.today()).date
    for branch in found:
        outbox.publish(
            "registration.branch_change_due", organ=branch.organ, entity=branch.pk, uscc=branch.uscc, name=branch.name,
            parent=entity.name, change=case.number, until=last,
        )  # fmt: skip
    return [(branch.name, last) for branch in found]


def give_papers(case: Case, *, actor: Actor, decision: Decision) -> None:
    """The notice, and a new licence where the old one no longer says what is registered (条例 art. 28)."""
    kept = case.data | decision.data
    branches = [(name, date.fromisoformat(last)) for name, last in kept["branches"]]
    with effects.register_may_refuse():
        entity = whose.of(case.data)
        outcomes.changed(case, entity, kept["changes"], branches=branches, actor=actor)
        if kept["reissued"]:
            licences.issue_first(case, entity, actor=actor)


def naming_of(entity: Entity, case: Case) -> Naming:
    value = case.data.get("name") or {"name": entity.name}
    return terms.naming_of(entity, value, organ=case.organ, reserved=case.data.get("reservations", ()))


def _seat(entity: Entity, case: Case) -> register.Seat:
    if "domicile" not in case.data:
        return register.Seat(entity.organ, entity.station)
    return register.Seat(case.organ, case.station)


def _across(entity: Entity, case: Case, actor: Actor) -> AbstractContextManager[Any]:
    """The destination registers an entity whose rows still lie in the range of the one it leaves (条例 art. 27)."""
    if entity.organ == case.organ:
        return nullcontext()
    return system_scope(f"迁入登记 {case.number}（{actor.name}）")
