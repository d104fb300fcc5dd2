"""Templates of opinions: one's own and the bureau's, with how often they were used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases.actions.moving import HEADS
from hongdun.cases.opinions import actions, queries
from hongdun.cases.opinions.forms import BUREAU, OWN, TemplateForm
from hongdun.cases.procedure import REGISTERED

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from hongdun.cases.opinions.models import OpinionTemplate

TEMPLATES = action("case.opinions", "管理意见模板", "officer")


@requires(TEMPLATES)
@require_http_methods(["GET", "POST"])
def opinions(request: HttpRequest) -> HttpResponse:
    return _written(request, None)


@requires(TEMPLATES)
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, template_id: UUID) -> HttpResponse:
    return _written(request, _editable(request, template_id))


@requires(TEMPLATES)
@require_POST
def retire(request: HttpRequest, template_id: UUID) -> HttpResponse:
    found = _editable(request, template_id)
    actions.retire(found, actor=actor_of(request))
    messages.success(request, f"“{found.title}”已停用。")
    return redirect("cases:opinions")


def _editable(request: HttpRequest, template_id: UUID) -> OpinionTemplate:
    found = queries.editable(actor_of(request), template_id)
    if found is None:
        raise Http404("没有这个模板，或者不由您修改：本机关的由负责人和核准岗位修改，上级的由上级修改。")
    return found


def _written(request: HttpRequest, old: OpinionTemplate | None) -> HttpResponse:
    actor = actor_of(request)
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        may_share=bool(actor.roles & HEADS),
        initial=_initial(old),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.write(
            use=given["use"], procedure=given["procedure"], title=given["title"], text=given["text"],
            shared=given["whose"] == BUREAU, actor=actor, old=old,
        )  # fmt: skip
        messages.success(request, f"“{given['title']}”已保存。")
        return redirect("cases:opinions")
    context = {"form": form, "old": old, "rows": [] if old else _rows(request)}
    return render(request, "cases/opinions.html", context, status=422 if form.errors else 200)


def _initial(old: OpinionTemplate | None) -> dict[str, Any]:
    if old is None:
        return {}
    whose = BUREAU if old.owner is None else OWN
    return {
        "title": old.title,
        "use": old.use,
        "procedure": old.procedure_code,
        "text": old.text,
        "whose": whose,
    }


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    labels = {p.code: p.label for p in REGISTERED.values()}
    leads = bool(actor.roles & HEADS)
    return [
        {
            "template": row,
            "procedure": labels.get(row.procedure_code, "所有业务"),
            "whose": "只有我" if row.owner else "本机关" if row.organ == actor.organ else "上级机关",
            "may_edit": row.owner == actor.person
            or (row.owner is None and leads and row.organ == actor.organ),
        }
        for row in queries.listed(actor)
    ]
