"""What is laid down for the telephones of a range: one list and one form for each kind of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.parts import Pager, TabLink
from hongdun.calls import actions, queries
from hongdun.calls.forms import routing as forms
from hongdun.calls.switch import prompts
from hongdun.calls.views.seat import READ
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.org.models import Role

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from hongdun.base.actor import Actor
    from hongdun.calls.actions.laying_down import Laid

LAY_DOWN = action("calls.lay_down", "设置电话平台", Role.ADMIN, Role.HEAD)
PROMPTS = "prompts"


@dataclass(frozen=True)
class Kind:
    code: str
    title: str
    intro: str
    form: type[forms.OrganForm]
    may_add: bool = True


KINDS = {
    each.code: each
    for each in (
        Kind("lines", "接入号码", "来电打的是哪个号码，就由哪个市局接听。没有列出的号码归自治区局。", forms.LineForm),
        Kind(
            "menu", "语音菜单",
            "没有自己菜单的市按自治区局的菜单，都没有时：1 投诉、2 举报、3 咨询、8 老年人和未成年人、9 涉及人身安全。",
            forms.ChoiceForm,
        ),
        Kind(
            "hours", "服务时间", "没有设定时，工作日 08:30 至 18:00 接听。节假日和调休按国务院公布的日历。",
            forms.HoursForm,
        ),
        Kind("queues", "队列", "第一次有人排队时自动建立，等待 90 秒后由外市空闲坐席帮助接听。", forms.QueueForm),
        Kind("operators", "坐席业务", "工作人员第一次打开话务台时列入，各项业务都派。", forms.OperatorForm, may_add=False),
        Kind(PROMPTS, "提示语", "没有改过的提示语用通用的。改菜单时，菜单提示语随着改。", forms.PromptForm),
    )
}  # fmt: skip


@requires(LAY_DOWN)
@require_http_methods(["GET", "POST"])
def laid_down(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows of one kind in the actor's range, and below them the form for one more."""
    what, actor = _kind(kind), actor_of(request)
    form = what.form(*_given(request), bureaus=_bureaus(actor))
    if request.method == "POST" and what.may_add and form.is_valid() and _saved(form, actor):
        messages.success(request, f"已设定{what.title}，下一个来电起适用。")
        return redirect("calls:laid_down", kind)
    page = queries.laid_down(kind, actor, before=request.GET.get("before", ""))
    context = {
        "may_read": READ.allows(actor), "kind": what, "tabs": _tabs(kind), "form": form, "page": Pager(next_url=page.following),
        "rows": [_row(kind, row) for row in page.rows],
        "standard": prompts.said() if kind == PROMPTS else {},
    }  # fmt: skip
    return render(request, "calls/laid_down.html", context, status=422 if form.errors else 200)


@requires(LAY_DOWN)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Change one row, or take it back."""
    what, actor = _kind(kind), actor_of(request)
    row = queries.one_laid_down(kind, actor, row_id)
    if row is None:
        raise Http404("没有这项设置，或者不在您的管理范围内。请从设置列表重新打开。")
    if request.method == "POST" and "withdraw" in request.POST and what.may_add:
        return _withdrawn(request, what, row)
    form = what.form(*_given(request), instance=row, bureaus=[])
    if request.method == "POST" and form.is_valid() and _saved(form, actor):
        messages.success(request, f"已更改{what.title}，下一个来电起适用。")
        return redirect("calls:laid_down", kind)
    context = {"kind": what, "form": form, "row": _row(kind, row)}
    return render(request, "calls/one_laid_down.html", context, status=422 if form.errors else 200)


def _withdrawn(request: HttpRequest, what: Kind, row: Laid) -> HttpResponse:
    try:
        with transaction.atomic():
            actions.withdraw(row, actor=actor_of(request))
    except IntegrityError:
        messages.error(request, "已有通话用过这个队列，不能删除；可以改等待秒数。")
    else:
        messages.success(request, f"已删除，{what.title}改用上级或者通用的设定。")
    return redirect("calls:laid_down", what.code)


@require_safe
@requires(LAY_DOWN)
def prompt_sound(request: HttpRequest, organ: int, code: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """What callers of an organ hear now."""
    path = prompts.file_for(Path(settings.HONGDUN_HOME) / "prompts", code, organ)
    if code not in prompts.texts() or not path.exists():
        raise Http404("还没有这句提示语的声音。电话平台启动后自动生成，请稍后再试。")
    return HttpResponse(path.read_bytes(), content_type="audio/wav")


def _given(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _saved(form: forms.OrganForm, actor: Actor) -> bool:
    try:
        with transaction.atomic():
            actions.lay_down(form.save_to(), actor=actor)
    except IntegrityError:
        form.add_error(None, "已经有一项相同的设置，请在列表中打开它更改。")
        return False
    return True


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404("没有这类设置。请从电话平台设置页重新打开。")
    return KINDS[code]


def _tabs(current: str) -> list[TabLink]:
    return [TabLink(k.title, f"/desk/calls/settings/{k.code}/", k.code == current) for k in KINDS.values()]


def _bureaus(actor: Actor) -> list[tuple[int, str]]:
    """Telephones are answered by cities and the region."""
    return [(code, name) for code, name in org.bureaus_of(actor) if organs.level(code) <= organs.CITY]


def _row(kind: str, row: Any) -> dict[str, Any]:
    return {"row": row, "organ": org.organ(row.organ).short, "url": f"/desk/calls/settings/{kind}/{row.id}/"}
