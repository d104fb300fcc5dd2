"""What the merchant sees and says; of who complained only what a mediation needs, of a report nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hongdun.base.authorise import action, requires
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import merchants, objecting
from hongdun.consumer.forms.beside import MerchantAnswer
from hongdun.consumer.forms.merchants import Objection
from hongdun.consumer.models import Matter
from hongdun.consumer.publicity.models import Publication
from hongdun.consumer.queries import publicity, wording
from hongdun.org import queries as org
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.forms import GovForm
    from hongdun.cases.models import Case

ANSWER = action("consumer.merchant", "经营者答复投诉", "*")
SAID = {
    "": "已收到您的答复，承办人员会与您联系。",
    "object": "已收到您的异议，核查结果会告知您并显示在本页。",
}


@requires(ANSWER)
@require_http_methods(["GET", "POST"])
def merchant(request: HttpRequest, token: str) -> HttpResponse:
    try:
        case = merchants.of(token)
    except merchants.BadLink:
        raise Http404("链接不完整或者已经过期，请向发送链接的市场监管所索取新的链接。") from None
    what = "object" if request.POST.get("what") == "object" else ""
    form = (Objection if case.closed else MerchantAnswer)(request.POST or None)
    said = SAID[what] if form.is_bound and form.is_valid() and _done(case, what, form) else ""
    context = {"form": form, "case": case, "said": said, "rows": _rows(case)} | _publication(case)
    return render(request, "consumer/merchant.html", context, status=422 if form.errors else 200)


def _done(case: Case, what: str, form: GovForm) -> bool:
    try:
        if what:
            objecting.object_to(case, **form.cleaned_data)
        else:
            merchants.answer(case, **form.cleaned_data)
    except cases.Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, str(refused))
        return False
    return True


def _publication(case: Case) -> dict[str, Any]:
    """What will be public of a closed complaint, and where an objection stands."""
    if not case.closed:
        return {}
    with system_scope("经营者打开链接"):
        row = Publication.objects.filter(case=case).first()
        return {
            "publication": publicity.words(case),
            "objection": publicity.objection(case),
            "may_object": row is not None and publicity.may_object(row),
        }


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
