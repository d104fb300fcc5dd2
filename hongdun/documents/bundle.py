"""Several papers as one file to be printed in one go."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter

from hongdun.documents.archive import drop_signatures

if TYPE_CHECKING:
    from collections.abc import Sequence


def bind(pdfs: Sequence[bytes], *, title: str) -> bytes:
    """All pages in order; each paper itself is kept beside, signed, byte for byte."""
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(BytesIO(pdf)), import_outline=False)
    drop_signatures(writer)
    writer.add_metadata({"/Title": title, "/Producer": "Hongdun"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
