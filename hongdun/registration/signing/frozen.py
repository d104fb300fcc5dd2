"""The application as it is signed: its answers and the bytes of its papers under one hash."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hongdun.base.actor import Actor
from hongdun.base.scope import acting
from hongdun.documents.models import Document
from hongdun.lib import canonical
from hongdun.registration import queries
from hongdun.registration.topics.terms import document_ids

if TYPE_CHECKING:
    from hongdun.registration.models import Draft


def papers(draft: Draft) -> list[Document]:
    """The uploaded papers, in a lasting order; until they are on a case only the applicant's scope shows them."""
    with acting(Actor(str(draft), "applicant", draft.person)):
        return list(Document.objects.filter(pk__in=document_ids(draft.data)).order_by("kind", "id"))


def fingerprint(draft: Draft) -> str:
    """SHA-256 over answers and papers; any change of either gives another."""
    pages = queries.topics(draft.procedure_code, draft.data)
    answers = {
        code: canonical.plain(draft.data[code])
        for code in pages
        if code in draft.data and code != "documents"
    }
    hashes = [[each.kind, each.title, each.sha256] for each in papers(draft)]
    return hashlib.sha256(canonical.text(draft.procedure_code, answers, hashes)).hexdigest()
