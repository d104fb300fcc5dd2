"""Numbers on pages that others have made, without touching what is already drawn there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject, PdfWriter

FONT = "/HdNumber"
SIZE = 11
SIDE, TOP = 26, 24
DIGIT_WIDTH = 0.556  # of Helvetica, in em


def number_pages(writer: PdfWriter, pages: Sequence[PageObject]) -> None:
    """Write 1, 2, 3 … on the outer upper corner: right on odd, left on even pages."""
    helvetica = writer._add_object(  # noqa: SLF001 - pypdf offers no public name for it
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )
    opening = _stream(writer, b"q\n")
    for number, page in enumerate(pages, 1):
        resources = _own(page, "/Resources")
        fonts = _own(resources, "/Font")
        fonts[NameObject(FONT)] = helvetica
        drawn = page.get("/Contents")
        parts = drawn.get_object() if drawn is not None else ArrayObject()
        streams = list(parts) if isinstance(parts, ArrayObject) else [page.raw_get("/Contents")]
        mark = _stream(writer, f"\nQ {_mark(page, number)}".encode("ascii"))
        page[NameObject("/Contents")] = ArrayObject([opening, *streams, mark])


def _own(parent: DictionaryObject, key: str) -> DictionaryObject:
    """Copy a dictionary that other pages may share, or that was inherited, into `parent`."""
    inherited = parent.get(key)
    if inherited is None and key == "/Resources":
        inherited = _from_above(parent)
    copy = DictionaryObject(inherited.get_object() if inherited is not None else {})
    parent[NameObject(key)] = copy
    return copy


def _from_above(page: DictionaryObject) -> DictionaryObject | None:
    above = page.get("/Parent")
    while above is not None:
        node = above.get_object()
        if "/Resources" in node:
            return DictionaryObject(node["/Resources"])
        above = node.get("/Parent")
    return None


def _stream(writer: PdfWriter, data: bytes) -> object:
    stream = StreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001 - as above


def _mark(page: PageObject, number: int) -> str:
    """Drawing operators of one number, in the page as it is shown: cropped and turned."""
    box = page.cropbox
    left, bottom, wide, high = float(box.left), float(box.bottom), float(box.width), float(box.height)
    turn = page.rotation % 360
    shown_wide, shown_high = (high, wide) if turn in {90, 270} else (wide, high)
    matrix = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, left + wide, bottom),
        180: (-1, 0, 0, -1, left + wide, bottom + high),
        270: (0, -1, 1, 0, left, bottom + high),
    }[turn]
    length = len(str(number)) * SIZE * DIGIT_WIDTH
    x = shown_wide - SIDE - length if number % 2 else SIDE
    y = shown_high - TOP - SIZE
    moved = " ".join(f"{value:g}" for value in matrix)
    return (
        f"q {moved} cm 1 g {x - 3:.1f} {y - 3:.1f} {length + 6:.1f} {SIZE + 4} re f 0 g"
        f" BT {FONT} {SIZE} Tf {x:.1f} {y:.1f} Td ({number}) Tj ET Q\n"
    )
