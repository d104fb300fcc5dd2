"""An officer is away for some days: a deputy with the same posts does the work, and it comes back by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection

from hongdun.audit import actions as audit
from hongdun.base.clock import now, today
from hongdun.org import queries
from hongdun.org.models import Absence, Officer, Role

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hongdun.base.actor import Actor


NAMING = 0x68644162  # advisory lock; the second key is the organ


class AbsenceRefused(Exception):
    """Why it can't be set so; `field` names the form field that mends it."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def set_absence(
    *, officer: UUID, deputy: UUID, first_day: date, last_day: date, reason: str, actor: Actor
) -> Absence:
    """One's own absence, or by the head anybody's at the organ; `reason` stands in the audit alone."""
    if actor.organ is None or (officer != actor.person and Role.HEAD not in actor.roles):
        raise PermissionDenied("只能登记自己不在岗；为他人登记须由本机关负责人办理。")
    _wait_for_turn(actor.organ)
    people = Officer.objects.in_bulk([officer, deputy])
    if officer == deputy or deputy not in people or officer not in people:
        raise AbsenceRefused("代理人应为本机关的另一名在岗人员，请重新选择。", field="deputy")
    _check_days(first_day, last_day)
    _check_deputy(people[officer], people[deputy], (first_day, last_day), organ=actor.organ)
    made = Absence.objects.create(
        officer_id=officer, deputy_id=deputy, organ_id=actor.organ, first_day=first_day, last_day=last_day
    )
    audit.record(
        "absence.set", actor=actor, subject=officer, organ=actor.organ, reason=reason, deputy=people[deputy].name,
        who=people[officer].name, first=first_day, last=last_day,
    )  # fmt: skip
    return made


def _wait_for_turn(organ: int) -> None:
    """One after the other at an organ: two officers who name each other at one moment would both be let through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NAMING, organ])


def _check_days(first: date, last: date) -> None:
    if first < today():
        raise AbsenceRefused("第一天不能早于今天：已经过去的日子不能再由他人代办。", field="first_day")
    if last < first:
        raise AbsenceRefused("最后一天不能早于第一天，请核对两个日期。", field="last_day")


def _check_deputy(officer: Officer, deputy: Officer, days: tuple[date, date], *, organ: int) -> None:
    """The same authority on the first and on the last day, and no chain: a deputy is there and nobody stands in twice."""
    needed = queries.roles_at(officer.pk, organ=organ, on=days[0])
    for day in days:
        if lacking := needed - queries.roles_at(deputy.pk, organ=organ, on=day):
            names = "、".join(sorted(str(Role(role).label) for role in lacking))
            words = f"{deputy.name} {day} 没有“{names}”岗位，不能代理{officer.name}。"
            raise AbsenceRefused(f"{words}请另选，或者先请系统管理员设立代理岗位。", field="deputy")
    overlapping = Absence.objects.between(*days).filter(organ=organ)
    if own := overlapping.filter(officer=officer).first():
        raise AbsenceRefused(f"{officer.name} {own}已经登记不在岗，请先结束那一段。", field="first_day")
    if away := overlapping.filter(officer=deputy).first():
        raise AbsenceRefused(f"{deputy.name} {away}自己也不在岗，请另选代理人。", field="deputy")
    if other := overlapping.filter(deputy=officer).select_related("officer").first():
        raise AbsenceRefused(
            f"{officer.name} {other}正代理{other.officer.name}，请先为{other.officer.name}另定代理人。",
            field="first_day",
        )


def end_absence(absence: UUID, *, actor: Actor) -> Absence:
    """Back before the last day: from now on the work is one's own again."""
    found = Absence.objects.select_for_update().get(pk=absence, organ=actor.organ, ended=None)
    if found.officer_id != actor.person and Role.HEAD not in actor.roles:
        raise PermissionDenied("只能结束自己的不在岗登记；他人的须由本机关负责人结束。")
    found.ended = now()
    found.save(update_fields=["ended"])
    audit.record(
        "absence.ended", actor=actor, subject=found.officer_id, organ=actor.organ, who=found.officer.name
    )
    return found
