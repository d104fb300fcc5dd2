"""A merchant objects to what is published of a complaint; until an officer has decided, nobody sees it (办法 art. 39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import papers, publishing
from hongdun.consumer.publicity.models import Objection, Publication
from hongdun.consumer.queries import publicity
from hongdun.law import queries as law
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

PENDING, UPHELD = "objected", "wrong"  # lines of tables/publicity.csv
DAYS = "consumer_publicity_objection"


def object_to(case: Case, *, words: str, by: str) -> Objection:
    """Heard once, by the merchant's own page; where the rule of the day says so, publication waits for the answer."""
    if not words.strip():
        raise cases.Incomplete("请写明公示的内容哪里不对，有什么依据。", field="words")
    with system_scope("经营者提出公示异议") as actor:
        row = Publication.objects.select_for_update().filter(case=case).first()
        if row is None or not publicity.may_object(row):
            raise cases.Refused("这件投诉没有公示或者已经停止公示，不需要提出异议。")
        try:
            with transaction.atomic():
                made = Objection.objects.create(
                    publication=row, organ=row.organ, words=words.strip(), by=by.strip(),
                    due=law.due(DAYS, clock.today()).date,
                )  # fmt: skip
        except IntegrityError:
            raise cases.Refused("已经收到过您对这件投诉公示的异议，处理结果显示在本页。") from None
        audit.record(
            "consumer.objected", actor=actor, subject=case.number, organ=row.organ, case_id=case.id
        )  # fmt: skip
        if PENDING in publicity.codes(on=clock.today()):
            publishing.stop(row, ground=PENDING, verb="consumer.withheld", reason=made.words, actor=actor)
        outbox.publish("consumer.objected", organ=row.organ, number=case.number)
    return made


def decide(made: Objection, *, outcome: str, reason: str, actor: Actor) -> str:
    """Upheld, it stays unpublished; rejected, it is shown again unless an officer has stopped it on another ground."""
    publishing.must_decide(actor)
    if outcome not in {"upheld", "rejected"}:
        raise cases.Incomplete("请选择异议是否成立。", field="outcome")
    if not reason.strip():
        raise cases.Incomplete("请写明理由，经营者会看到。", field="reason")
    if made.decided:
        raise cases.Refused(f"这项异议已由{made.by_name}答复。")
    made.outcome, made.reason, made.decided, made.by_name = outcome, reason.strip(), clock.now(), actor.name
    made.save(update_fields=["outcome", "reason", "decided", "by_name"])
    row = made.publication
    if outcome == "upheld":
        publishing.stop(row, ground=UPHELD, verb="consumer.withheld", reason=reason, actor=actor)
    elif row.ground == PENDING:
        publishing.stop(row, ground="", verb="consumer.shown_again", reason=reason, actor=actor)
    _tell_merchant(made, actor=actor)
    return f"已答复：{made.get_outcome_display()}。"


def _tell_merchant(made: Objection, *, actor: Actor) -> None:
    case = made.publication.case
    what = "异议成立，该投诉不再公示" if made.outcome == "upheld" else "异议不成立，该投诉依法公示"
    papers.to_merchant(
        case, kind="objection_decided", title="投诉公示异议处理告知书", actor=actor,
        paragraphs=(
            (f"你单位对投诉（编号：{case.number}）公示信息提出的异议收悉。经核查，{what}。"
            f"理由：{made.reason.rstrip('。')}。"),
        ),
    )  # fmt: skip
