"""A draft is saved topic by topic and sent once; nothing that was typed is lost in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.registration import queries
from hongdun.registration.models import Draft
from hongdun.registration.signing import queries as signing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case


def start(procedure_code: str, *, actor: Actor, uscc: str = "") -> Draft:
    """`uscc`: of the entity that it is about, where the applicant came from its page."""
    draft = Draft(person=queries.person_of(actor), procedure_code=procedure_code)
    first = queries.topics(procedure_code).get("entity")
    if uscc and first:
        given = QueryDict(mutable=True)
        given["uscc"] = uscc[:22]
        page = first({}, actor=actor, posted=given)
        if page.is_valid():
            draft.data["entity"] = page.save()
        else:  # kept as typed: the page says why once it is opened and saved
            draft.typed["entity"] = page.kept()
    draft.save()
    return draft


def enter(
    procedure_code: str, *, person: UUID, applicant: str, received: date, late: str, actor: Actor
) -> Draft:
    """An officer enters at the counter what an applicant handed in on paper (细则 art. 17)."""
    draft = Draft.objects.create(
        person=person, procedure_code=procedure_code, organ=actor.organ, clerk=actor.person, applicant=applicant,
        received=received, late=late, data={"received": received.isoformat()},
    )  # fmt: skip
    audit.record(
        "registration.handed_in",
        actor=actor,
        subject=draft.pk,
        organ=actor.organ,
        reason=late,
        received=received,
    )
    return draft


def mend(case: Case, *, actor: Actor) -> Draft:
    """A draft that starts from what the case says, to be sent again; the one that is open, if there is one."""
    topics = queries.topics(case.procedure_code, case.data)
    found, _ = Draft.objects.get_or_create(
        person=queries.person_of(actor), case_number=case.number, sent=None,
        defaults={
            "procedure_code": case.procedure_code,
            "data": {code: case.data[code] for code in topics if code in case.data} | {"mends": case.number},
        },
    )  # fmt: skip
    return found


def save_topic(draft: Draft, code: str, value: Any) -> None:
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    locked.data[code] = value
    locked.typed.pop(code, None)
    locked.save(update_fields=["data", "typed", "updated"])
    draft.data, draft.typed = locked.data, locked.typed  # what is asked next may follow from it


def keep_typed(draft: Draft, code: str, fields: dict[str, Any]) -> None:
    """Keep a topic as it was typed, right or not; nothing typed leaves nothing behind."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    locked.typed.pop(code, None)
    if fields:
        locked.typed[code] = fields
    locked.save(update_fields=["typed", "updated"])


def keep_files(draft: Draft, code: str, files: dict[str, Any]) -> None:
    """Keep files that came by themselves; those of other papers that came at the same time stay."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    locked.typed[code] = locked.typed.get(code, {}) | files
    locked.save(update_fields=["typed", "updated"])


def send(draft_id: UUID, *, actor: Actor) -> Case:
    """Send a complete draft, once, however often the button is pressed."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    part = queries.part(draft.procedure_code, "queries")
    for code, label in queries.unfinished(draft):
        how = "有改动还没有保存，请打开后保存" if code in draft.data else "还没有填写，请补充"
        raise cases.Incomplete(f"“{label}”{how}，然后再提交。", field=code)
    if draft.sent is None and (unsigned := signing.problem(draft, signing.places(draft))):
        raise cases.Refused(unsigned)
    if not draft.case_number:
        case: Case = queries.part(draft.procedure_code, "actions").submit(draft, actor=actor)
        return case
    if draft.sent is None:
        stored = part.stored(draft.data, applicant=actor.name) | {"signatures": signing.records(draft)}
        cases.finish_step(
            draft.case_number, "supplement", cases.Decision("resubmit", data=stored), actor=actor
        )
        draft.sent = clock.now()
        draft.save(update_fields=["sent", "updated"])
    found = queries.own_case(actor, draft.case_number)
    assert found is not None
    return found


def discard(draft: Draft) -> None:
    draft.delete()
