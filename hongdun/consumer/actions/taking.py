"""What comes in without an officer: kept first, then filed where the channel counts, else left for a call or a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing

from hongdun.base.scope import system_scope
from hongdun.consumer.actions.contacts import receive
from hongdun.consumer.actions.filing import submit
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import contacts, progress, reading
from hongdun.documents import actions as documents
from hongdun.documents import queries as document_queries
from hongdun.documents.models import Document
from hongdun.lib import organs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.consumer.actions.filing import Filing, Sender

EVIDENCE = progress.OWN
SALT = "consumer.contact"
LINK_DAYS = 15


@dataclass(frozen=True, slots=True)
class Taken:
    """`cases` is empty where the contact still has to become a filing."""

    contact: Contact
    cases: list[Case]


def take_in(
    *,
    channel: str,
    key: str,
    payload: str,
    organ: int,
    sender: Sender,
    follows: Contact | None = None,
) -> Contact:
    """Keep what came, in a transaction of its own: whatever is wrong with it shows later."""
    with system_scope(f"12315 来件 {channel}") as actor:
        return receive(
            channel=channel, key=key, payload=payload, organ=organ, actor=actor, sender_name=sender.name,
            sender_phone=sender.phone, follows=follows,
        )  # fmt: skip


def file(contact: Contact, filing: Filing, *, evidence: Sequence[UUID] = ()) -> Taken:
    """Open the cases if the channel counts on that day (art. 8); called again it returns the same ones."""
    with system_scope(f"12315 登记 {contact.channel}") as actor:
        if not contacts.stands(contact.channel, filing.kinds, contact=contact):
            return Taken(contact, [])
        opened = submit(contact, filing, actor=actor)
        put_on(opened, evidence, actor=actor)
        return Taken(contact, opened)


def upload(files: Iterable[UploadedFile[Any]], *, organ: int) -> list[Document]:
    """Files of somebody who hasn't sent the form yet; forgotten with it."""
    with system_scope("12315 网上填写") as actor:
        return [
            documents.store_upload(
                each.read(), actor=actor, kind=EVIDENCE, title="投诉举报证据", filename=each.name or "",
                organ=organ,
            )
            for each in files
        ]  # fmt: skip


def remove(document: UUID) -> None:
    with system_scope("12315 网上填写") as actor:
        documents.discard(document, actor=actor)


def forget_abandoned(*, before: datetime) -> int:
    """Files of forms that were never sent; those of contacts that still wait stay."""
    with system_scope("清理未提交的证据") as actor:
        loose = Document.objects.filter(kind=EVIDENCE, case_id=None, created__lt=before)
        kept = {key for each in contacts.waiting(actor) for key, _ in reading.evidence(each)}
        abandoned = [each.id for each in loose if str(each.id) not in kept]
        for key in abandoned:
            documents.discard(key, actor=actor)
        return len(abandoned)


def put_on(opened: Sequence[Case], evidence: Iterable[UUID], *, actor: Actor) -> None:
    """On each of the cases, for split ones keep no way to each other; a row never leaves its organ, a copy stands in."""
    wanted = list(evidence)
    loose = list(Document.objects.filter(id__in=wanted, case_id=None)) if wanted else []
    if not loose:
        return
    for at, case in enumerate(opened):
        own = [each for each in loose if at == 0 and each.organ == case.organ]
        documents.attach([each.id for each in own], actor=actor, case_id=case.id, organ=case.organ)
        for each in loose:
            if each not in own:
                _copy(each, case, actor=actor)


def _copy(found: Document, case: Case, *, actor: Actor) -> None:
    documents.store_upload(
        document_queries.content(found), actor=actor, kind=EVIDENCE, title=found.title, filename=found.filename,
        organ=case.organ, case_id=case.id,
    )  # fmt: skip


def organ_for(sale_division: str) -> int:
    """The city whose 12315 takes it in, by where it was bought; else this installation's own organ."""
    try:
        return organs.city_of(organs.from_division(sale_division)) or settings.HONGDUN_NODE
    except organs.OrganCodeError:
        return int(settings.HONGDUN_NODE)


def link(contact: Contact) -> str:
    """Address by which the sender turns a contact into a filing."""
    return f"{settings.BASE_URL}/12315/continue/{signing.dumps(str(contact.pk), salt=SALT, compress=True)}/"


def of_link(token: str) -> Contact:
    """Raises signing.BadSignature for an address that was cut or is too old."""
    key = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400)
    with system_scope("来件人打开链接"):
        return Contact.objects.get(pk=key)
