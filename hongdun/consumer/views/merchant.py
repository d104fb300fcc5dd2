"""What the merchant sees and says; of who complained only what a mediation needs, of a report nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import action, requires
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import merchants
from hongdun.consumer.forms.beside import MerchantAnswer
from hongdun.consumer.models import Matter
from hongdun.consumer.queries import wording
from hongdun.org import queries as org
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.cases.models import Case

ANSWER = action("consumer.merchant", "经营者答复投诉", "*")


@requires(ANSWER)
@require_http_methods(["GET", "POST"])
def merchant(request: HttpRequest, token: str) -> HttpResponse:
    try:
        case = merchants.of(token)
    except merchants.BadLink:
        raise Http404("链接不完整或者已经过期，请向发送链接的市场监管所索取新的链接。") from None
    form = MerchantAnswer(request.POST if request.method == "POST" else None)
    said = False
    if request.method == "POST" and form.is_valid():
        try:
            merchants.answer(case, **form.cleaned_data)
            said = True
        except cases.Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "case": case, "said": said, "rows": _rows(case)}
    return render(request, "consumer/merchant.html", context, status=422 if form.errors else 200)


def _rows(case: Case) -> list[tuple[str, str]]:
    with system_scope("经营者打开链接"):
        matter = Matter.objects.get(pk=case.pk)
        name = parties.name_of(case.person) if case.person else ""
        answers = list(case.answers.order_by("at"))
    rows = [
        ("办理机关", org.county_bureau_of(case.organ).name),
        ("承办", org.organ(case.station).name if case.station else ""),
        ("投诉人", f"{name[:1]}某" if name else ""),
        ("事实和诉求", case.data["text"]),
        ("诉求", wording.claims(matter)),
        ("涉及金额", f"{matter.amount} 元" if matter.amount is not None else ""),
        *((f"您的答复（{each.at:%m-%d}）", f"{each.get_stance_display()}　{each.text}") for each in answers),
    ]
    return [(label, value) for label, value in rows if value]
