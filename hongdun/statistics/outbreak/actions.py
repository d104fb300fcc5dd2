"""An alarm becomes work of the lowest bureau above all its complaints, with a consumer warning drafted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.cases.procedure import latest
from hongdun.consumer.actions import beside
from hongdun.lib.outbreaks import QUIET
from hongdun.outbox import actions as outbox
from hongdun.statistics.outbreak import detecting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.statistics.outbreak.detecting import Found

CODE = "statistics.outbreak"
DISMISSED = "dismiss"
_KEYS = UUID("0193a2f0-6c1e-7a55-9d3e-5b8f7c2d1e40")


def watch(*, actor: Actor) -> list[Case]:
    """Look at today and open a case for each stream that none was opened for in the quiet days.

    A stream that is high because of others with a case of their own gets none: a chain of gyms that closes shows as an
    entity, as a brand, as a class and in its county.
    """
    opened: list[Case] = []
    with_case = _behind_recent()
    for found in detecting.look(clock.today()):
        if not _known(found) and not detecting.explained(found, with_case):
            opened.append(raise_alarm(found, actor=actor))
            with_case.update(found.cases)
    return opened


def raise_alarm(found: Found, *, actor: Actor) -> Case:
    alarm = found.alarm
    return cases.open_case(
        latest(CODE), organ=found.organ, title=f"投诉热点：{found.label}"[:60], actor=actor, mode="single",
        submission=uuid5(_KEYS, f"{found.dimension}/{found.stream}/{alarm.day}"),
        entity=UUID(found.stream) if found.dimension == "entity" else None, data=_data(found),
    )  # fmt: skip


def draft_warning(case: Case, **_: object) -> None:
    """The library keeps the draft: it is edited, checked by another officer and issued there."""
    outbox.publish(
        "statistics.consumer_warning", organ=case.organ, number=case.number,
        title=f"关于“{case.data['label']}”的消费警示"[:100], text=case.data["draft"],
    )  # fmt: skip


def supervise(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Every open complaint behind the alarm that lies below this bureau is answered for within the days given."""
    due = decision.data.get("due")
    day = date.fromisoformat(due) if isinstance(due, str) else due
    behind = Case.objects.filter(pk__in=case.data["cases"], closed=None).exclude(organ=case.organ)
    open_below = list(behind.order_by("number"))
    if not open_below:
        raise cases.Refused(
            "涉及的投诉举报都已办结，或者由本单位办理，没有可以督办的案件；请选择其他处理结果。"
        )
    for each in open_below:
        beside.supervise(each, words=f"{case.title}：{decision.opinion}", due=day, actor=actor)


def supervise_and_warn(case: Case, *, actor: Actor, decision: Decision) -> None:
    supervise(case, actor=actor, decision=decision)
    draft_warning(case)


def _known(found: Found) -> bool:
    return _recent().filter(data__dimension=found.dimension, data__stream=found.stream).exists()


def _behind_recent() -> set[UUID]:
    """The complaints behind the alarms of the quiet days, those that were dismissed left out."""
    real = _recent().exclude(outcome=DISMISSED)
    return {UUID(case) for cases in real.values_list("data__cases", flat=True) for case in cases}


def _recent() -> QuerySet[Case]:
    since = clock.today() - timedelta(days=QUIET)
    return Case.objects.filter(procedure_code=CODE, received__gte=since)


def _data(found: Found) -> dict[str, Any]:
    alarm = found.alarm
    return {
        "dimension": found.dimension,
        "stream": found.stream,
        "label": found.label,
        "day": alarm.day.isoformat(),
        "days": alarm.days,
        "observed": alarm.observed,
        "expected": round(alarm.expected, 1),
        "probability": alarm.probability,
        "cases": [str(case) for case in found.cases],
        "draft": draft(found),
    }


def draft(found: Found) -> str:
    """Nobody is accused: it says what was complained of, and what to do."""
    return (
        f"近期，12315 收到的关于“{found.label}”的投诉举报明显增多（{found.alarm.days} 天内 {found.alarm.observed} 件），"
        "有关情况正在核实。提醒广大消费者：消费前核对经营者的证照和信誉，预付款不宜过多，保存合同、票据和聊天记录；"
        "权益受到损害的，请拨打 12315 或者登录全国 12315 平台投诉。"
    )
