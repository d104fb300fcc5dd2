"""The round official seal as SVG of glyph outlines: no viewer needs a font for it.

国务院关于国家行政机关和企业事业单位社会团体印章管理的规定（国发 1999 年第 25 号）: round, star in the
middle, name around it; a county bureau's seal is 42 mm across.
It is a picture; the signature is what proves the paper.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from hongdun.documents import fonts, ornament

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 42.0
BORDER = 1.2
RED = "#d7000f"
LONGEST_AT_FULL_SIZE = 14
Matrix = tuple[float, float, float, float, float, float]


def seal_svg(organ: str, *, line: str = "", number: str = "") -> str:
    """SVG of the seal of `organ`, with `line` (登记专用章) under the star and the 13-digit `number` below."""
    fonts.require(organ, line, number)
    return _draw(organ, line, number, tuple(fonts.paths()))


@lru_cache(maxsize=512)
def _draw(organ: str, line: str, number: str, faces: tuple[Path, ...]) -> str:
    strokes = [
        *_arc(organ, faces),
        ornament.star(SIZE / 2, SIZE / 2, SIZE / 6),
        *_line(line, faces),
        *_number(number, faces),
    ]
    half = SIZE / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE:g}mm" height="{SIZE:g}mm"'
        f' viewBox="0 0 {SIZE:g} {SIZE:g}">'
        f'<circle cx="{half:g}" cy="{half:g}" r="{half - BORDER / 2:g}" fill="none" stroke="{RED}"'
        f' stroke-width="{BORDER:g}"/><path fill="{RED}" d="{"".join(strokes)}"/></svg>'
    )


def _glyph(character: str, faces: tuple[Path, ...], matrix: Matrix) -> str:
    """Outline of one character, em square of 1 with y upwards, moved by `matrix`."""
    face = fonts.open_font(next(path for path in faces if fonts.covers(path, character)))
    units = face["head"].unitsPerEm
    a, b, c, d, e, f = matrix
    glyphs = face.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
    name = face.getBestCmap()[ord(character)]
    glyphs[name].draw(TransformPen(pen, (a / units, b / units, c / units, d / units, e, f)))
    return str(pen.getCommands())


def _arc(text: str, faces: tuple[Path, ...]) -> list[str]:
    """Write the organ's name along the upper rim, heads outwards, narrow and tall as engravers do."""
    centre = SIZE / 2
    size = 5.6 * min(1, LONGEST_AT_FULL_SIZE / len(text))
    radius = centre - BORDER - 1.1 - size
    span = math.radians(min(264, max(150, 17.5 * len(text))))
    step = span / (len(text) - 1) if len(text) > 1 else 0
    width, height = size * 0.78, size * 1.08
    found = []
    for place, character in enumerate(text):
        angle = place * step - span / 2 if len(text) > 1 else 0
        sin, cos = math.sin(angle), math.cos(angle)
        # The foot of an em square lies 0.12 em under the baseline.
        x = centre + (radius + 0.12 * height) * sin - width / 2 * cos
        y = centre - (radius + 0.12 * height) * cos - width / 2 * sin
        matrix = (width * cos, width * sin, height * sin, -height * cos, x, y)
        found.append(_glyph(character, faces, matrix))
    return found


def _line(text: str, faces: tuple[Path, ...]) -> list[str]:
    size = 3.7
    left = SIZE / 2 - len(text) * size / 2
    return [
        _glyph(character, faces, (size, 0, 0, -size, left + place * size, SIZE * 0.8))
        for place, character in enumerate(text)
    ]


def _number(digits: str, faces: tuple[Path, ...]) -> list[str]:
    """Write the police registration number along the lower rim, readable from below."""
    centre, size = SIZE / 2, 1.75
    radius = centre - BORDER - 0.75
    step = math.radians(4.3)
    found = []
    for place, digit in enumerate(digits):
        angle = (place - (len(digits) - 1) / 2) * step
        sin, cos = math.sin(angle), math.cos(angle)
        x = centre + radius * sin - size * 0.28 * cos
        y = centre + radius * cos + size * 0.28 * sin
        found.append(_glyph(digit, faces, (size * cos, -size * sin, -size * sin, -size * cos, x, y)))
    return found
