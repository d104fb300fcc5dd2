"""What every page of a case needs: the case itself, if this officer may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404

from hongdun.audit import actions as audit
from hongdun.base import errors
from hongdun.base.authorise import action, actor_of
from hongdun.calls.models import Call
from hongdun.cases.models import Case, Recusal, Transfer
from hongdun.cases.queries import BESIDE
from hongdun.org.models import Organ

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

VIEW = action("case.view", "查看案件", "officer")
DECIDE = action("case.decide", "办理案件", "officer")
HAND_OVER = action("case.hand_over", "移交待办件", "officer")
EXTEND = action("case.extend", "延长办理期限", "head")
RECUSE = action("case.recuse", "登记回避", "officer")
LAY_DOWN = action("case.lay_down", "设定办理方式", "admin")
TRANSFER = action("case.transfer", "移送案件", "approver", "head")


def visible(number: str) -> Case | None:
    """The case with its tasks, and in the same breath what most cases have none of: nobody asks for it then."""
    known = {
        "organ_name": Subquery(Organ.objects.filter(code=OuterRef("organ")).values("name")),
        "station_name": Subquery(Organ.objects.filter(code=OuterRef("station")).values("short")),
        "recused": ArraySubquery(Recusal.objects.filter(case=OuterRef("pk")).values("officer")),
        "was_moved": Exists(Transfer.objects.filter(case=OuterRef("pk"))),
        "was_called": Exists(Call.objects.filter(case_id=OuterRef("pk"))),
    }
    found = Case.objects.filter(number=number).annotate(**known).select_related(*BESIDE)
    return found.prefetch_related("tasks").first()


def not_found(request: HttpRequest, number: str) -> HttpResponse:
    """Say no more than that it isn't there, and keep who asked: it may lie in another bureau's range.

    Returned, not raised: an exception would roll the audit row back with the request.
    """
    audit.record("case.not_found", actor=actor_of(request), subject=number[:60])
    words = f"没有找到案件 {number}，或它不在您的管辖范围内。请核对受理编号。"
    return errors.not_found(request, Http404(words))
