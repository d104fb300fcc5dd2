"""At the counter: an officer fills in for the person who stands there, has it signed, registers, prints the licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.forms import error_items
from hongdun.base.ids import uuid7
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.cases.models import Case
from hongdun.documents import queries as documents
from hongdun.lib import uscc as codes
from hongdun.register import queries as register_queries
from hongdun.registration import allowable, queries
from hongdun.registration.individual.application import print_application
from hongdun.registration.individual.counter_changes import SHEETS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity
    from hongdun.registration.individual.counter import Sheet

TAKE_IN = action("registration.take_in", "窗口代填申请", "station", "clerk")
PRINTED = ("licence_original", "licence_duplicate", "registered", "cancelled", "pushed", "refused")


@requires(TAKE_IN)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """One sheet on one page; `submission` makes a second press of the button harmless."""
    if kind not in SHEETS:
        raise Http404("没有这种窗口业务，请从“窗口”重新选择。")
    posted = request.POST if request.method == "POST" else None
    filled = SHEETS[kind](posted, actor=actor_of(request), entity=None if kind == "new" else _entity(request))
    if posted is None:
        return _page(request, filled)
    if filled.rearrange():
        return _page(request, filled)
    if not filled.is_right():
        return _page(request, filled, status=422)
    try:
        with transaction.atomic():
            taken = filled.take_in(_submission(request))
    except cases.Refused as refused:
        return _page(request, filled, problem=str(refused), status=409)
    return redirect("counter_case", taken.number)


def _entity(request: HttpRequest) -> Entity:
    """The shop that a sheet is about, in the range of this officer's bureau."""
    code = codes.normalise(request.GET.get("uscc", ""))
    found = register_queries.current(code) if codes.is_possible(code) else None
    if found is None or found.kind != "individual":
        raise Http404(f"登记簿没有统一社会信用代码为 {code or '（空）'} 的个体工商户，请核对。")
    if not allowable.concerns(found, actor_of(request)):
        raise PermissionDenied(f"“{found.name}”不由本所承办，请到它的登记机关办理。")
    return found


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


def _page(request: HttpRequest, filled: Sheet, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "sheet": filled,
        "submission": request.POST.get("submission") or uuid7(),
        "problem": problem,
        "errors": error_items(*filled.shown),
        "kinds": [(code, each.title) for code, each in SHEETS.items() if code != "new"],
    }
    return render(request, "registration/counter_sheet.html", context, status=status)


@requires(TAKE_IN)
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """What was taken in, to be signed; once registered, what is to be printed."""
    return render(request, "registration/counter_case.html", _context(request, _case(number)))


def _case(number: str) -> Case:
    found = Case.objects.select_related("parent").filter(number=number, data__has_key="counter").first()
    if found is None:
        raise Http404(f"没有找到窗口收件 {number}，或者它不在您的管辖范围内。请核对受理编号。")
    return found


def _context(request: HttpRequest, found: Case) -> dict[str, Any]:
    task = case_queries.open_tasks(found).filter(step="decide").select_related("case").first()
    part = queries.part(found.procedure_code, "queries")
    papers = [d for d in documents.of_case(found.id) if d.kind in PRINTED]
    return {
        "case": found,
        "answers": part.facts(found)["answers"],
        "task": task,
        "why_not": case_queries.why_not(actor_of(request), task, found) if task else "",
        "papers": sorted(papers, key=lambda each: PRINTED.index(each.kind)),
        "entity": queries.registered(found),
        "decision": found.procedure.steps["decide"].outcomes["register"].label,
        "state": queries.states([found])[0][1],
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
                _decide(found, actor=actor_of(request))
        except cases.Refused as refused:
            problem = str(refused)
        else:
            return redirect("counter_case", number)
    context = _context(request, found) | {"problem": problem}
    return render(request, "registration/counter_case.html", context, status=409)


def _decide(found: Case, *, actor: Actor) -> None:
    """The cancellation that a new operator's establishment rests on is decided with it (细则 art. 38)."""
    for each in (found.parent, found):
        if each is not None and not each.closed:
            cases.finish_step(each.number, "decide", cases.Decision("register"), actor=actor)


@requires(TAKE_IN)
@require_safe
def application(request: HttpRequest, number: str) -> HttpResponse:
    """The application as filled in, to be printed and signed; the identity number stands there in full."""
    found = _case(number)
    pdf = print_application(found, actor=actor_of(request))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "no-store"
    return response
