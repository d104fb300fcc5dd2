"""Notices of the registration authority, laid out as a letter after GB/T 9704-2012 §10.1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongdun.documents import fonts, typeset
from hongdun.documents.seal import seal_svg
from hongdun.documents.words import midnight, written_date

if TYPE_CHECKING:
    from datetime import date

    from hongdun.documents.typeset import Json


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered point of a notice, and the article that it rests on."""

    text: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeData:
    """One notice. `rows` under `columns` make a table (received materials); `station` is who handles it.

    `remedies` says how and until when to ask for review or sue; it stays on the page of the seal.
    """

    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    organ: str
    issued: date
    items: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    closing: tuple[str, ...] = ()
    remedies: str = ""
    station: str = ""
    contact: str = ""
    seal_line: str = "登记专用章"
    seal_number: str = ""

    def texts(self) -> list[str]:
        """Everything that will be printed, for the check against the fonts."""
        return [
            *(self.title, self.number, self.addressee, self.organ, self.remedies, self.station, self.contact),
            *self.paragraphs,
            *self.closing,
            *self.columns,
            *(cell for row in self.rows for cell in row),
            *(item.text + item.article for item in self.items),
        ]


def print_notice(data: NoticeData, *, specimen: bool) -> bytes:
    """PDF of the notice, as many A4 pages as it needs; raises MissingGlyphs before printing an empty box."""
    fonts.require(*data.texts())
    return typeset.compile_pdf(
        "notice.typ",
        _inputs(data) | {"specimen": specimen},
        made=midnight(data.issued),
        body=True,
        seal=seal_svg(data.organ, line=data.seal_line, number=data.seal_number),
    )


def _inputs(data: NoticeData) -> dict[str, Json]:
    return {
        "title": data.title,
        "number": data.number,
        "addressee": data.addressee,
        "paragraphs": list(data.paragraphs),
        "items": [[item.text, item.article] for item in data.items],
        "columns": list(data.columns),
        "rows": [list(row) for row in data.rows],
        "closing": list(data.closing),
        "remedies": data.remedies,
        "organ": data.organ,
        "date": written_date(data.issued),
        "issued": [data.issued.year, data.issued.month, data.issued.day],
        "station": data.station,
        "contact": data.contact,
    }
