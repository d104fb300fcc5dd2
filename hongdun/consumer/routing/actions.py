"""Where a case goes: down to who has the power, back to who passed it on, up to the common superior (art. 33, 41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.cases import actions as cases
from hongdun.cases.models import Transfer
from hongdun.consumer.actions import papers
from hongdun.lib import organs
from hongdun.org import queries as org

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case


def down(_case: Case, *, decision: Decision) -> int:
    """To the subordinate that was chosen."""
    to = decision.data.get("route_to")
    if not to:
        raise cases.Incomplete("请选择承办单位。", field="route_to")
    return int(to)


def back(case: Case, **_: object) -> int:
    """To whoever passed the case on to this organ (art. 41); the organ above where nobody did."""
    found = Transfer.objects.filter(case=case, target=case.organ).order_by("-at").first()
    above = organs.parent(case.organ)
    if found is None and above is None:
        raise cases.Refused("自治区局没有上级单位可以退回，请分送有处理权限的下级机关。")
    return found.source if found else int(above or 0)


def up(case: Case, **_: object) -> int:
    """To the common superior of those who dispute (art. 33)."""
    above = organs.parent(case.organ)
    if above is None:
        raise cases.Refused("自治区局没有共同的上级机关可以报请，请直接指定处理机关。")
    return above


def give_dispatch_notice(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Form 3 goes with what a province or city passes down."""
    if organs.level(case.organ) <= organs.CITY and decision.data.get("route_to"):
        target = org.organ(int(decision.data["route_to"]))
        papers.dispatch_notice(case, to=target, report_by=decision.data.get("report_by"), actor=actor)


def assign(case: Case, *, actor: Actor, decision: Decision) -> None:
    """The head names who leads and who assists; both must serve here, and are not the same person."""
    lead, assistant = decision.data.get("lead"), decision.data.get("assistant")
    if not lead:
        raise cases.Incomplete("请指定主办人。", field="lead")
    if lead == assistant:
        raise cases.Incomplete("协办人应为另一名工作人员。", field="assistant")
    known = {str(post.officer_id) for post in org.holders(organ=actor.organ or case.organ, roles={"station"})}
    if {lead, *([assistant] if assistant else [])} - known:
        raise cases.Incomplete("所选人员今天在本单位没有承办岗位，请重新选择。", field="lead")
