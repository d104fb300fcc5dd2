"""Officers: the register of online dispute resolution, and what is on file about a merchant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.consumer.actions import odr
from hongdun.consumer.forms import merchants as forms
from hongdun.consumer.publicity.models import Seat
from hongdun.consumer.queries import merchants, standing
from hongdun.consumer.views.published import page_number, pager
from hongdun.register import queries as register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovForm
    from hongdun.register.models import Entity

KEEP = action(
    "consumer.merchants", "查看经营者的投诉举报", "clerk", "examiner", "approver", "head", "station"
)
CHANGES = frozenset({"clerk", "examiner", "approver"})
SIZE = 30
FORMS: Mapping[str, type[GovForm]] = {
    "join": forms.Join,
    "leave": forms.Leave,
    "seat": forms.Seat,
    "end": forms.EndSeat,
}


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    form = forms.Wanted(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if register.current(code):
            return redirect("consumer:merchant_file", code)
        form.add_error("code", "登记簿中没有这个代码，请核对。")
    context = {"form": form, "members": merchants.members(actor_of(request)), "most": merchants.MOST}
    return render(request, "consumer/odr.html", context, status=422 if form.errors else 200)


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, uscc: str) -> HttpResponse:
    entity = register.current(uscc)
    if entity is None:
        raise Http404("登记簿中没有这个统一社会信用代码，请核对。")
    actor, what = actor_of(request), request.POST.get("what", "")
    form = FORMS[what](request.POST) if what in FORMS else None
    if form is not None and form.is_valid() and (said := _done(entity, what, form, actor)):
        messages.success(request, said)
        return redirect("consumer:merchant_file", entity.uscc)
    context = _context(request, entity, what, form)
    return render(request, "consumer/merchant_file.html", context, status=422 if form is not None else 200)


def _context(request: HttpRequest, entity: Entity, what: str, form: GovForm | None) -> dict[str, Any]:
    actor, number = actor_of(request), page_number(request)
    first = (number - 1) * SIZE
    rows = list(merchants.matters(entity.pk, actor)[first : first + SIZE + 1])
    member = standing.member(entity.pk)
    offered = {"leave" if member else "join": "登记退出" if member else "登记加入", "seat": "确认经办人账号"}
    return {
        "entity": entity, "member": member, "bad": form, "figures": merchants.figures(entity.pk, actor),
        "rows": [(row, row.case.get_absolute_url()) for row in rows[:SIZE]],
        "page": pager(number, more=len(rows) > SIZE), "seats": merchants.seats(entity.pk, actor),
        "panels": [
            (name, label, form if name == what else FORMS[name]()) for name, label in offered.items()
        ] if actor.roles & CHANGES else [],
        "may_change": bool(actor.roles & CHANGES),
    }  # fmt: skip


def _done(entity: Entity, what: str, form: GovForm, actor: Actor) -> str:
    given = form.cleaned_data
    try:
        if not actor.roles & CHANGES:
            raise cases.NotAllowed("名单和账号由受理、审查、核准岗位登记。")
        with transaction.atomic():
            if what == "join":
                odr.join(entity, actor=actor, **given)
                return "已登记为在线消费纠纷解决企业：投诉人愿意的，先由企业在 10 个工作日内答复。"
            if what == "leave":
                odr.leave(entity, actor=actor, **given)
                return "已登记退出。"
            if what == "seat":
                return f"{odr.grant_seat(entity, actor=actor, **given).name}可以用自己的账号答复投诉了。"
            return _ended(entity, given["row"], actor)
    except cases.Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
        return ""


def _ended(entity: Entity, key: Any, actor: Actor) -> str:
    row = Seat.objects.filter(pk=key, entity=entity.pk, organ__range=actor.range).first()
    if row is None:
        raise cases.Refused("没有这个账号，请刷新页面。")
    odr.end_seat(row, actor=actor)
    return f"已停用{row.name}的账号。"
