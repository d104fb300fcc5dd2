"""An extract of the register (登记信息摘录) on paper: as many A4 pages as it needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.documents import fonts, typeset
from hongdun.documents.licence import qr_svg
from hongdun.documents.seal import seal_svg
from hongdun.documents.words import SHANGHAI, written_date

if TYPE_CHECKING:
    from datetime import datetime

    from hongdun.documents.typeset import Json


@dataclass(frozen=True, slots=True)
class Table:
    """A part of the extract; without `columns` its rows are pairs of label and value."""

    title: str
    rows: list[list[str]]
    columns: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractData:
    """What one extract says; `moment` names the day and the knowledge that it rests on."""

    name: str
    authority: str
    moment: str
    tables: list[Table]
    remarks: list[str]
    number: str
    url: str
    verify_at: str
    made: datetime
    seal_number: str = ""


def print_extract(data: ExtractData, *, specimen: bool) -> bytes:
    """What the register holds must be printable: a sign that no font has stands as 〓, and the paper says so."""
    body: dict[str, Json] = {
        "name": data.name,
        "authority": data.authority,
        "moment": data.moment,
        "tables": [
            [each.title, list(each.columns), [list(row) for row in each.rows]] for each in data.tables
        ],
        "remarks": list(data.remarks),
    }
    text = json.dumps(body, ensure_ascii=False)
    lacking = fonts.missing(text)
    printable: dict[str, Json] = json.loads(fonts.readable(text)) if lacking else body
    fixed: dict[str, Json] = {
        "number": data.number,
        "made": f"{data.made.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
        "day": written_date(data.made.astimezone(SHANGHAI).date()),
        "verify_at": data.verify_at,
        "specimen": specimen,
        "lacking": "、".join(f"U+{ord(character):04X}" for character in lacking),
    }
    fonts.require(data.number, data.verify_at)
    return typeset.compile_pdf(
        "extract.typ",
        printable | fixed,
        made=data.made,
        qr=qr_svg(data.url),
        seal=seal_svg(fonts.readable(data.authority), line="查询专用章", number=data.seal_number),
    )
