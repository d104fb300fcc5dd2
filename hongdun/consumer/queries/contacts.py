"""Contacts by what their sender holds in hand, and those that still have to become a filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.base.scope import system_scope
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import channels
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

LETTER, HEX = "L", 8
RECENT = 200
# What comes to our number without anybody listening; calls are the operators', scans are registered at once.
WAITING = ("web", "email", "sms", "open311", "hotline_12345", "fax", "platform_12315")


def reference(contact: Contact) -> str:
    """A short number to say on the telephone: day and end of the key; unique together with the sender's number."""
    return f"{LETTER}{timezone.localdate(contact.received_at):%y%m%d}-{contact.pk.hex[-HEX:].upper()}"


def is_reference(number: str) -> bool:
    return number.strip().upper().startswith(LETTER) and "-" in number


def find(number: str, phone: str) -> Contact | None:
    hashed = parties.phone_hash(phone)
    if not hashed:
        return None
    with system_scope("查询来件"):
        mine = list(Contact.objects.filter(sender_hash=hashed).order_by("-received_at")[:RECENT])
    return next((each for each in mine if reference(each) == number.strip().upper()), None)


def cases_of(contact: Contact) -> list[str]:
    """Numbers of what a contact, or the call that made it good, became; a report's only to who sent it."""
    matters = list(contact.matters.select_related("case"))
    for later in contact.followed_by.all():
        matters += later.matters.select_related("case")
    return [matter.case.number for matter in matters]


def waiting(actor: Actor) -> QuerySet[Contact]:
    """Nobody has made a case of them, nor laid them aside."""
    return Contact.objects.filter(
        organ__range=actor.range, channel__in=WAITING, matters__isnull=True, followed_by__isnull=True
    ).order_by("received_at")


def stands(channel: str, kinds: Iterable[str], *, contact: Contact) -> bool:
    """Whether what came this way is a filing at once (art. 8); a question may be asked in any way."""
    way = channels.channel(channel, on=timezone.localdate(contact.received_at))
    return way.counts or not {"complaint", "report"} & set(kinds)
