from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.documents import store
from hongdun.documents.errors import Isolated
from hongdun.documents.models import Document, Scan

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.documents.models import DocumentQuerySet

# The bureau's own papers: who wants to read its archive asks for it there (市场主体登记管理条例实施细则 art. 60).
INTERNAL = frozenset({"review_sheet", "archive"})


def document(document_id: UUID) -> Document | None:
    """Find a document among those that the database shows to the acting person."""
    return Document.objects.filter(id=document_id).first()


def of_case(case_id: UUID) -> DocumentQuerySet:
    return Document.objects.of_case(case_id)


def content(found: Document) -> bytes:
    """Bytes of a document, as stored or as issued; raises DamagedFile rather than hand out other bytes, or a virus."""
    if found.scan == Scan.THREAT:
        raise Isolated(f"“{found.title}”被查出病毒，已经隔离。请让提交人杀毒后重新提交。")
    return store.get(found.sha256)
