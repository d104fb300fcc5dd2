"""Without an account: how far a filing is, by receipt number and telephone; how long filings take at a bureau."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from hongdun.base.authorise import action, requires
from hongdun.base.client import address_of
from hongdun.base.scope import system_scope
from hongdun.law import queries as law
from hongdun.org import actions as org_actions
from hongdun.org import queries as org
from hongdun.registration import queries, times
from hongdun.registration.inquiry import Asked, Bureau

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.cases.models import Case

STATUS = action("registration.status", "凭受理编号查询办理进度", "*")
TIMES = action("registration.times", "查看登记办理用时", "*")
WRONG = "没有找到：请核对受理编号和申请时留的手机号。受理编号在接收申请材料凭证上。"


@requires(STATUS)
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    form = Asked(request.POST or None)
    if request.method == "POST" and form.is_valid() and (case := _proven(request, form)):
        return render(request, "registration/status_of.html", _progress(case))
    code = 422 if request.method == "POST" else 200
    return render(request, "registration/status.html", {"form": form}, status=code)


def _proven(request: HttpRequest, form: Asked) -> Case | None:
    """The case, if number and telephone belong together; guessing is counted like a log-in."""
    number, address = form.cleaned_data["number"], address_of(request)
    key = org_actions.account_key("filing", number)
    try:
        locking = org_actions.count_attempt(key, org_actions.address_key(address))
    except org_actions.SignInRefused as refused:
        form.add_error(None, str(refused))
        return None
    case = queries.filed_with(number, form.cleaned_data["phone"])
    if case is None:
        org_actions.record_failure(None, organ=None, address=address, step="filing", locking=locking)
        form.add_error(None, WRONG)
        return None
    org_actions.forget_attempts(key)
    return case


def _progress(case: Case) -> dict[str, Any]:
    with system_scope("查询办理进度"):
        return {
            "case": case, "state": queries.states([case])[0][1:], "progress": queries.progress(case),
            "entity": queries.registered(case), "usual": times.usual(case.organ, case.procedure_code),
        }  # fmt: skip


@requires(TIMES)
@require_GET
def choose_bureau(request: HttpRequest) -> HttpResponse:
    form = Bureau(request.GET if "organ" in request.GET else None)
    if form.is_bound and form.is_valid():
        return bureau_times(request, form.cleaned_data["organ"])
    return render(request, "registration/times.html", {"form": form})


@requires(TIMES)
@require_GET
def bureau_times(request: HttpRequest, organ: int) -> HttpResponse:
    if organ not in dict(Bureau.bureaus()):
        raise Http404("没有这个登记机关，请从“登记办理用时”选择。")
    context = {
        "bureau": org.organ(organ), "figures": times.of_bureau(organ), "fewest": times.FEWEST,
        "limit": law.rule("registration_decision"), "form": Bureau(initial={"organ": organ}),
    }  # fmt: skip
    return render(request, "registration/times.html", context)
