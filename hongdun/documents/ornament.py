"""The licence's frame: woven waves, corner rosettes and a faint rosette behind the text, as one SVG."""

from __future__ import annotations

import math
from functools import lru_cache

GOLD = "#b3903f"
PALE = "#f3ead2"
BAND = 9.0
EDGE = 7.0
STRANDS = 5
# A cubic follows half a sine wave to within 1 % with its handles at this share of the half length.
HANDLE = 0.3642


@lru_cache(maxsize=4)
def frame_svg(width: float, height: float) -> str:
    """SVG in millimetres of the page `width` × `height`, drawn for A4 and scaled with the page."""
    scale = height / 210
    wide, high = width / scale, height / scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm"'
        f' viewBox="0 0 {wide:.2f} {high:.2f}" fill="none" stroke-linecap="round">'
        f'<g stroke="{PALE}" stroke-width=".22">{_rosette(wide / 2, high / 2 + 8, 66, 30, 36)}</g>'
        f'<g stroke="{GOLD}" stroke-width=".2">{_weave(wide, high)}{_corners(wide, high)}</g>'
        f'<g stroke="{GOLD}">{_rules(wide, high)}</g></svg>'
    )


def _rules(wide: float, high: float) -> str:
    inset = ((EDGE - 1.6, 0.9), (EDGE - 0.3, 0.25), (EDGE + BAND + 0.3, 0.25), (EDGE + BAND + 1.3, 0.5))
    return "".join(
        f'<rect x="{at:g}" y="{at:g}" width="{wide - 2 * at:.2f}" height="{high - 2 * at:.2f}"'
        f' stroke-width="{pen:g}"/>'
        for at, pen in inset
    )


def _weave(wide: float, high: float) -> str:
    middle = EDGE + BAND / 2
    across, down = wide - 2 * (EDGE + BAND), high - 2 * (EDGE + BAND)
    start = EDGE + BAND
    sides = [
        (across, f"translate({start:g} {middle:g})"),
        (across, f"translate({start:g} {high - middle:.2f})"),
        (down, f"translate({middle:g} {start:g}) rotate(90)"),
        (down, f"translate({wide - middle:.2f} {start:g}) rotate(90)"),
    ]
    return "".join(f'<g transform="{move}">{_side(length)}</g>' for length, move in sides)


def _side(length: float) -> str:
    """Strands of one side, along x from 0 to `length`: sine waves of growing height, and their mirrors."""
    half = length / round(length / 6.2)
    tops = [sign * BAND / 2 * strand / STRANDS for strand in range(1, STRANDS + 1) for sign in (1, -1)]
    return "".join(f'<path d="{_wave(length, half, top)}"/>' for top in tops)


def _wave(length: float, half: float, top: float) -> str:
    peak = top * 4 / 3
    parts = ["M0 0"]
    for arch in range(round(length / half)):
        left, right = arch * half, (arch + 1) * half
        handle = half * HANDLE
        lift = peak if arch % 2 == 0 else -peak
        parts.append(f"C{left + handle:.2f} {lift:.2f} {right - handle:.2f} {lift:.2f} {right:.2f} 0")
    return "".join(parts)


def _corners(wide: float, high: float) -> str:
    middle = EDGE + BAND / 2
    places = [(x, y) for x in (middle, wide - middle) for y in (middle, high - middle)]
    return "".join(_rosette(x, y, BAND / 2, BAND / 5, 12) for x, y in places)


def _rosette(x: float, y: float, long: float, short: float, petals: int) -> str:
    return "".join(
        f'<ellipse cx="{x:.2f}" cy="{y:.2f}" rx="{long:g}" ry="{short:g}"'
        f' transform="rotate({180 / petals * petal:.2f} {x:.2f} {y:.2f})"/>'
        for petal in range(petals)
    )


def star(x: float, y: float, radius: float, turn: float = 0) -> str:
    """Path data of a five-pointed star around (x, y), one point upwards, turned by `turn` radians."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi * corner / 5 + turn
        points.append(f"{x + reach * math.sin(angle):.2f} {y - reach * math.cos(angle):.2f}")
    return f"M{'L'.join(points)}Z"


@lru_cache(maxsize=1)
def emblem_svg() -> str:
    """Mark the place of the national emblem; the emblem itself is the authority's to mount (emblem.svg)."""
    dots = "".join(
        f'<circle cx="{50 + 43.5 * math.sin(math.tau * i / 48):.2f}"'
        f' cy="{50 - 43.5 * math.cos(math.tau * i / 48):.2f}" r="1.1"/>'
        for i in range(48)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
        '<circle cx="50" cy="50" r="48" fill="#c8171e" stroke="#c9a227" stroke-width="3"/>'
        f'<g fill="#f5c518">{dots}</g>'
        '<circle cx="50" cy="50" r="39" fill="none" stroke="#f5c518" stroke-width="1"/>'
        f'<path fill="#f5c518" d="{star(50, 52, 27)}"/></svg>'
    )
