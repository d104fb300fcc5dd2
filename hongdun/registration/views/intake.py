"""Paper at the counter: an officer begins the same guided form for whoever handed it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import action, actor_of, requires
from hongdun.parties import actions as parties
from hongdun.registration import queries
from hongdun.registration.actions import drafts
from hongdun.registration.intake import PaperApplication

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.registration.models import Draft

ENTER = action("registration.enter", "录入纸质申请", "clerk", "station")
SHOWN = 50


@requires(ENTER)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    form = PaperApplication(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("draft", _begun(request, form).id)
    context = {"form": form, "drafts": queries.entered_drafts(actor_of(request))[:SHOWN]}
    return render(request, "registration/intake.html", context, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, form: PaperApplication) -> Draft:
    given, actor = form.cleaned_data, actor_of(request)
    person = parties.remember_person(name=given["name"], id_number=given["id_number"], phone=given["phone"])
    return drafts.enter(
        given["procedure"], person=person.id, applicant=given["name"], received=given["received"],
        late=given["late"], actor=actor,
    )  # fmt: skip
