"""Officers: the orders of 12345, signed for, made a filing by a call, answered or sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.consumer.actions import hotline
from hongdun.consumer.forms.orders import Answer, SendBack
from hongdun.consumer.queries import contacts, orders, reading

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovForm
    from hongdun.consumer.channels.models import WorkOrder

HOTLINE = action("consumer.hotline", "办理 12345 工单", "clerk", "head")
SHOWN = 100
FORMS: dict[str, type[GovForm]] = {"answer": Answer, "back": SendBack}
SAID = {"sign": "已签收。", "answer": "已答复，回执随即发给 12345。", "back": "已退回 12345。"}


@requires(HOTLINE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    context = {"orders": orders.listed(actor_of(request))[:SHOWN], "today": clock.today(), "most": SHOWN}
    return render(request, "consumer/orders.html", context)


@requires(HOTLINE)
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    found = orders.of_number(number, actor)
    if found is None:
        raise Http404(f"没有工单 {number}，或者它不在您的管辖范围内。")
    what = request.POST.get("what", "")
    form = FORMS[what](request.POST) if what in FORMS else None
    problem = ""
    if what in SAID and (form is None or form.is_valid()):
        problem = _refusal(found, what, form, actor)
        if not problem:
            messages.success(request, SAID[what])
            return redirect("consumer:order", number)
    context = {
        "order": found, "said": reading.initial(found.contact), "same": orders.same_matter(found),
        "numbers": contacts.cases_of(found.contact), "problem": problem, "bad": form,
        "answer": form if what == "answer" else Answer(), "back": form if what == "back" else SendBack(),
    }  # fmt: skip
    return render(request, "consumer/order.html", context, status=422 if what else 200)


def _refusal(found: WorkOrder, what: str, form: GovForm | None, actor: Actor) -> str:
    words = form.cleaned_data["words"] if form else ""
    try:
        if what == "sign":
            hotline.sign(found, actor=actor)
        elif what == "answer":
            hotline.answer(found, words=words, actor=actor)
        else:
            hotline.send_back(found, reason=words, actor=actor)
    except cases.Refused as refused:
        return str(refused)
    return ""
