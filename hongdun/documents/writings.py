"""Papers that applicants sign: articles of association, agreements, resolutions, set from plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.documents import fonts, typeset
from hongdun.documents.words import midnight

if TYPE_CHECKING:
    from datetime import date


def print_writing(text: str, *, made: date) -> bytes:
    """The first line is the title; 第…章 and 第…条 are set as such; what follows a line ending in 签名（盖章）： is signed.

    Raises MissingGlyphs for a character without a glyph.
    """
    fonts.require(text.replace("\n", ""))
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()]
    return typeset.compile_pdf(
        "writing.typ",
        {"title": title, "lines": list(lines), "made": [made.year, made.month, made.day]},
        made=midnight(made),
        body=True,
    )
