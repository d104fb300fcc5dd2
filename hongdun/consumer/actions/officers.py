"""What an officer makes of paper, and of what came by a way that doesn't count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.cases import actions as cases
from hongdun.consumer.actions.contacts import receive
from hongdun.consumer.actions.filing import submit
from hongdun.consumer.actions.taking import EVIDENCE, put_on
from hongdun.consumer.queries import reading
from hongdun.documents import actions as documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.consumer.actions.filing import Filing
    from hongdun.consumer.models import Contact


def register_paper(
    filing: Filing,
    *,
    channel: str,
    key: str,
    payload: str,
    received_at: datetime | None,
    scans: Sequence[UploadedFile[Any]],
    makes_good: Contact | None,
    actor: Actor,
) -> list[Case]:
    """Contact, cases, scans, all or nothing; pressed twice it is the same contact and the scans lie there once."""
    with transaction.atomic():
        contact = receive(
            channel=channel, key=key, payload=payload, organ=actor.organ or 0, actor=actor,
            sender_name=filing.sender.name, sender_phone=filing.sender.phone, received_at=received_at,
            follows=makes_good,
        )  # fmt: skip
        is_new = not contact.matters.exists()
        opened = submit(contact, filing, actor=actor)
        if is_new:
            put_on(opened, [*_kept(scans, actor=actor), *_earlier(makes_good)], actor=actor)
        return opened


def _kept(scans: Sequence[UploadedFile[Any]], *, actor: Actor) -> list[UUID]:
    return [
        documents.store_upload(
            each.read(), actor=actor, kind=EVIDENCE, title="来件扫描件", filename=each.name or "", organ=actor.organ
        ).id
        for each in scans
    ]  # fmt: skip


def _earlier(contact: Contact | None) -> list[UUID]:
    return [UUID(key) for key, _ in reading.evidence(contact)] if contact else []


def lay_aside(contact: Contact, *, reason: str, actor: Actor) -> None:
    """Nothing to register, such as an advertisement; what came stays, and why it went no further."""
    if not reason.strip():
        raise cases.Incomplete("请写明不予登记的理由。", field="reason")
    receive(
        channel="officer", key=f"aside:{contact.pk}", payload=reason.strip(), organ=contact.organ, actor=actor,
        follows=contact,
    )  # fmt: skip
    audit.record(
        "consumer.laid_aside", actor=actor, subject=contact.pk, organ=contact.organ, reason=reason.strip()
    )
