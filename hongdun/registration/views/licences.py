"""The officer's lists of licences: to be printed, handed over, on their way; old ones to be got back; runs of the printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.paging import page_of
from hongdun.base.parts import TabLink
from hongdun.cases import actions as cases
from hongdun.register import actions as register
from hongdun.registration.licence import printing, returning
from hongdun.registration.licence.models import Delivery, PrintRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.registration.licence.models import DeliveryQuerySet

HAND_OUT = action("licence.hand_out", "制照、发照", "counter", "station")
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    found: Callable[[Actor], DeliveryQuerySet]
    empty: str


def _in(state: Delivery.State) -> Callable[[Actor], DeliveryQuerySet]:
    return lambda actor: Delivery.objects.in_scope(actor).filter(state=state)


def _ready(actor: Actor) -> DeliveryQuerySet:
    """Printed; of those who want the file only, what the worker hasn't given yet."""
    due = _in(Delivery.State.DUE)(actor)
    return due.exclude(printed=None) | due.filter(way=Delivery.Way.ELECTRONIC)


def _failed(actor: Actor) -> DeliveryQuerySet:
    return _in(Delivery.State.DUE)(actor).filter(printed=None, run__isnull=False)


TABS = {
    "print": Tab("待制照", printing.to_print, "没有等待制照的执照。登记决定作出后，选择纸质执照的会排在这里。"),
    "making": Tab("在制", _failed, "没有正在制作的执照。"),
    "ready": Tab("待领取、待寄出", _ready, "没有等待领取或者寄出的执照。制好的执照会排在这里。"),
    "sent": Tab("在途", _in(Delivery.State.SENT), "没有在途的邮件。"),
    "returned": Tab("退回", _in(Delivery.State.RETURNED), "没有退回的邮件。"),
}  # fmt: skip


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The lists of deliveries; those to be printed are chosen and printed together."""
    problem = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                run = printing.begin(_chosen(request), actor=actor_of(request))
        except cases.Refused as refused:
            problem = str(refused)
        else:
            return redirect("licence_run", run.pk)
    context = _lists(request) | {"problem": problem}
    return render(request, "registration/licences.html", context, status=409 if problem else 200)


def _lists(request: HttpRequest) -> dict[str, Any]:
    actor, chosen = actor_of(request), request.GET.get("tab", "print")
    tab = TABS.get(chosen) or TABS["print"]
    size = MOST_SHOWN if tab is TABS["print"] else 20
    rows, page = page_of(request, tab.found(actor), "since", size=size)
    links = [
        TabLink(each.label, f"?tab={code}", current=each is tab, count=each.found(actor).count())
        for code, each in TABS.items()
    ]
    return {
        "rows": rows,
        "page": page,
        "tabs": links,
        "tab": chosen,
        "empty": tab.empty,
        "keeper": keeper_links("licences"),
        "choose": tab is TABS["print"],
    }


def _chosen(request: HttpRequest) -> list[UUID]:
    """Those ticked, or everything that waits, as many as one run takes."""
    if "all" not in request.POST:
        return _ids(request.POST.getlist("licence"))
    return list(printing.to_print(actor_of(request)).values_list("pk", flat=True)[: printing.MOST_AT_ONCE])


def _ids(typed: Iterable[str]) -> list[UUID]:
    found = []
    for each in list(typed)[: printing.MOST_AT_ONCE]:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


@requires(HAND_OUT)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    found = PrintRun.objects.filter(organ__range=actor_of(request).range)
    rows, page = page_of(request, found, "begun", newest_first=True)
    return render(
        request,
        "registration/licence_runs.html",
        {"rows": rows, "page": page, "keeper": keeper_links("licence_runs")},
    )


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far a run is, and its files when it is done; what failed is put back to be chosen again."""
    found = PrintRun.objects.filter(pk=run_id).first()
    if found is None:
        raise Http404("没有这次制照，或者它不在您的管辖范围内。请到“制照记录”查找。")
    if request.method == "POST":
        count = printing.retry(found, actor=actor_of(request))
        messages.success(request, f"{count} 件已退回“待制照”，原因消除后可以重新选择。")
        return redirect("licences")
    context = {"run": found, **_progress(found)}
    template = (
        "registration/licence_run_part.html" if "part" in request.GET else "registration/licence_run.html"
    )
    return render(request, template, context)


def _progress(run: PrintRun) -> dict[str, Any]:
    deliveries = run.deliveries.all()
    total, made = deliveries.count(), deliveries.exclude(printed=None).count()
    return {
        "total": total,
        "made": made,
        "failed": list(deliveries.exclude(problem="").order_by("id")[:MOST_SHOWN]),
    }


@requires(HAND_OUT)
@require_http_methods(["GET", "HEAD", "POST"])
def old(request: HttpRequest) -> HttpResponse:
    """Old sheets still out: handed in, or announced void (细则 art. 23)."""
    actor, problem = actor_of(request), ""
    if request.method == "POST":
        handed_in = request.POST.get("became") == "handed_in"
        try:
            with transaction.atomic():
                count = returning.settle(
                    _ids(request.POST.getlist("sheet")), handed_in=handed_in, actor=actor
                )
        except register.RegisterError as refused:
            problem = str(refused)
        else:
            done = "已登记缴回" if handed_in else "已公告作废"
            messages.success(request, f"{count} 张执照{done}。")
            return redirect("old_licences")
    found = returning.out_in(actor).select_related("entity")
    rows, page = page_of(request, found, "state_since", size=50)
    context = {"rows": rows, "page": page, "problem": problem, "keeper": keeper_links("old_licences")}
    return render(request, "registration/old_licences.html", context, status=409 if problem else 200)


def keeper_links(current: str) -> list[TabLink]:
    """The pages of whoever keeps the licences."""
    pages = (
        ("licences", "发照"),
        ("licence_runs", "制照记录"),
        ("old_licences", "旧执照"),
        ("blanks", "空白执照"),
        ("blank_transfers", "调拨"),
    )
    return [TabLink(label, reverse(name), current=name == current) for name, label in pages]
