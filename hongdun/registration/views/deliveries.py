"""One licence is handed over: fetched with a signature, or posted, arrived, come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.cases import actions as cases
from hongdun.documents import actions as documents
from hongdun.documents.errors import DocumentProblem
from hongdun.register.models import Licence
from hongdun.registration import queries
from hongdun.registration.licence import delivering, slips
from hongdun.registration.licence.deskforms import Arrived, CameBack, Collected, Posted
from hongdun.registration.licence.models import Blank, Delivery
from hongdun.registration.licence.pages import DeliveryFields, chosen_delivery
from hongdun.registration.views.licences import HAND_OUT

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from hongdun.base.actor import Actor
    from hongdun.base.forms import GovForm

CHOOSE = action("licence.choose_way", "选择领照方式", "applicant")
HANDED = {"collected": Collected, "posted": Posted}
ON_THE_WAY = {"arrived": Arrived, "came_back": CameBack}
DONE = {
    "collected": "已登记领取。",
    "posted": "已登记寄出。",
    "arrived": "已登记签收。",
    "came_back": "已登记退回，可以重新寄出或者改为领取。",
}


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    found = _delivery(delivery_id)
    forms = _forms(found, request)
    deed = request.POST.get("deed", "")
    problem = ""
    if request.method == "POST" and deed in forms and forms[deed].is_valid():
        try:
            with transaction.atomic():
                _do(found, deed, forms[deed], actor=actor_of(request))
        except (cases.Refused, DocumentProblem) as refused:
            problem = str(refused)
        else:
            messages.success(request, DONE[deed])
            return redirect("licence_delivery", delivery_id)
    context = _context(found, forms) | {"problem": problem, "wrong": forms.get(deed)}
    status = 409 if problem else 422 if request.method == "POST" else 200
    return render(request, "registration/delivery.html", context, status=status)


def _delivery(delivery_id: UUID) -> Delivery:
    found = Delivery.objects.select_related("entity").filter(pk=delivery_id).first()
    if found is None:
        raise Http404("没有这件发照，或者它不在您的管辖范围内。请从“发照”列表进入。")
    return found


def _forms(found: Delivery, request: HttpRequest) -> dict[str, GovForm]:
    """What can be noted now; only the one that was sent is filled."""
    deed, files = request.POST.get("deed", ""), request.FILES
    kinds = HANDED if found.state in {Delivery.State.DUE, Delivery.State.RETURNED} else ON_THE_WAY
    if not found.is_open or found.needs_paper:
        return {}
    more = {"old": _has_old(found)} if kinds is HANDED else {}
    return {
        code: form(
            request.POST if code == deed else None, files if code == deed else None, prefix=code, **more
        )
        for code, form in kinds.items()
    }


def _has_old(found: Delivery) -> bool:
    if found.entity is None or found.state == Delivery.State.RETURNED:
        return False
    return found.entity.licences.filter(state=Licence.State.SUPERSEDED).exists()


def _do(found: Delivery, deed: str, form: GovForm, *, actor: Actor) -> None:
    data = dict(form.cleaned_data)
    if deed == "collected":
        scan = data["signed"]
        data["signed"] = documents.store_upload(
            scan.read(), actor=actor, kind="licence_receipt", title="营业执照领取签收单", filename=scan.name, organ=found.organ,
            case_id=found.case_id,
        ).pk  # fmt: skip
    getattr(delivering, deed)(found, **data, actor=actor)


def _context(found: Delivery, forms: dict[str, GovForm]) -> dict[str, Any]:
    sheets = slips.sheets(found)
    on = dict(
        Blank.objects.filter(licence__in=sheets, state=Blank.State.USED).values_list("licence", "serial")
    )
    return {
        "delivery": found, "forms": forms, "sheets": [(each, on.get(each.pk, "")) for each in sheets],
        "has_label": found.way == Delivery.Way.POST and found.receiver is not None,
    }  # fmt: skip


@requires(HAND_OUT)
@require_safe
def receipt(request: HttpRequest, delivery_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return _pdf(slips.receipt(_delivery(delivery_id)))


@requires(HAND_OUT)
@require_safe
def label(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """The address stands there in full, so nothing of it is kept on the way."""
    found = _delivery(delivery_id)
    if found.receiver is None:
        raise Http404("申请人没有留邮寄地址，请联系申请人在“我的办件”补填。")
    return _pdf(slips.label(found, actor=actor_of(request)))


def _pdf(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(CHOOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """The applicant says how the licence is to reach them, until it was printed or sent."""
    actor = actor_of(request)
    case = queries.own_case(actor, number)
    if case is None:
        raise Http404("没有找到这件申请。请核对受理编号，或到“我的办件”查看。")
    if not queries.gives_licence(case):
        messages.error(request, "这件申请不核发营业执照。")
        return redirect("own_case", number)
    known = Delivery.objects.filter(case_id=case.id).first()
    form = DeliveryFields(
        request.POST or None, initial={"way": known.way, "name": known.receiver_name} if known else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                delivering.choose(case, wanted=chosen_delivery(form.cleaned_data), actor=actor)
        except cases.Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已保存领照方式。")
        return redirect("own_case", number)
    context = {"case": case, "form": form}
    return render(request, "registration/choose_delivery.html", context, status=422 if form.errors else 200)
