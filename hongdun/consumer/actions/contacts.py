"""Taking in what somebody says, before anything is read out of it; the same input twice is one contact."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import channels
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from datetime import datetime

    from hongdun.base.actor import Actor


class KeyTaken(Exception):
    """Another input came under the same key: its sender has to choose a new one."""


def receive(
    *,
    channel: str,
    key: str,
    payload: str,
    organ: int,
    actor: Actor,
    sender_name: str = "",
    sender_phone: str = "",
    received_at: datetime | None = None,
    follows: Contact | None = None,
) -> Contact:
    """Keep the input as it came; called again with the same channel and key it returns the first contact.

    Raises KeyTaken where the key was used for other words, UnknownChannel for a channel that isn't in the table.
    """
    at = received_at or now()
    channels.channel(channel, on=timezone.localdate(at))
    digest = sha256(payload.encode("utf-8", "surrogateescape")).hexdigest()
    contact = Contact(
        organ=organ, channel=channel, key=key, received_at=at, payload=payload, sha256=digest,
        sender_name=sender_name.strip(), sender_phone=sender_phone.strip(),
        sender_hash=parties.phone_hash(sender_phone), by=actor.person, follows=follows,
    )  # fmt: skip
    Contact.objects.bulk_create([contact], ignore_conflicts=True)
    kept = Contact.objects.filter(channel=channel, key=key)
    if kept.values_list("pk", flat=True).get() != contact.pk:
        return _same(kept.get(), digest)
    audit.record("contact.received", actor=actor, subject=contact.id, organ=organ, channel=channel)
    return contact


def _same(found: Contact, digest: str) -> Contact:
    if found.sha256 != digest:
        raise KeyTaken(f"幂等键“{found.key}”已用于另一份内容，请换一个新的键重新提交。")
    return found
