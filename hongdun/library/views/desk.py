"""Officers write answers and warnings, another checks and issues them, either is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases.actions import Refused
from hongdun.library import actions
from hongdun.library.forms import AnswerText, Remark, WarningText, Withdrawal
from hongdun.library.models import Draft, Kind, State
from hongdun.library.queries import desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.forms import GovForm

WRITE = action("library.write", "起草解答和消费警示", "clerk", "examiner", "approver", "head")
CHECK = action("library.check", "审核发布解答和消费警示", "approver", "head")
FORMS: dict[str, type[WarningText]] = {Kind.ANSWER: AnswerText, Kind.WARNING: WarningText}
SAID = {"save": "已保存。", "hand_in": "已送审。", "issue": "已发布。", "send_back": "已退回修改。"}


@requires(WRITE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "drafts": desk.drafts(actor),
        "issued": desk.issued(actor, before=key_of(request.GET.get("before", ""))),
        "today": clock.today(),
        "withdrawal": Withdrawal(),
        "may_check": CHECK.allows(actor),
    }
    return render(request, "library/desk.html", context)


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new text, or (`of`) a new version of one."""
    if kind not in FORMS:
        raise Http404("没有这种文稿。")
    replaces = request.GET.get("of", "")
    before = desk.text(replaces) if replaces else None
    form = FORMS[kind](request.POST or None, initial=_initial(before))
    if request.method == "POST" and form.is_valid():
        row = actions.write(
            kind=kind, replaces=before.code if before else "", actor=actor_of(request), **form.cleaned_data
        )
        messages.success(request, SAID["save"])
        return redirect("library:draft", row.pk)
    context = {"form": form, "label": Kind(kind).label, "before": before}
    return render(request, "library/new.html", context, status=422 if form.is_bound else 200)


@requires(WRITE)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    row = desk.draft(key, actor_of(request))
    if row is None:
        raise Http404("没有找到这份文稿，或者它由其他单位起草。")
    is_writing = row.state == State.WRITING
    form: GovForm = _text_form(request, row) if is_writing else Remark(request.POST or None)
    what = request.POST.get("what", "")
    if what in SAID and form.is_valid() and _does(request, row, what, form):
        return redirect("library:desk" if what == "issue" else request.path)
    context = {
        "draft": row, "form": form, "is_writing": is_writing, "may_check": CHECK.allows(actor_of(request)),
        "is_own": row.author == actor_of(request).person,
    }  # fmt: skip
    return render(request, "library/draft.html", context, status=422 if form.errors else 200)


@requires(CHECK)
@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    form = Withdrawal(request.POST)
    try:
        actions.withdraw(key, reason=request.POST.get("reason", ""), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已撤回：{form.data['reason']}")
    return redirect("library:desk")


def _text_form(request: HttpRequest, row: Draft) -> GovForm:
    fields = FORMS[row.kind].base_fields
    return FORMS[row.kind](request.POST or None, initial={name: getattr(row, name) for name in fields})


def _does(request: HttpRequest, row: Draft, what: str, form: GovForm) -> bool:
    """One press: saving and handing in save what is typed first."""
    actor, given = actor_of(request), form.cleaned_data
    deeds: dict[str, Callable[[], Any]] = {
        "save": lambda: actions.write(kind=row.kind, draft=row.pk, actor=actor, **given),
        "hand_in": lambda: (
            actions.write(kind=row.kind, draft=row.pk, actor=actor, **given), actions.hand_in(row.pk, actor=actor)
        ),
        "issue": lambda: actions.issue(row.pk, actor=actor, remark=given["remark"]),
        "send_back": lambda: actions.send_back(row.pk, actor=actor, remark=given["remark"]),
    }  # fmt: skip
    if (what in {"save", "hand_in"}) != (row.state == State.WRITING):
        form.add_error(None, "文稿已被他人办理，或不在这一步，请返回列表查看。")
        return False
    try:
        with transaction.atomic():
            deeds[what]()
    except Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
        return False
    messages.success(request, SAID[what])
    return True


def _initial(before: Any) -> dict[str, Any]:
    if before is None:
        return {"valid_from": clock.today()}
    return {
        "subject": before.subject, "title": before.question, "text": before.answer, "words": before.words,
        "basis": before.basis, "valid_from": clock.today(),
    }  # fmt: skip


def key_of(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
