"""A closed case as one PDF: cover, index (卷内目录), and every paper, its pages counted through."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from hongdun.documents import fonts, typeset
from hongdun.documents.errors import DocumentProblem
from hongdun.documents.pagemarks import number_pages
from hongdun.documents.words import midnight, written_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hongdun.documents.typeset import Json

PDF = "application/pdf"
IMAGES = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the file: its bytes as kept, and what the index says of it."""

    title: str
    content_type: str
    data: bytes
    number: str = ""
    author: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands on the cover of a registration file (市场主体登记管理条例实施细则 art. 59)."""

    organ: str
    title: str
    case_number: str
    entity: str = ""
    uscc: str = ""
    opened: date | None = None
    closed: date
    archived_by: str = ""
    kept_for: str = "永久"


def archive(cover: Cover, papers: Sequence[Paper]) -> bytes:
    """One PDF of the whole file; pages are counted from the first paper, cover and index apart.

    Raises DocumentProblem naming the paper that can't be read.
    """
    bodies = [_as_pdf(paper, cover.closed) for paper in papers]
    starts, following = [], 1
    for body in bodies:
        starts.append(following)
        following += len(body.pages)
    front = PdfReader(BytesIO(_front(cover, papers, starts, following - 1)))
    writer = PdfWriter()
    writer.append(front, import_outline=False)
    for paper, body in zip(papers, bodies, strict=True):
        writer.append(body, outline_item=paper.title, import_outline=False)
    drop_signatures(writer)
    number_pages(writer, writer.pages[len(front.pages) :])
    writer.add_metadata({"/Title": cover.title, "/Author": cover.organ, "/Producer": "Hongdun"})
    out = BytesIO()
    writer.compress_identical_objects()
    writer.write(out)
    return out.getvalue()


def _as_pdf(paper: Paper, day: date) -> PdfReader:
    try:
        data = paper.data if paper.content_type == PDF else _picture_page(paper, day)
        reader = PdfReader(BytesIO(data))
        reader.get_page(0)
    except Exception as error:
        raise DocumentProblem(
            f"归档时打不开“{paper.title}”。请在案件材料中打开核对，损坏的请从备份恢复后重新归档。"
        ) from error
    return reader


def _picture_page(paper: Paper, day: date) -> bytes:
    extension = IMAGES[paper.content_type]
    return typeset.picture_page(paper.data, extension=extension, title=paper.title, made=midnight(day))


def _front(cover: Cover, papers: Sequence[Paper], starts: list[int], last: int) -> bytes:
    ends = [*(start - 1 for start in starts[1:]), last]
    rows: list[Json] = [
        [
            str(place),
            paper.number,
            paper.author,
            paper.title,
            paper.day.isoformat() if paper.day else "",
            f"{start}" if start == end else f"{start}–{end}",
            paper.note,
        ]
        for place, (paper, start, end) in enumerate(zip(papers, starts, ends, strict=True), 1)
    ]
    facts: list[Json] = [
        ["市场主体", cover.entity],
        ["统一社会信用代码", cover.uscc],
        ["受理编号", cover.case_number],
        ["立卷期间", _period(cover)],
        ["件数、页数", f"{len(papers)} 件　{last} 页"],
        ["保管期限", cover.kept_for],
        ["立卷人", cover.archived_by],
    ]
    data: dict[str, Json] = {"organ": cover.organ, "title": cover.title, "facts": facts, "rows": rows}
    # A title that somebody typed on a phone must not keep a closed case from the archive.
    printable = json.loads(fonts.readable(json.dumps(data, ensure_ascii=False)))
    return typeset.compile_pdf("archive.typ", printable, made=midnight(cover.closed))


def _period(cover: Cover) -> str:
    closed = written_date(cover.closed)
    return f"{written_date(cover.opened)}至{closed}" if cover.opened else closed


def drop_signatures(writer: PdfWriter) -> None:
    """Leave out the signatures of single papers: copied into another file they would only read as broken.

    Each signed paper itself is kept beside, byte for byte; the archive file is sealed as a whole when issued.
    """
    writer.root_object.pop("/AcroForm", None)
    for page in writer.pages:
        marks: list[IndirectObject] = list(page.annotations or [])
        kept = ArrayObject(mark for mark in marks if not _is_signature(mark))
        if len(kept) != len(marks):
            page[NameObject("/Annots")] = kept


def _is_signature(mark: IndirectObject) -> bool:
    found = mark.get_object()
    return isinstance(found, DictionaryObject) and found.get("/FT") == "/Sig"
