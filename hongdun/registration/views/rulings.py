"""An officer opens a ruling on a name; what follows is done on the pages of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.ids import uuid7
from hongdun.cases import actions as cases
from hongdun.registration.name_ruling import actions as rulings
from hongdun.registration.name_ruling.forms import Ruling

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

OPEN = action("registration.open_ruling", "立名称争议裁决案", "examiner", "approver", "head")


@requires(OPEN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        form = Ruling(request.POST, actor=actor)
        if form.is_valid() and form.entity:
            data = form.cleaned_data
            try:
                case = rulings.open_ruling(
                    entity=form.entity, kind=data["kind"], claimant=data["claimant"], facts=data["facts"],
                    submission=data["submission"], actor=actor,
                )  # fmt: skip
            except cases.Refused as refusal:
                form.add_error("uscc", str(refusal))
            else:
                return redirect(f"/cases/{case.number}/")
        return render(request, "registration/new_ruling.html", {"form": form}, status=422)
    form = Ruling(actor=actor, initial={"submission": uuid7(), "uscc": request.GET.get("uscc", "")[:22]})
    return render(request, "registration/new_ruling.html", {"form": form})
