"""Along the line of command: down to a subordinate, or back up; never sideways (Order 121 art. 41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hongdun.audit import actions as audit
from hongdun.base import clock as wall
from hongdun.cases.actions.errors import Incomplete, NotAllowed
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.org.models import Organ
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

SIDEWAYS = (
    "{here}不能把案件转给{there}：收到分送的单位没有处理权限的，应当退回分送单位，不得自行移送"
    "（市场监督管理投诉举报处理办法第四十一条）。"
)
MOVE = "SELECT cases_route(%s, %s, %s)"


def route(case: Case, *, to: int, actor: Actor, reason: str) -> Case:
    """Move a case, its open tasks and its people one or more levels down or up; checked again in the database."""
    if not Organ.objects.on(wall.today()).filter(code=to).exists() or to == case.organ:
        raise Incomplete("请选择另一个现有的承办单位。", field="to")
    if not in_line(case.organ, to):
        names = {"here": org.organ(case.organ).name, "there": org.organ(to).name}
        raise NotAllowed(SIDEWAYS.format(**names))
    down = to in _codes(case.organ)
    audit.record(
        "case.routed_down" if down else "case.routed_back", actor=actor, subject=case.number, organ=case.organ,
        case_id=case.id, reason=reason, to=to,
    )  # fmt: skip
    outbox.publish("case.routed", organ=case.organ, number=case.number, to=to)
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [case.id, to, reason or ("分送" if down else "退回")])
    case.organ, case.station = to, to if organs.level(to) == organs.STATION else None
    return case


def in_line(here: int, there: int) -> bool:
    return there in _codes(here) or here in _codes(there)


def _codes(organ: int) -> range:
    lo, hi = organs.scope(organ)
    return range(lo, hi + 1)
