"""Officers: letters and visits with their scans; the list of contacts that wait for a call; one of them registered."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base import clock
from hongdun.base.authorise import actor_of, requires
from hongdun.base.ids import uuid7
from hongdun.cases import actions as cases
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import officers
from hongdun.consumer.forms.papers import LayAside, Papers
from hongdun.consumer.queries import channels, contacts, reading
from hongdun.consumer.views.intake import REGISTER

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.consumer.models import Contact

NOON = time(12)
SHOWN = 100


@requires(REGISTER)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """A letter or a visit: forms 1 and 2 with what was handed in."""
    return _page(request, first={"channel": "letter"}, makes_good=None)


@requires(REGISTER)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    rows = [
        (each, contacts.reference(each), _label(each), reading.initial(each).get("text", "")[:80])
        for each in contacts.waiting(actor_of(request))[:SHOWN]
    ]
    return render(request, "consumer/waiting.html", {"rows": rows, "most": SHOWN})


@requires(REGISTER)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """On the telephone with the sender: what was written is in the form, to be confirmed and registered."""
    found = _waiting(request, key)
    first = reading.initial(found) | {"channel": "phone_12315"}
    return _page(request, first=first, makes_good=found)


@requires(REGISTER)
@require_POST
def aside(request: HttpRequest, key: UUID) -> HttpResponse:
    found, form = _waiting(request, key), LayAside(request.POST)
    if not form.is_valid():
        return _page(request, first=reading.initial(found), makes_good=found, aside=form)
    officers.lay_aside(found, reason=form.cleaned_data["reason"], actor=actor_of(request))
    messages.success(request, f"来件 {contacts.reference(found)} 不予登记，理由已记录。")
    return redirect("consumer:contacts")


def _waiting(request: HttpRequest, key: UUID) -> Contact:
    found = contacts.waiting(actor_of(request)).filter(pk=key).first()
    if found is None:
        raise Http404("没有这件来件，或者它已经登记，或者不在您的管辖范围内。")
    return found


def _label(found: Contact) -> str:
    return channels.channel(found.channel, on=timezone.localdate(found.received_at)).label


def _page(
    request: HttpRequest, *, first: dict[str, Any], makes_good: Contact | None, aside: LayAside | None = None
) -> HttpResponse:
    actor = actor_of(request)
    organ = actor.organ or 0
    is_sent = request.method == "POST" and aside is None
    if is_sent:
        form = Papers(request.POST, request.FILES, organ=organ)
        if form.is_valid() and (opened := _registered(form, makes_good, actor)):
            numbers = "、".join(f"{case.procedure.label} {case.number}" for case in opened)
            messages.success(request, f"已登记：{numbers}。")
            return redirect(opened[0])
    else:
        form = Papers(organ=organ, initial={"submission": uuid7()} | first)
    context = {
        "form": form, "contact": makes_good, "aside": aside or LayAside(),
        "reference": contacts.reference(makes_good) if makes_good else "",
        "evidence": reading.evidence(makes_good) if makes_good else [],
    }  # fmt: skip
    return render(request, "consumer/paper.html", context, status=422 if is_sent or aside else 200)


def _registered(form: Papers, makes_good: Contact | None, actor: Actor) -> list[Case]:
    given = form.cleaned_data
    try:
        return officers.register_paper(
            form.filing(), channel=given["channel"], key=str(given["submission"]),
            payload=urlencode(sorted(form.data.items())), received_at=_at(given["received"]),
            scans=given["scans"], makes_good=makes_good, actor=actor,
        )  # fmt: skip
    except consumer.KeyTaken:
        form.add_error(None, "这一页已经登记过别的内容，请打开新的登记页。")
    except cases.Refused as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in given else None, str(refused))
    return []


def _at(day: Any) -> datetime | None:
    """Paper counts from the day it was received, which may be earlier than that of its entry."""
    return None if day == clock.today() else timezone.make_aware(datetime.combine(day, NOON))
