"""Closed complaints become public by themselves; an officer may stop it on a ground, and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.consumer.models import Matter
from hongdun.consumer.publicity.models import Publication
from hongdun.consumer.queries import publicity
from hongdun.lib import organs

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

DECIDES = frozenset({"approver", "head"})


def publish(case: Case, *, actor: Actor) -> Publication | None:
    """Put a complaint that is being closed on the list for publication, unless a rule excepts it."""
    matter, today = Matter.objects.get(pk=case.pk), clock.today()
    days = publicity.period(today)
    if days is None or matter.entity is None or publicity.exception(matter, on=today):
        return None
    organ = organs.county_of(case.organ) or case.organ
    row, is_new = Publication.objects.get_or_create(
        case=case,
        defaults={
            "entity": matter.entity, "organ": organ, "object_class": matter.object_class,
            "problem_class": matter.problem_class, "result": matter.result, "closed": today,
            "shown_from": days[0], "shown_until": days[1],
        },
    )  # fmt: skip
    if is_new:
        audit.record(
            "consumer.published", actor=actor, subject=case.number, organ=organ, case_id=case.id, on=str(days[0])
        )  # fmt: skip
    return row


def withhold(row: Publication, *, ground: str, reason: str, actor: Actor) -> str:
    """Before its day or after it; the reason stays in the file, the public sees nothing more. Says what was done."""
    must_decide(actor)
    if ground not in dict(publicity.found_by_officers(on=clock.today())):
        raise cases.Incomplete("请选择不予公示的情形。", field="ground")
    if not reason.strip():
        raise cases.Incomplete("请写明理由。", field="reason")
    if row.withdrawn:
        raise cases.Refused("这件投诉已经停止公示；经营者的异议请在“答复公示异议”中处理。")
    stop(row, ground=ground, verb="consumer.withheld", reason=reason, actor=actor)
    return "这件投诉不再公示。"


def show_again(row: Publication, *, reason: str, actor: Actor) -> str:
    must_decide(actor)
    if not reason.strip():
        raise cases.Incomplete("请写明理由。", field="reason")
    if not row.withdrawn:
        raise cases.Refused("这件投诉没有停止公示。")
    stop(row, ground="", verb="consumer.shown_again", reason=reason, actor=actor)
    return "这件投诉恢复公示。"


def stop(row: Publication, *, ground: str, verb: str, reason: str, actor: Actor) -> None:
    """On a ground; without one it goes on."""
    at = clock.now()
    row.ground, row.withdrawn, row.changed = ground, at if ground else None, at
    row.save(update_fields=["ground", "withdrawn", "changed"])
    audit.record(
        verb, actor=actor, subject=row.case.number, organ=row.organ, case_id=row.case_id, reason=reason.strip(),
        ground=publicity.ground(ground)["label"] if ground else "",
    )  # fmt: skip


def must_decide(actor: Actor) -> None:
    if not actor.roles & DECIDES:
        raise cases.NotAllowed("是否公示由核准人或者所长决定。")
