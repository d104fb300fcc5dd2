"""A paper that somebody outside signs: an application, a receipt; nobody's seal stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.documents import fonts, typeset
from hongdun.documents.words import midnight

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationData:
    """`rows` are (label, words); `declarations` what the signature stands for; `signs` whose it is, empty for none."""

    title: str
    number: str
    addressee: str
    signer: str
    made: date
    rows: tuple[tuple[str, str], ...]
    declarations: tuple[str, ...]
    signs: str = "申请人签字"


def print_application(data: ApplicationData) -> bytes:
    """PDF of the application; raises MissingGlyphs before printing an empty box."""
    fonts.require(
        data.title, data.number, data.addressee, data.signer, data.signs, *data.declarations,
        *(text for row in data.rows for text in row),
    )  # fmt: skip
    inputs: dict[str, typeset.Json] = {
        "title": data.title, "number": data.number, "addressee": data.addressee, "signer": data.signer,
        "rows": [list(row) for row in data.rows], "declarations": list(data.declarations),
        "signs": data.signs, "made": [data.made.year, data.made.month, data.made.day],
    }  # fmt: skip
    return typeset.compile_pdf("application.typ", inputs, made=midnight(data.made), body=True)
