"""How the bureaus in range do their procedures: what was laid down, and a form to lay down more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import actor_of, requires
from hongdun.cases import actions as cases
from hongdun.cases import queries
from hongdun.cases.forms import SettingForm
from hongdun.cases.views.common import LAY_DOWN
from hongdun.org import queries as org

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires(LAY_DOWN)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = SettingForm(request.POST if request.method == "POST" else None, bureaus=org.bureaus_of(actor))
    if request.method == "POST" and form.is_valid() and _laid_down(request, form):
        messages.success(request, "已设定，自施行日期起收到的件适用。")
        return redirect("cases:settings")
    rows = [
        {
            "setting": row,
            "state": state,
            "organ": org.organ(row.organ).short,
            "what": queries.subject_words(row),
            "value": queries.value_words(row),
        }
        for row, state in queries.settings_seen_by(actor)
    ]
    context = {"form": form, "rows": rows, "default": queries.mode_label(queries.DEFAULT_MODE)}
    return render(request, "cases/settings.html", context, status=422 if form.errors else 200)


def _laid_down(request: HttpRequest, form: SettingForm) -> bool:
    procedure, step = form.subject()
    given = form.cleaned_data
    try:
        with transaction.atomic():
            cases.lay_down(
                procedure, organ=given["organ"], step=step, value=given["value"], valid_from=given["valid_from"],
                basis=given["basis"], actor=actor_of(request),
            )  # fmt: skip
    except cases.Refused as refused:
        form.add_error(getattr(refused, "field", None), str(refused))
        return False
    return True
