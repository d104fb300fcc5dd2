"""Who is absent from the bureau and who does the work meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.clock import today
from hongdun.org import queries
from hongdun.org.actions import absences as actions
from hongdun.org.forms import AbsenceForm
from hongdun.org.models import Absence, Role

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor

BE_ABSENT = action("org.be_absent", "登记不在岗和代理人", "officer")


@requires(BE_ABSENT)
@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = _form(actor, request)
    if request.method == "POST" and form.is_valid() and _set(form, actor):
        messages.success(request, "已登记。这几天指定给您的件由代理人办理，期满自动交还。")
        return redirect("org:absences")
    context = {"form": form, "rows": _rows(actor), "is_head": Role.HEAD in actor.roles}
    return render(request, "org/absences.html", context, status=422 if form.errors else 200)


def _form(actor: Actor, request: HttpRequest) -> AbsenceForm:
    own = None if Role.HEAD in actor.roles else actor.person
    return AbsenceForm(
        request.POST if request.method == "POST" else None,
        colleagues=queries.colleagues(actor.organ) if actor.organ else [], own=own, initial={"officer": actor.person},
    )  # fmt: skip


def _set(form: AbsenceForm, actor: Actor) -> bool:
    try:
        with transaction.atomic():
            actions.set_absence(**form.cleaned_data, actor=actor)
    except actions.AbsenceRefused as refused:
        form.add_error(refused.field, str(refused))
        return False
    return True


def _rows(actor: Actor) -> list[dict[str, object]]:
    day = today()
    head = Role.HEAD in actor.roles
    return [
        {
            "absence": each,
            "now": each.first_day <= day,
            "may_end": head or each.officer_id == actor.person,
        }
        for each in queries.absences(actor)
    ]


@requires(BE_ABSENT)
@require_POST
def end(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    try:
        found = actions.end_absence(absence_id, actor=actor_of(request))
    except Absence.DoesNotExist:
        raise Http404("没有这条不在岗登记，或者已经结束。") from None
    messages.success(request, f"{found.officer.name} 已回岗，指定给本人的件由本人办理。")
    return redirect("org:absences")
