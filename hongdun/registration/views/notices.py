"""Public notices of the registration authorities, and objections to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.paging import page_of
from hongdun.cases import actions as cases
from hongdun.org import queries as org
from hongdun.registration import queries
from hongdun.registration.cancellation.forms import ObjectionForm
from hongdun.registration.cancellation.simple import actions as simple
from hongdun.registration.models import PublicNotice
from hongdun.registration.publicity import queries as publicity
from hongdun.registration.publicity.forms import NoticeSearch

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

READ = action("registration.read_notices", "看登记公示", "*")
OBJECT = action("registration.object", "对公示提出异议", "*")
APPLY = action("registration.apply_after_notice", "公示期满后申请注销", "applicant")
LONGEST = 100  # characters asked for


@requires(READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Of every kind, newest first; words, filters and page are in the address."""
    words, form = " ".join(request.GET.get("q", "").split())[:LONGEST], NoticeSearch(request.GET)
    found = publicity.find(form.asked(words))
    rows, page = page_of(request, found, "since", newest_first=True)
    total, more = publicity.count(found)
    page = replace(page, total=total, capped=more)
    context = {
        "notices": rows, "page": page if rows else None, "query": words, "form": form, "filtered": form.chosen,
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "registration/notices.html", context)


@requires(OBJECT)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice; whoever is concerned objects on the same page, without an account."""
    found = PublicNotice.objects.filter(pk=notice_id).first()
    if found is None:
        raise Http404("没有这条公示，请到“登记公示”查找。")
    form, problem = ObjectionForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                simple.object_to(found, **form.cleaned_data)
        except cases.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "已收到您的异议，简易注销程序已经终止。登记机关会与您联系。")
            return redirect("notice", notice_id)
    context = {
        "notice": found,
        "authority": org.organ(found.organ).name,
        "may_object": found.state == PublicNotice.State.OPEN and clock.today() <= found.until,
        "form": form,
        "problem": problem,
    }
    return render(
        request, "registration/notice.html", context, status=409 if problem else 422 if form.errors else 200
    )


@requires(APPLY)
@require_POST
def apply(request: HttpRequest, number: str) -> HttpResponse:
    if queries.own_case(actor_of(request), number) is None:
        raise Http404("没有找到这件申请。请核对受理编号，或到“我的办件”查看。")
    try:
        with transaction.atomic():
            cases.finish_step(number, "apply", cases.Decision("apply"), actor=actor_of(request))
    except cases.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已申请注销登记，登记机关将在 3 个工作日内作出决定。")
    return redirect("own_case", number)
