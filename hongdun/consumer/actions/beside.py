"""What is done to a case beside its steps: urge, supervise, share, find a clue, reopen, ask for a reward."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Recusal
from hongdun.cases.procedure import latest
from hongdun.consumer.models import Kind, Matter, Urge
from hongdun.lib import organs
from hongdun.org import actions as org_actions
from hongdun.outbox import actions as outbox
from hongdun.parties import actions as parties
from hongdun.parties import queries as party_queries

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.org.models import CaseShare

VERBS = {"urge": "consumer.urged", "supervise": "consumer.supervised"}
SAMPLE = 10  # one in so many closed complaints is called back, and every reopened one


def urge(case: Case, *, words: str, actor: Actor) -> Urge:
    return _urge(case, "urge", words=words, due=None, actor=actor)


def supervise(case: Case, *, words: str, due: date | None, actor: Actor) -> Urge:
    """By an organ above the one that has the case, with a day by which to answer."""
    if actor.organ is None or actor.organ == case.organ or actor.organ not in organs.ancestors(case.organ):
        raise cases.NotAllowed("督办由上级机关提出；本单位的案件请直接办理或者催办。")
    if due is None or due < clock.today():
        raise cases.Incomplete("请填写今天或以后的回复期限。", field="due")
    return _urge(case, "supervise", words=words, due=due, actor=actor)


def _urge(case: Case, kind: str, *, words: str, due: date | None, actor: Actor) -> Urge:
    _must_be_open(case)
    if not words.strip():
        raise cases.Incomplete("请写明要求。", field="words")
    assert actor.person is not None
    row = Urge.objects.create(
        case=case, kind=kind, by=actor.person, by_name=actor.name, words=words.strip()[:500], due=due
    )
    audit.record(
        VERBS[kind], actor=actor, subject=case.number, organ=case.organ, case_id=case.id, reason=row.words
    )
    outbox.publish(VERBS[kind], organ=case.organ, number=case.number, due=str(due or ""))
    return row


def answer_urge(row: Urge, *, answer: str, actor: Actor) -> None:
    if not answer.strip():
        raise cases.Incomplete("请填写回复。", field="answer")
    row.answer, row.answered = answer.strip()[:500], clock.now()
    row.save(update_fields=["answer", "answered"])
    audit.record(
        "consumer.urge_answered", actor=actor, subject=row.case.number, organ=row.case.organ, case_id=row.case_id,
        reason=row.answer,
    )  # fmt: skip


def handle_jointly(case: Case, *, organ: int, reason: str, actor: Actor) -> CaseShare:
    """Let another organ see and help; who reported stays with the organ that has the case."""
    _must_be_open(case)
    if not actor.roles & {"head", "approver"}:
        raise cases.NotAllowed("联合办理须由负责人决定。")
    if not reason.strip() or organ == case.organ:
        raise cases.Incomplete("请选择另一个单位并写明理由。", field="organ")
    return org_actions.share_case(
        case_id=case.id, organ=organ, until=None, reason=reason.strip(), actor=actor
    )  # fmt: skip


def find_clue(case: Case, *, text: str, actor: Actor) -> Case:
    """A sign of a violation seen in mediation is verified on its own, in fifteen working days of today (art. 27)."""
    if not text.strip():
        raise cases.Incomplete("请写明发现的线索。", field="text")
    matter = Matter.objects.get(pk=case.pk)
    clue = cases.open_case(
        latest("consumer.report"), organ=organs.county_of(case.organ) or case.organ, title=case.title, actor=actor,
        submission=uuid5(case.id, f"clue:{text.strip()}"), mode="single", entity=case.entity,
        data=case.data | {"text": text.strip()},
    )  # fmt: skip
    _copy(matter, clue, kind=Kind.REPORT, channel="officer", phone_hash="", claims=[], amount=None)
    return _follows(clue, case)


def reopen(case: Case, *, reason: str, actor: Actor) -> Case:
    """A closed complaint is taken up again as a new file that knows the old one."""
    if not case.closed or case.procedure_code != "consumer.complaint":
        raise cases.Refused("只有已经办结的投诉可以重新办理。")
    if not reason.strip():
        raise cases.Incomplete("请写明重新办理的理由。", field="reason")
    if Case.objects.filter(parent=case, procedure_code=case.procedure_code, closed__isnull=True).exists():
        raise cases.Refused("这件投诉已经在重新办理。")
    again = cases.open_case(
        latest("consumer.complaint"), organ=organs.county_of(case.organ) or case.organ, title=case.title, actor=actor,
        submission=uuid7(), mode="single", entity=case.entity, person=case.person,
        data={key: case.data[key] for key in KEPT if key in case.data} | {"reopened": reason.strip()},
    )  # fmt: skip
    _copy(Matter.objects.get(pk=case.pk), again, recovered=None, result="", rating=None, rating_words="")
    for each in party_queries.involved_in(case.id):
        parties.involve(each.person_id, case_id=again.id, organ=again.organ, role=each.role, actor=actor)
    return _follows(again, case)


KEPT = (
    "text", "merchant", "platform_name", "shows_lawful_address", "reachable", "sale_division", "bought",
    "representatives", "agent_powers",
)  # fmt: skip


def call_back_if_drawn(case: Case, *, actor: Actor) -> Case | None:
    """One closed complaint in ten, and each that had been reopened, is asked about by somebody else (art. 26)."""
    if case.parent_id is None and case.id.int % SAMPLE:
        return None
    visit = cases.open_case(
        latest("consumer.revisit"), organ=organs.county_of(case.organ) or case.organ, title=case.title, actor=actor,
        submission=uuid5(case.id, "revisit"), mode="single", entity=case.entity, data={"of": case.number},
    )  # fmt: skip
    handled = case.tasks.filter(done_by__isnull=False).values_list("done_by", flat=True).distinct()
    for officer in {*handled, actor.person}:
        if officer is None:
            continue
        Recusal.objects.get_or_create(
            case=visit,
            officer=officer,
            defaults={"organ": visit.organ, "reason": "办理过该投诉，回访由他人进行"},
        )
    return _follows(visit, case)


def claim_reward(case: Case, *, words: str, actor: Actor) -> Case:
    """A reporter asks for the reward that a rule promises; decided by two officers, the name stays sealed."""
    matter = Matter.objects.get(pk=case.pk)
    if matter.kind != Kind.REPORT or matter.result != "opened":
        raise cases.Refused("举报经核查立案后，才能申请举报奖励。")
    if case.reporter.is_anonymous:
        raise cases.Refused("匿名举报没有留下身份，请举报人先补充身份信息。")
    reward = cases.open_case(
        latest("consumer.reward"), organ=organs.county_of(case.organ) or case.organ, title=case.title, actor=actor,
        submission=uuid5(case.id, "reward"), mode="pair", entity=case.entity, data={"of": case.number, "words": words.strip()},
    )  # fmt: skip
    return _follows(reward, case)


def _follows(case: Case, earlier: Case) -> Case:
    case.parent = earlier
    case.save(update_fields=["parent"])
    return case


def _copy(matter: Matter, case: Case, **changed: object) -> None:
    """The same matter under another case; made once however often it is asked for."""
    if Matter.objects.filter(pk=case.pk).exists():
        return
    matter.pk, matter._state.adding = case.pk, True  # noqa: SLF001 - Django's way of copying a row
    matter.received = case.received
    for name, value in changed.items():
        setattr(matter, name, value)
    matter.save(force_insert=True)


def _must_be_open(case: Case) -> None:
    if case.closed:
        raise cases.NotOpen("案件已经办结。")
