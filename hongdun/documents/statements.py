"""Papers of two sides: a mediation statement with a place for each signature, or the record of a mediation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from hongdun.documents import fonts, typeset
from hongdun.documents.seal import seal_svg
from hongdun.documents.words import midnight, written_date

if TYPE_CHECKING:
    from datetime import date

SEAL_LINE = "投诉举报专用章"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two who agree; `role` is what the paper calls them."""

    role: str
    name: str
    address: str = ""
    phone: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementData:
    """`sections` are (heading, text); `signed`: both sides sign and the paper becomes effective with it."""

    title: str
    number: str
    organ: str
    issued: date
    sides: tuple[Side, Side]
    sections: tuple[tuple[str, str], ...]
    closing: str = ""
    signed: bool = True
    station: str = ""
    seal_number: str = ""


def print_statement(data: StatementData, *, specimen: bool) -> bytes:
    """PDF of the paper; raises MissingGlyphs before printing an empty box."""
    sides = [asdict(side) for side in data.sides]
    fonts.require(
        data.title, data.number, data.organ, data.closing, data.station,
        *(text for side in sides for text in side.values()), *(text for pair in data.sections for text in pair),
    )  # fmt: skip
    inputs: dict[str, typeset.Json] = {
        "title": data.title,
        "number": data.number,
        "organ": data.organ,
        "sides": [dict(side) for side in sides],
        "sections": [list(pair) for pair in data.sections],
        "closing": data.closing,
        "signed": data.signed,
        "station": data.station,
        "date": written_date(data.issued),
        "issued": [data.issued.year, data.issued.month, data.issued.day],
        "specimen": specimen,
    }
    return typeset.compile_pdf(
        "statement.typ", inputs, made=midnight(data.issued), body=True,
        seal=seal_svg(data.organ, line=SEAL_LINE, number=data.seal_number),
    )  # fmt: skip
