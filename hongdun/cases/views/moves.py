"""What officers do beside the steps: hand over, extend, recuse, transfer; each refused in words on the case page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hongdun.base.authorise import actor_of, requires
from hongdun.cases import actions as cases
from hongdun.cases.views.common import EXTEND, HAND_OVER, RECUSE, TRANSFER, not_found, visible
from hongdun.cases.views.record import case_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hongdun.cases.models import Case


@requires(HAND_OVER)
@require_POST
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    def move(case: Case) -> str:
        to = request.POST.get("to", "")
        if not to:
            raise cases.Refused("请选择接收人员，或选“退回本单位，不指定经办人”。")
        tasks = case.tasks.filter(done__isnull=True, step=request.POST.get("step", "")).values_list(
            "pk", flat=True
        )
        officer = None if to == "everybody" else _uuid(to)
        cases.hand_over(tasks, to=officer, actor=actor_of(request), reason=_reason(request))
        return "待办件已移交。"

    return _moved(request, number, move)


@requires(EXTEND)
@require_POST
def extend(request: HttpRequest, number: str) -> HttpResponse:
    def move(case: Case) -> str:
        cases.extend(case.number, actor=actor_of(request), reason=_reason(request))
        return "办理期限已延长，请书面告知申请人。"

    return _moved(request, number, move)


@requires(RECUSE)
@require_POST
def recuse(request: HttpRequest, number: str) -> HttpResponse:
    def move(case: Case) -> str:
        actor = actor_of(request)
        if actor.person is None:
            raise cases.NotAllowed("请先登录。")
        cases.recuse(case.number, actor=actor, officer=actor.person, reason=_reason(request))
        return "已登记回避，本案由其他人员办理。"

    return _moved(request, number, move)


@requires(TRANSFER)
@require_POST
def transfer(request: HttpRequest, number: str) -> HttpResponse:
    def move(case: Case) -> str:
        to = request.POST.get("to", "")
        if not to.isascii() or not to.isdigit():
            raise cases.Refused("请选择移入的登记机关。")
        cases.transfer(case.number, to=int(to), actor=actor_of(request), reason=_reason(request))
        return f"{case.number} 已移送。"

    response = _moved(request, number, move)
    # The case may now lie outside the range of who sent it away.
    gone = response.status_code == HTTPStatus.FOUND and visible(number) is None
    return redirect("/desk/work/") if gone else response


def _moved(request: HttpRequest, number: str, move: Callable[[Case], str]) -> HttpResponse:
    case = visible(number)
    if case is None:
        return not_found(request, number)
    try:
        with transaction.atomic():
            words = move(case)
    except cases.Refused as refused:
        return case_page(request, case, problem=str(refused))
    messages.success(request, words)
    return redirect(case)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:200]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise cases.Refused("没有这位接收人员，请重新选择。") from None
