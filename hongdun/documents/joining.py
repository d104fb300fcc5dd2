"""Several photos of one paper as one PDF, a page for each, upright."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfWriter

from hongdun.base import clock
from hongdun.documents import typeset, uploads
from hongdun.documents.errors import UploadRefused
from hongdun.documents.words import midnight

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURES = {uploads.JPEG: "jpg", uploads.PNG: "png"}


def joined(files: Sequence[tuple[str, bytes]], *, title: str) -> list[tuple[str, bytes]]:
    """Pictures become one PDF in the order given; a single one, and what holds a PDF, stays as it is.

    Each is checked before it is drawn; raises UploadRefused naming the one that is wrong.
    """
    if len(files) < 2:  # noqa: PLR2004 - there is nothing to join
        return list(files)
    checked = [_checked(name, data) for name, data in files]
    if any(each.content_type not in PICTURES for each in checked):
        return list(files)
    writer, out = PdfWriter(), BytesIO()
    for each in checked:
        page = typeset.picture_page(
            each.data, extension=PICTURES[each.content_type], title=title, made=midnight(clock.today())
        )
        writer.append(BytesIO(page))
    writer.write(out)
    return [(f"{title}（{len(files)} 张照片）.pdf", out.getvalue())]


def _checked(name: str, data: bytes) -> uploads.Checked:
    try:
        return uploads.check(data, filename=name)
    except UploadRefused as refused:
        raise UploadRefused(f"{name}：{refused}") from refused
