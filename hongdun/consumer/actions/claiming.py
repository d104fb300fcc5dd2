"""A reporter asks for the reward by number and telephone; who it is stays sealed with the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.consumer.actions import beside
from hongdun.consumer.models import Kind, Matter, Reporter

if TYPE_CHECKING:
    from django.db.models import QuerySet


def may_claim(case: Case) -> bool:
    """Found true and closed, by somebody who left a name, and not asked for yet."""
    with system_scope("举报人查看奖励"):
        is_true = Matter.objects.filter(pk=case.pk, kind=Kind.REPORT, result="opened").exists()
        is_named = Reporter.objects.filter(pk=case.pk, is_anonymous=False).exists()
        return bool(case.closed) and is_true and is_named and not _claims(case).exists()


def claim(case: Case, *, words: str) -> Case:
    """Pressed twice it is the same application."""
    with system_scope("举报人申请奖励") as actor:
        Case.objects.select_for_update().get(pk=case.pk)
        earlier = _claims(case).first()
        return earlier or beside.claim_reward(case, words=words, actor=actor)


def _claims(case: Case) -> QuerySet[Case]:
    return Case.objects.filter(parent=case, procedure_code="consumer.reward")
