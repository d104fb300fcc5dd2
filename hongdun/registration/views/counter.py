"""At the counter: an officer fills in for the person who stands there, has it signed, registers, prints the licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.ids import uuid7
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.cases.models import Case
from hongdun.documents import queries as documents
from hongdun.registration import queries
from hongdun.registration.individual import counter
from hongdun.registration.individual.application import print_application
from hongdun.registration.individual.establishment import actions as establishment

if TYPE_CHECKING:
    from django.http import HttpRequest

TAKE_IN = action("registration.take_in", "窗口代填申请", "station", "clerk")
PRINTED = ("licence_original", "licence_duplicate", "registered", "cancelled")


@requires(TAKE_IN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The sheet of a new shop; `submission` makes a second press of the button harmless."""
    actor = actor_of(request)
    if request.method == "GET":
        return _page(request, counter.Sheet(actor=actor))
    sheet = counter.Sheet(request.POST, actor=actor)
    if sheet.rearrange() or not sheet.is_right():
        return _page(request, sheet, status=422)
    try:
        with transaction.atomic():
            case = establishment.take_in(
                sheet.data(), submission=_submission(request), received=sheet.receipt.cleaned_data["received"],
                actor=actor,
            )  # fmt: skip
    except cases.Refused as refused:
        sheet.name.add_error("name" if getattr(refused, "field", "") == "name" else None, str(refused))
        return _page(request, sheet, status=409)
    return redirect("counter_case", case.number)


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


def _page(request: HttpRequest, sheet: counter.Sheet, *, status: int = 200) -> HttpResponse:
    context = {"sheet": sheet, "submission": request.POST.get("submission") or uuid7()}
    return render(request, "registration/counter_new.html", context, status=status)


@requires(TAKE_IN)
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """What was taken in, to be signed; once registered, what is to be printed."""
    return render(request, "registration/counter_case.html", _context(request, _case(number)))


def _case(number: str) -> Case:
    found = Case.objects.filter(number=number, data__has_key="counter").first()
    if found is None:
        raise Http404(f"没有找到窗口收件 {number}，或者它不在您的管辖范围内。请核对受理编号。")
    return found


def _context(request: HttpRequest, found: Case) -> dict[str, Any]:
    task = case_queries.open_tasks(found).filter(step="decide").select_related("case").first()
    papers = [d for d in documents.of_case(found.id) if d.kind in PRINTED]
    return {
        "case": found,
        "answers": queries.part(found.procedure_code, "queries").facts(found)["answers"],
        "task": task,
        "why_not": case_queries.why_not(actor_of(request), task, found) if task else "",
        "papers": sorted(papers, key=lambda each: PRINTED.index(each.kind)),
        "entity": queries.registered(found),
    }


@requires(TAKE_IN)
@require_POST
def register(request: HttpRequest, number: str) -> HttpResponse:
    """The application is signed: register on the spot (条例 art. 19)."""
    found = _case(number)
    if "signed" not in request.POST:
        problem = "请先打印申请书，请申请人核对、签字后勾选。"
    else:
        try:
            with transaction.atomic():
                cases.finish_step(number, "decide", cases.Decision("register"), actor=actor_of(request))
        except cases.Refused as refused:
            problem = str(refused)
        else:
            return redirect("counter_case", number)
    context = _context(request, found) | {"problem": problem}
    return render(request, "registration/counter_case.html", context, status=409)


@requires(TAKE_IN)
@require_safe
def application(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The application as filled in, to be printed and signed; the identity number stands there in full."""
    found = _case(number)
    pdf = print_application(found, actor=actor_of(request))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "no-store"
    return response
