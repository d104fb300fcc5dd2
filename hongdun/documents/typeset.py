"""Typst as a function: template and data in, PDF out."""

from __future__ import annotations

import json
import re
import threading
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

import typst

from hongdun.documents import fonts
from hongdun.documents.errors import MissingGlyphs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Data travels as JSON and is never pasted into template source, so no name can become code.
Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None

EMPTY_BOX = re.compile(r'text `"(.+?)"` could not be displayed')
TEMPLATES = Path(__file__).parent / "typst"
# PDF/A-2b: the archive must open the paper in decades, with fonts embedded.
STANDARD: Literal["a-2b"] = "a-2b"


@lru_cache(maxsize=4)
def _faces(found: tuple[str, ...]) -> typst.Fonts:
    """Fonts shared by all threads: each copy would hold another 20 MB."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(Path(path).parent) for path in found}),
    )


class Desk(threading.local):
    """One set of compilers per thread: a typst compiler is not thread-safe ("Already borrowed")."""

    def __init__(self) -> None:
        self.compilers: dict[tuple[str, tuple[str, ...]], typst.Compiler] = {}

    def compiler(self, template: str) -> typst.Compiler:
        found = tuple(str(path) for path in fonts.paths())
        if (template, found) not in self.compilers:
            self.compilers[template, found] = typst.Compiler(
                TEMPLATES / template,
                root=TEMPLATES,
                font_paths=_faces(found),
            )
        return self.compilers[template, found]


_desk = Desk()


def picture_page(picture: bytes, *, extension: str, title: str, made: datetime) -> bytes:
    """One A4 page with a photo or scan on it, upright as its EXIF says, lying where it is wider than high."""
    with TemporaryDirectory() as folder:
        (Path(folder) / f"picture.{extension}").write_bytes(picture)
        # A picture can only be read from under the root, so the template travels as bytes.
        compiler = typst.Compiler(
            (TEMPLATES / "picture.typ").read_bytes(), root=folder, ignore_system_fonts=True
        )
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"title": title, "file": f"/picture.{extension}"},
            timestamp=int(made.timestamp()),
        )
    return cast("bytes", pdf)


def compile_pdf(
    template: str,
    data: Mapping[str, Json],
    *,
    made: datetime,
    body: bool = False,
    **images: str,
) -> bytes:
    """Set `template` with `data` and SVG `images`; the same input gives the same bytes."""
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "fonts": json.dumps(fonts.families(body=body), ensure_ascii=False),
        **images,
    }
    try:
        pdf = _desk.compiler(template).compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[STANDARD],
            timestamp=int(made.timestamp()),
        )
    except typst.TypstError as error:
        # A mounted font that states a character but can't draw it is caught here at the latest.
        if empty_box := EMPTY_BOX.search(error.message):
            raise MissingGlyphs(list(empty_box[1])) from error
        raise
    return cast("bytes", pdf)
