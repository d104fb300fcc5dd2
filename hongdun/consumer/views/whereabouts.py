"""Where a contact stands that is no filing yet, for who holds its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from hongdun.base.scope import system_scope
from hongdun.consumer.actions import taking
from hongdun.consumer.queries import channels, contacts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.consumer.models import Contact


def of_contact(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Numbers of the cases that came of it, or what is still needed."""
    with system_scope("来件人查询来件"):
        numbers = contacts.cases_of(contact)
        citation = channels.channel(contact.channel, on=timezone.localdate(contact.received_at)).citation
    context = {
        "reference": contacts.reference(contact), "numbers": numbers, "citation": citation,
        "received": contact.received_at, "link": taking.link(contact), "typed_here": contact.channel == "web",
    }  # fmt: skip
    return render(request, "consumer/progress_contact.html", context)
