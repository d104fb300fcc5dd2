"""Take files in, issue papers, put them on their case."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.documents import scanning, signing, store, uploads
from hongdun.documents.errors import DocumentProblem, UploadRefused
from hongdun.documents.models import Document, Scan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from hongdun.base.actor import Actor

logger = logging.getLogger(__name__)
PDF = "application/pdf"
MOST_SCANNED = 200


class NotYours(DocumentProblem):
    """The document is not there for this person, is on another case, or is already issued."""


def store_upload(
    data: bytes,
    *,
    actor: Actor,
    kind: str,
    title: str,
    filename: str,
    organ: int | None = None,
    person: UUID | None = None,
    case_id: UUID | None = None,
) -> Document:
    """Check and keep a file from outside; raises UploadRefused with what to do about it."""
    checked = uploads.check(data, filename=filename)
    scan = _scanned(data, filename=checked.filename)
    found = Document.objects.create(
        sha256=store.put(checked.data),
        kind=kind,
        title=title,
        filename=checked.filename,
        content_type=checked.content_type,
        size=len(checked.data),
        pages=checked.pages,
        organ=organ,
        person=person,
        case_id=case_id,
        scan=scan,
    )
    _record("document.uploaded", found, actor=actor)
    return found


def _scanned(data: bytes, *, filename: str) -> Scan:
    """Ask the scanner, if there is one; while it is silent people still file, and the file is looked at later."""
    if not scanning.wanted():
        return Scan.NONE
    try:
        threat = scanning.threat_in(data)
    except scanning.ScannerSilent:
        logger.warning("scanner silent", exc_info=True)
        return Scan.DUE
    if threat:
        scanning.isolate(data, filename=filename, threat=threat)
        raise UploadRefused(f"文件含有病毒（{threat}），没有保存。请在本机杀毒，重新生成文件后再上传。")
    return Scan.CLEAN


def scan_due(*, actor: Actor) -> int:
    """Look at files on cases that came while the scanner was silent; stops when it still is.

    A file that is on no case yet is its owner's alone, and looked at once it is handed in.
    """
    due = list(Document.objects.filter(scan=Scan.DUE).order_by("created")[:MOST_SCANNED])
    for done, found in enumerate(due):
        data = store.get(found.sha256)
        try:
            threat = scanning.threat_in(data)
        except scanning.ScannerSilent:
            return done
        if threat:
            scanning.isolate(data, filename=found.filename, threat=threat)
            _record("document.isolated", found, actor=actor)
        found.scan = Scan.THREAT if threat else Scan.CLEAN
        found.save(update_fields=["scan"])
    return len(due)


def issue(
    pdf: bytes,
    *,
    actor: Actor,
    organ: int,
    kind: str,
    title: str,
    location: str,
    number: str = "",
    person: UUID | None = None,
    case_id: UUID | None = None,
) -> Document:
    """Seal a printed paper with the electronic seal and keep those very bytes: a reprint is the same file."""
    at = now()
    signed = signing.sign_pdf(pdf, reason=title, location=location, at=at)
    found = Document.objects.create(
        sha256=store.put(signed),
        kind=kind,
        title=title,
        filename=uploads.safe_name(f"{title} {number}".rstrip(), extension=".pdf"),
        content_type=PDF,
        size=len(signed),
        pages=uploads.page_count(signed),
        organ=organ,
        person=person,
        case_id=case_id,
        created=at,
        issued=True,
        number=number,
    )
    _record("document.issued", found, actor=actor)
    return found


def keep(pdf: bytes, *, actor: Actor, kind: str, title: str, organ: int) -> Document:
    """Keep a file made for the office's own use; it is no paper of the authority, so it bears no seal."""
    found = Document.objects.create(
        sha256=store.put(pdf),
        kind=kind,
        title=title,
        filename=uploads.safe_name(title, extension=".pdf"),
        content_type=PDF,
        size=len(pdf),
        pages=uploads.page_count(pdf),
        organ=organ,
        issued=True,
    )
    _record("document.kept", found, actor=actor)
    return found


def attach(document_ids: Iterable[UUID], *, actor: Actor, case_id: UUID, organ: int) -> None:
    """Put uploaded files on the case that was opened with them."""
    wanted = set(document_ids)
    loose = Document.objects.filter(id__in=wanted, case_id=None, issued=False)
    if actor.kind == "applicant":
        loose = loose.filter(person=actor.person)
    if loose.update(case_id=case_id, organ=organ) != len(wanted):
        raise NotYours("有材料已被删除或已用于另一件申请，请重新上传后提交。")
    for found in Document.objects.filter(id__in=wanted):
        _record("document.attached", found, actor=actor)


def discard(document_id: UUID, *, actor: Actor) -> None:
    """Take back an upload that is on no case yet; the bytes stay, other rows may name them."""
    loose = Document.objects.filter(id=document_id, case_id=None, issued=False)
    if actor.kind == "applicant":
        loose = loose.filter(person=actor.person)
    found = loose.first()
    if found is None:
        raise NotYours("这份材料已经提交，不能删除；需要更换的，请在补正时重新上传。")
    _record("document.discarded", found, actor=actor)
    found.delete()


def note_reading(found: Document, *, actor: Actor) -> None:
    """Log that somebody else than its owner opened a document (个人信息保护法 art. 51)."""
    if actor.person != found.person:
        _record("document.read", found, actor=actor)


def _record(verb: str, found: Document, *, actor: Actor) -> None:
    audit.record(
        verb,
        actor=actor,
        subject=found.id,
        organ=found.organ,
        case_id=found.case_id,
        kind=found.kind,
        sha256=found.sha256,
        number=found.number,
    )
