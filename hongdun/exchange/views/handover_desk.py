"""What departments haven't got: for the administrator, who asks them, and sends it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.paging import page_of
from hongdun.base.partners import BadPartners
from hongdun.exchange.actions import handovers as actions
from hongdun.exchange.forms import AgainForm
from hongdun.exchange.queries import handovers as queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.partners import Partner

WATCH = action("exchange.handovers", "看部门推送，重新推送", "admin")


@requires(WATCH)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, (known, problem) = actor_of(request), _partners()
    standings = queries.standings(actor, known)
    wanted = request.GET.get("department", "")
    chosen = next((each for each in standings if each.department == wanted), None)
    if wanted and chosen is None:
        raise Http404("没有这个部门，请从“部门推送”页选择。")
    context: dict[str, Any] = {
        "standings": standings,
        "chosen": chosen,
        "most": queries.COUNTED,
        "problem": problem,
    }
    if chosen:
        context["rows"], context["pager"] = page_of(request, queries.stuck(actor, chosen.department), "at")
    return render(request, "exchange/handovers.html", context)


def _partners() -> tuple[dict[str, Partner], str]:
    """A file that can't be read stops the sending, not this page."""
    try:
        return queries.partners(), ""
    except BadPartners as error:
        return {}, str(error)


@requires(WATCH)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    form = AgainForm(request.POST)
    if not form.is_valid():
        raise Http404("没有这个部门或者这条推送，请从“部门推送”页操作。")
    asked = form.cleaned_data
    sent = actions.send_again(actor_of(request), department=asked["department"], only=asked["number"])
    if sent:
        messages.success(request, f"已把 {sent} 条放回待送队列。")
    else:
        messages.info(request, "没有要重新推送的：对方已经确认，或者不在您的管辖范围内。")
    return redirect(f"{reverse('exchange:handovers')}?{urlencode({'department': asked['department']})}")
