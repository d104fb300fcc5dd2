"""The business licence on paper: 市场主体登记管理条例实施细则 art. 23 says which items it bears."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import segno
import typst

from hongdun.documents import fonts, ornament, places, typeset
from hongdun.documents.errors import DoesNotFit
from hongdun.documents.seal import seal_svg
from hongdun.documents.words import midnight, written_date

if TYPE_CHECKING:
    from datetime import date

    from hongdun.lib.entitytypes import Layout

Copy = Literal["original", "duplicate"]
MASK = 2
OVERFLOW = "does-not-fit:"


@dataclass(frozen=True, slots=True)
class Labels:
    """What items are called for one kind of entity (细则 art. 6, 23); no capital where none registered."""

    principal: str
    capital: str
    address: str


LABELS: dict[Layout, Labels] = {
    "company": Labels("法定代表人", "注册资本", "住所"),
    "legal_person": Labels("法定代表人", "出资额", "住所"),
    "sole_proprietorship": Labels("投资人", "出资额", "住所"),
    "partnership": Labels("执行事务合伙人", "出资额", "主要经营场所"),
    "cooperative": Labels("法定代表人", "出资额", "住所"),
    "branch": Labels("负责人", "", "经营场所"),
    "individual": Labels("经营者", "", "经营场所"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceData:
    """What one licence says. `url` goes into the QR code; `serial` is the sheet's control number."""

    kind: Layout
    uscc: str
    name: str
    type: str
    principal: str
    established: date
    address: str
    scope: str
    authority: str
    issued: date
    url: str
    capital: str = ""
    composition: str = ""
    serial: str = ""
    seal_number: str = ""


def print_licence(
    data: LicenceData, *, copy: Copy = "original", duplicate_no: int = 1, specimen: bool
) -> bytes:
    """One page of PDF: the original on A3, a duplicate on A4, both landscape.

    Raises MissingGlyphs for a character without a glyph and DoesNotFit for an item that is too long.
    """
    items = _items(data)
    fonts.require(data.uscc, data.serial, data.authority, *(value for _, value in items.values()))
    width, height = (420.0, 297.0) if copy == "original" else (297.0, 210.0)
    try:
        return typeset.compile_pdf(
            "licence.typ",
            {
                "items": {place: list(item) for place, item in items.items()},
                "uscc": data.uscc,
                "serial": data.serial,
                "authority": data.authority,
                "issued": [data.issued.year, data.issued.month, data.issued.day],
                "duplicate": 0 if copy == "original" else duplicate_no,
                "individual": data.kind == "individual",
                "specimen": specimen,
            },
            made=midnight(data.issued),
            seal=seal_svg(data.authority, line="登记专用章", number=data.seal_number),
            frame=ornament.frame_svg(width, height),
            emblem=_emblem(),
            qr=qr_svg(data.url),
        )
    except typst.TypstError as error:
        raise _readable(error, items) from error


def _items(data: LicenceData) -> dict[str, tuple[str, str]]:
    """Label and value of every item by its place on the page; an item without a value has no line."""
    labels = LABELS[data.kind]
    items = {
        # An individual business may do without a name (细则 art. 6 item 7).
        "name": ("名称", data.name or "＊＊＊"),
        "type": ("类型", data.type),
        "principal": (labels.principal, data.principal),
        "capital": (labels.capital, data.capital),
        "composition": ("组成形式", data.composition),
        "established": ("成立日期", written_date(data.established)),
        "address": (labels.address, data.address),
        "scope": ("经营范围", data.scope),
    }
    return {place: (label, value) for place, (label, value) in items.items() if label and value}


def qr_svg(text: str) -> str:
    """QR code at error level M without its quiet zone, which the page provides."""
    out = BytesIO()
    # Trying all eight masks takes 20 ms; a signed code is as good as random, so any mask reads well.
    segno.make(text, error="m", micro=False, mask=MASK).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return out.getvalue().decode()


def _emblem() -> str:
    own = places.home() / "emblem.svg"
    return own.read_text() if own.is_file() else ornament.emblem_svg()


def _readable(error: typst.TypstError, items: dict[str, tuple[str, str]]) -> Exception:
    message = str(error.message)
    if OVERFLOW not in message:
        return error
    place = message.partition(OVERFLOW)[2].partition('"')[0]
    label, value = items[place]
    return DoesNotFit(label, len(value))
