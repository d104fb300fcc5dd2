"""What the usual steps do in every registration: one-time notice, refusal, archive; and taking an application in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.documents import actions as documents
from hongdun.documents.errors import DocumentProblem
from hongdun.documents.notices import Item
from hongdun.law import queries as law
from hongdun.parties import actions as parties
from hongdun.register.actions import RegisterError
from hongdun.registration.actions import papers
from hongdun.registration.conflicts import actions as conflicts
from hongdun.registration.screening import actions as screening
from hongdun.registration.signing import queries as signing
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.cases.procedure import Procedure
    from hongdun.registration.allowable import Blocker
    from hongdun.registration.models import Draft

    Involved = Iterable[tuple[UUID, str]]


def open_filing(
    draft: Draft,
    procedure: Procedure,
    *,
    organ: int,
    title: str,
    data: dict[str, Any],
    files: set[UUID],
    involved: Involved,
    actor: Actor,
    station: int | None = None,
    entity: UUID | None = None,
    mode: str = "",
    clocked: bool = True,
) -> Case:
    """Turn a complete draft into a case, once; the applicant gets a receipt of what was handed in (细则 art. 18).

    `clocked`: whether the authority has to decide from now on, or something else comes first.
    """
    case = cases.open_case(
        procedure, organ=organ, station=station, title=title, submission=draft.id, actor=actor,
        person=draft.person, entity=entity, data=data | handed_in(draft) | {"signatures": signing.records(draft)}, mode=mode,
        received=draft.received,
    )  # fmt: skip
    if draft.sent:
        return case
    if not clocked:
        case.clock_due = None
        case.save(update_fields=["clock_due"])
    draft.case_number, draft.sent = case.number, clock.now()
    draft.save(update_fields=["case_number", "sent", "updated"])
    _tie(case, files=files, involved=involved, actor=actor)
    if not screening.waits(case):
        papers.receipt(case, actor=actor)
    return case


def refuse_blocked(blockers: Iterable[Blocker]) -> None:
    """What stands against a filing may have come up since its first page was filled in."""
    for blocker in blockers:
        raise cases.Incomplete(f"{blocker.text}（{blocker.article}）", field="entity")


def handed_in(draft: Draft) -> dict[str, Any]:
    """For whom an officer entered it, and why on a later day; nothing of what the applicant sent in person."""
    if draft.clerk is None:
        return {}
    return {"applicant": draft.applicant, "handed_in": {"clerk": str(draft.clerk), "late": draft.late}}


def take_in(case: Case, *, files: set[UUID], involved: Involved, actor: Actor) -> None:
    """Tie files and people to the case and confirm in writing; anew for what came with a mended application."""
    _tie(case, files=files, involved=involved, actor=actor)
    papers.receipt(case, actor=actor)


def replace(case: Case, decision: Decision, *, involved: Involved, actor: Actor) -> None:
    """A mended application takes the place of the first one; only what is new is tied to the case."""
    fresh = document_ids(decision.data) - document_ids(case.data)
    case.data = case.data | decision.data
    take_in(case, files=fresh, involved=involved, actor=actor)


def receive_again(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Where a mended application concerns nobody new."""
    replace(case, decision, involved=[], actor=actor)


def _tie(case: Case, *, files: set[UUID], involved: Involved, actor: Actor) -> None:
    documents.attach(files, actor=actor, case_id=case.id, organ=case.organ)
    for person, role in involved:
        parties.involve(person, case_id=case.id, organ=case.organ, role=role, actor=actor)
    conflicts.note_place(case)
    papers.signatures(case, actor=actor)


@contextmanager
def register_may_refuse() -> Iterator[None]:
    """What the register or the printer can't take is told the approver, and nothing is done."""
    try:
        yield
    except (RegisterError, DocumentProblem) as error:
        raise cases.Refused(str(error)) from error


def tell_defects(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Say everything that has to be mended, at once and in writing (条例 art. 19, 细则 art. 18)."""
    found = (
        f"你（单位）申请办理{case.title}的{case.procedure.label}（受理编号：{case.number}）。经审查，申请材料"
    )
    found += "不齐全或者不符合法定形式，现将需要补正的全部内容一次性告知如下："
    cases.tell(
        case, kind="one_time_notice", series="登补", title="一次性告知书", addressee=case.data["applicant"],
        paragraphs=[found],
        items=[Item(i["text"], i.get("article", "")) for i in decision.items],
        closing=("请补正后通过红盾网重新提交。重新提交后，登记机关将自收到之日起重新计算办理期限。",),
        actor=actor,
    )  # fmt: skip


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
