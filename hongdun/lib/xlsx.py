"""A spreadsheet (Office Open XML, ECMA-376) of plain tables: text, numbers with a format, a head that stays in sight."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Format = Literal["", "head", "count", "percent", "money", "decimal"]
FORMATS: tuple[Format, ...] = ("", "head", "count", "percent", "money", "decimal")
_CODES = {"count": "#,##0", "percent": "0.00%", "money": "#,##0.00", "decimal": "0.00"}
_FIRST_OF_OURS = 164  # numbers of formats below are those that every spreadsheet knows
_UNTOLD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML can't hold
_NAMED = re.compile(r"[\[\]:*?/\\]")  # and names of sheets
_NAME_LENGTH = 31
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same tables make the same file

Value: TypeAlias = str | int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    format: Format = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`widths` in characters; the first row is the head."""

    name: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _parts(sheets):
            file.writestr(zipfile.ZipInfo(name, _MOMENT), _HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _types(len(sheets))
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    yield "xl/workbook.xml", _book(sheets)
    files = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    yield "xl/_rels/workbook.xml.rels", _relations([*files, ("styles", "styles.xml")])
    yield "xl/styles.xml", _styles()
    for number, sheet in enumerate(sheets, 1):
        yield f"xl/worksheets/sheet{number}.xml", _sheet(sheet)


def _types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    given = "".join(f'<Override PartName="{p}" ContentType="{_OFFICE}.{kind}+xml"/>' for p, kind in parts)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{given}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    each = (
        f'<Relationship Id="r{n}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _book(sheets: Sequence[Sheet]) -> str:
    named = "".join(
        f'<sheet name={quoteattr(_NAMED.sub(" ", sheet.name)[:_NAME_LENGTH])} sheetId="{n}" r:id="r{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{named}</sheets></workbook>'


def _styles() -> str:
    codes = "".join(
        f'<numFmt numFmtId="{_FIRST_OF_OURS + FORMATS.index(name)}" formatCode="{code}"/>'
        for name, code in _CODES.items()
    )
    formats = "".join(_style(name) for name in FORMATS)
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(_CODES)}">{codes}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(FORMATS)}">{formats}</cellXfs></styleSheet>'
    )


def _style(name: Format) -> str:
    if name == "head":
        centred = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
        return f'<xf fontId="1" applyFont="1" applyAlignment="1">{centred}</xf>'
    number = _FIRST_OF_OURS + FORMATS.index(name) if name in _CODES else 0
    return f'<xf numFmtId="{number}" applyNumberFormat="1"/>'


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(_row(number, row) for number, row in enumerate(sheet.rows, 1))
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2"'
        ' activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{rows}</sheetData></worksheet>"
    )


def _row(number: int, cells: Sequence[Cell]) -> str:
    filled = "".join(_cell(f"{_letters(n)}{number}", cell) for n, cell in enumerate(cells, 1))
    return f'<row r="{number}">{filled}</row>'


def _cell(place: str, cell: Cell) -> str:
    style = f' s="{FORMATS.index(cell.format)}"' if cell.format else ""
    if cell.value is None:
        return f'<c r="{place}"{style}/>'
    if isinstance(cell.value, str):
        # Text is never a formula, whatever it begins with.
        text = escape(_UNTOLD.sub("", cell.value))
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}"{style}><v>{cell.value}</v></c>'


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
