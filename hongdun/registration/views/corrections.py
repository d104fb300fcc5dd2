"""An officer finds an entry of the register wrong and proposes what it should say; another officer decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.lib import uscc as codes
from hongdun.register import queries as register
from hongdun.registration import allowable
from hongdun.registration.correction import actions as corrections
from hongdun.registration.correction import wrong
from hongdun.registration.correction.forms import Proposal, Which
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.register.models import Entity

PROPOSE = action(
    "registration.propose_correction", "提出登记更正", "examiner", "approver", "archivist", "head"
)
PAGE = "registration/new_correction.html"


@requires(PROPOSE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Which entity first; then the register as it is on a day (`on`), to be put right."""
    today = {"on": clock.today().isoformat()}
    which = Which(today | request.GET.dict() if "uscc" in request.GET else None, initial=today)
    if not which.is_bound or not which.is_valid():
        return render(request, PAGE, {"form": which}, status=422 if which.is_bound else 200)
    entity, on = _entity(request, which.cleaned_data["uscc"]), which.cleaned_data["on"]
    if wrong.state_on(entity, on) is None:
        which.add_error("on", wrong.nothing_yet(entity, on))
        return render(request, PAGE, {"form": which}, status=422)
    data = {"entity": whose.kept(entity), "on": on}
    page = Proposal(data, actor=actor_of(request), posted=request.POST if request.method == "POST" else None)
    problem = ""
    if page.posted is not None and page.is_valid():
        try:
            with transaction.atomic():
                case = corrections.propose(
                    entity, page.save(), submission=page.submission, actor=actor_of(request)
                )
        except cases.Refused as refused:
            problem = str(refused)
        else:
            return redirect(f"/cases/{case.number}/")
    context = {"page": page, "form": page.form, "formset": page.formset, "entity": entity, "problem": problem}
    return render(request, PAGE, context, status=409 if problem else 422 if page.posted is not None else 200)


def _entity(request: HttpRequest, typed: str) -> Entity:
    code = codes.normalise(typed)
    found = register.current(code) if codes.is_possible(code) else None
    if found is None:
        raise Http404(f"登记簿没有统一社会信用代码 {code}，请核对。")
    if not allowable.concerns(found, actor_of(request)):
        raise PermissionDenied(f"“{found.name}”由其他登记机关登记，请告知它的登记机关更正。")
    return found
