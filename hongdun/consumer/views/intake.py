"""The operator's page: who, against whom, what; found while typing, registered once."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.calls import queries as calls
from hongdun.calls.settings import running
from hongdun.calls.views.seat import SEAT
from hongdun.cases import actions as cases
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import telephone
from hongdun.consumer.forms.intake import Intake
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import duplicates
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.calls.models import Call
    from hongdun.cases.models import Case

REGISTER = action("consumer.register", "登记 12315 来件", "clerk", "examiner", "station", "head")
SUGGESTED = 8
NOON = time(12)


@requires(REGISTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    assert actor.organ is not None
    if request.method == "GET":
        call = request.GET.get("call", "")[:120]
        phone = request.GET.get("phone", "")[:20] or _phone_of(call, actor)
        earlier = _waiting(request.GET.get("contact", ""))
        first: dict[str, Any] = {"submission": uuid7(), "call": call, "sender_phone": phone}
        if earlier:
            first |= {
                "contact": earlier.pk,
                "sender_phone": earlier.sender_phone,
                "sender_name": earlier.sender_name,
            }
            first |= {"text": earlier.payload}
        form = Intake(organ=actor.organ, initial=first)
        return _page(request, form)
    form = Intake(request.POST, organ=actor.organ)
    if form.is_valid() and (opened := _registered(form, actor)):
        numbers = "、".join(f"{case.procedure.label} {case.number}" for case in opened)
        messages.success(request, f"已登记：{numbers}。请把编号告诉来件人。")
        return redirect(opened[0])
    return _page(request, form, status=422)


def _page(request: HttpRequest, form: Intake, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "telephone": running() and SEAT.allows(actor_of(request))}
    return render(request, "consumer/new.html", context, status=status)


def _registered(form: Intake, actor: Actor) -> list[Case]:
    """Contact first, then the cases, all or nothing; pressed twice it is the same contact."""
    given = form.cleaned_data
    try:
        with transaction.atomic():
            contact = _contact(form, actor)
            return consumer.submit(contact, form.filing(), actor=actor)
    except consumer.KeyTaken:
        form.add_error(None, "这一页已经登记过别的内容，请打开新的登记页。")
    except cases.Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in given else None, str(refused))
    return []


def _contact(form: Intake, actor: Actor) -> Contact:
    given = form.cleaned_data
    earlier = _waiting(str(given["contact"] or ""))
    if earlier is None and (call := _call(given["call"], actor)):
        with system_scope("登记正在接听的来电"):  # it may have come to another city
            earlier = telephone.keep(call.pk)
    at = None
    if given["received"] != clock.today():
        at = timezone.make_aware(datetime.combine(given["received"], NOON))
    return consumer.receive(
        channel=given["channel"], key=str(given["submission"]), payload=urlencode(sorted(form.data.items())),
        organ=actor.organ or 0, actor=actor, sender_name=given["sender_name"], sender_phone=given["sender_phone"],
        received_at=at, follows=earlier,
    )  # fmt: skip


def _waiting(key: str) -> Contact | None:
    """The contact that a call makes good, if it is still waiting and in sight."""
    try:
        return Contact.objects.filter(pk=key, matters=None).first() if key else None
    except ValidationError:
        return None


@requires(REGISTER)
@require_GET
def entities(request: HttpRequest) -> HttpResponse:
    """Entities whose name or code is being typed, as options of a list box."""
    words = request.GET.get("q", "").strip()[:120]
    try:
        found = register.find(words, size=SUGGESTED) if words else register.Found()
    except register.TooSlow:
        found = register.Found(too_short=True)
    return render(request, "consumer/entities.html", {"found": found, "words": words})


@requires(REGISTER)
@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """What may be the same matter, for the officer to judge."""
    entity = register.current(request.GET.get("entity", "")[:18]) if request.GET.get("entity") else None
    key = entity.pk if entity else None
    context = {
        "same": duplicates.same(request.GET.get("phone", "")[:20], key),
        "entity": entity,
        "cluster": duplicates.cluster(key, request.GET.get("problem", "")[:20]),
    }
    return render(request, "consumer/similar.html", context)


@requires(REGISTER)
@require_GET
def caller(request: HttpRequest) -> HttpResponse:
    """The caller's earlier cases, by telephone number or by the call that is on the line."""
    phone = request.GET.get("phone", "")[:20] or _phone_of(
        request.GET.get("call", "")[:120], actor_of(request)
    )
    context: dict[str, Any] = {
        "earlier": duplicates.of_person(phone)[: duplicates.MOST],
        "is_known": bool(phone),
    }
    return render(request, "consumer/caller.html", context)


def _phone_of(call: str, actor: Actor) -> str:
    """Number of a call within the officer's range; empty where there is none."""
    found = _call(call, actor)
    return found.caller if found else ""


def _call(call: str, actor: Actor) -> Call | None:
    try:
        return calls.call(UUID(call), actor=actor) if call else None
    except ValueError:
        return None
