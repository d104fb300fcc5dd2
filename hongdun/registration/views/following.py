"""The applicant follows what was filed: how far it is, papers, mending, withdrawing, giving up a reserved name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.paging import page_of
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.documents import queries as documents
from hongdun.register import queries as register
from hongdun.registration import handovers, queries, times
from hongdun.registration.actions import drafts
from hongdun.registration.licence.models import Delivery
from hongdun.registration.name_reservation import actions as reservations
from hongdun.registration.screening import queries as screening
from hongdun.registration.screening.registry import FILINGS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FEW = 5
FOLLOW = action("registration.follow", "查看我的办件", "applicant")


@requires(FOLLOW)
def my(request: HttpRequest) -> HttpResponse:
    """An agent may have hundreds: both lists in pages, what was sent by words of its title or its number."""
    actor, q = actor_of(request), request.GET.get("q", "").strip()[:100]
    drafts, all_drafts = queries.open_drafts(actor), request.GET.get("list") == "drafts"
    rows, page = page_of(request, queries.own_cases(actor, q), "opened", newest_first=True)
    context: dict[str, Any] = {"q": q, "cases": queries.states(rows), "page": page}
    if all_drafts:
        shown, page = page_of(request, drafts, "updated", newest_first=True)
        context = {"drafts": queries.labelled(shown), "page": page, "all_drafts": True}
        return render(request, "registration/my.html", context)
    if not q and not request.GET.get("after"):
        context |= {"drafts": queries.labelled(drafts[:FEW]), "more_drafts": max(drafts.count() - FEW, 0)}
    return render(request, "registration/my.html", context)


@requires(FOLLOW)
def own_case(request: HttpRequest, number: str) -> HttpResponse:
    context = _case_context(request, number)
    return render(request, "registration/own_case.html", context | {"filed": queries.filed(context["case"])})


@requires(FOLLOW)
def done(request: HttpRequest, number: str) -> HttpResponse:
    context = _case_context(request, number)
    code = context["case"].procedure_code
    words = queries.part(code, "queries").PLAIN[FILINGS[code].decides] if code in FILINGS else ""
    return render(request, "registration/done.html", context | {"decided_words": words})


def _case_context(request: HttpRequest, number: str) -> dict[str, Any]:
    case = queries.own_case(actor_of(request), number)
    if case is None:
        raise Http404("没有找到这件申请。请核对受理编号，或到“我的办件”查看。")
    opened = [t.step for t in case_queries.open_tasks(case)]
    papers = [d for d in documents.of_case(case.id) if d.issued and d.kind not in documents.INTERNAL]
    return {
        "deciding": "rules" in opened or "print" in opened,
        "usual": times.usual(case.organ, case.procedure_code),
        "arrivals": handovers.arrivals(case),
        "case": case, "progress": queries.progress(case), "entity": queries.registered(case), "papers": papers,
        "may_mend": "supplement" in opened, "may_apply": "apply" in opened, "state": queries.states([case])[0][1:],
        "defects": case_queries.notices(case).filter(kind="one_time_notice").first(),
        "delivery": Delivery.objects.filter(case_id=case.id).first(),
        "may_choose_way": not (case.closed and case.outcome in {"refuse", "withdrawn"}) and queries.gives_licence(case),
        "reserved": register.reserved_for(case.id), "screening": screening.of(case),
        "may_withdraw": not case.closed and set(opened) <= case.procedure.withdrawable,
    }  # fmt: skip


@requires(FOLLOW)
@require_POST
def mend(request: HttpRequest, number: str) -> HttpResponse:
    case = _case_context(request, number)
    if not case["may_mend"]:
        messages.error(request, "这件申请现在不需要补正。")
        return redirect("own_case", number)
    return redirect("draft", drafts.mend(case["case"], actor=actor_of(request)).id)


@requires(FOLLOW)
@require_POST
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Give up a name that is kept for the applicant."""
    case = _case_context(request, number)["case"]
    if reservations.give_up(case, actor=actor_of(request)):
        messages.success(request, "已放弃保留的名称，其他人现在可以申报它。")
    else:
        messages.error(request, "这件申报没有正在保留的名称。")
    return redirect("own_case", number)


@requires(FOLLOW)
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    try:
        cases.withdraw(number, actor=actor_of(request))
        messages.success(request, "申请已撤回。")
    except cases.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("own_case", number)
