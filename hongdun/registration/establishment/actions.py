"""What the steps of an establishment do: receipt, one-time notice, entry in the register, licence, archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.documents import actions as documents
from hongdun.documents.errors import DocumentProblem
from hongdun.documents.notices import Item
from hongdun.law import queries as law
from hongdun.parties import actions as parties
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.register.actions import RegisterError
from hongdun.registration.actions import licences, papers
from hongdun.registration.establishment import queries as application
from hongdun.registration.queries import reservations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft


def submit(draft: Draft, *, actor: Actor) -> Case:
    """Turn a complete draft into a case, once; the applicant gets a receipt of what was handed in (细则 art. 18)."""
    from hongdun.registration.establishment.procedure import ESTABLISHMENT

    if draft.sent is None:
        _check_name(draft.data, draft.person)
    case = cases.open_case(
        ESTABLISHMENT, organ=draft.data["domicile"]["organ"], station=draft.data["station"]["station"],
        title=draft.data["name"]["name"], submission=draft.id, actor=actor, person=draft.person,
        data=application.stored(draft.data, applicant=actor.name) | _reserved(draft.person),
    )  # fmt: skip
    if draft.sent:
        return case
    draft.case_number, draft.sent = case.number, clock.now()
    draft.save(update_fields=["case_number", "sent", "updated"])
    documents.attach(application.document_ids(draft.data), actor=actor, case_id=case.id, organ=case.organ)
    _involve(case, actor)
    papers.receipt(case, actor=actor)
    return case


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    """A mended application replaces the first one; what was sent before stays in the archive of the case."""
    _check_name(decision.data, case.person)
    fresh = application.document_ids(decision.data) - application.document_ids(case.data)
    documents.attach(fresh, actor=actor, case_id=case.id, organ=case.organ)
    case.title = decision.data["name"]["name"]
    case.data = case.data | decision.data | _reserved(case.person)
    _involve(case, actor)
    papers.receipt(case, actor=actor)


def _check_name(data: Mapping[str, Any], applicant: UUID | None) -> None:
    """The name was free when its page was filled in, weeks ago perhaps; it is held only when it is entered."""
    found = register_queries.conflicts(
        data["name"]["name"], application.naming(data, reserved=reservations(applicant))
    )
    if found.blocking:
        first = found.blocking[0]
        raise cases.Incomplete(f"{first.explanation}（{first.article}），请换一个字号。", field="name")


def _reserved(applicant: UUID | None) -> dict[str, Any]:
    """The officer who enters the name may not see the cases by which it was reserved."""
    return {"reservations": sorted(map(str, reservations(applicant)))}


def _involve(case: Case, actor: Actor) -> None:
    for person, role in application.people(case.data, applicant=case.person):
        parties.involve(person, case_id=case.id, organ=case.organ, role=role, actor=actor)


def tell_defects(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Say everything that has to be mended, at once and in writing (条例 art. 19, 细则 art. 18)."""
    found = (
        f"你（单位）申请办理{case.title}{case.procedure.label}（受理编号：{case.number}）。经审查，申请材料"
    )
    found += "不齐全或者不符合法定形式，现将需要补正的全部内容一次性告知如下："
    cases.tell(
        case, kind="one_time_notice", series="登补", title="一次性告知书", addressee=case.data["applicant"],
        paragraphs=[found],
        items=[Item(i["text"], i.get("article", "")) for i in decision.items],
        closing=("请补正后通过红盾网重新提交。重新提交后，登记机关将自收到之日起重新计算办理期限。",),
        actor=actor,
    )  # fmt: skip


def enter_in_register(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Enter the company; its licence is dated and it exists from this day on (条例 art. 21)."""
    today = clock.today()
    particulars = application.particulars(case.data, established=today)
    try:
        entity = register.establish(
            particulars=particulars,
            organ=case.organ,
            station=case.station,
            on=today,
            case_id=case.id,
            actor=actor,
            naming=application.naming(case.data, reserved=case.data.get("reservations", ())),
        )
        case.entity = entity.id
        licences.issue_first(case, entity, actor=actor)
        papers.registered(case, entity, actor=actor)
    except (RegisterError, DocumentProblem) as error:
        raise cases.Refused(str(error)) from error


def refuse(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Refuse with the articles and the ways to contest it (条例 art. 20, 行政复议法 art. 20, 行政诉讼法 art. 46)."""
    cited = [
        g for g in law.grounds(case.procedure.law, case.received, kind="refuse") if g.code in decision.grounds
    ]
    papers.refused(case, cited, opinion=_facts_found(case) or decision.opinion, actor=actor)


def _facts_found(case: Case) -> str:
    """What the examiner found; the approver's word is about the proposal, not about the application."""
    proposal = case.tasks.filter(step="examine", outcome="propose_refusal").order_by("-done").first()
    return proposal.opinion if proposal else ""


def archive_at_once(case: Case) -> tuple[str, list[str]]:
    return "archive", [f"{case.procedure.label}已办结，材料齐全，自动归档（细则第五十九条）"]


def archive(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    """Bind everything of the case into one file with an index (细则 art. 59)."""
    papers.bind(case, actor=actor)
