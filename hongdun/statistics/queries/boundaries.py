"""The outline of each subordinate as SVG, drawn from the boundary file of the instance; a sketch, not a map (示意图).

The files are the operator's: boundaries*.geojson in the instance's home, each feature with its six-digit `code`, cities
and counties in one or in several. Without them the page has its table alone. Drawn on the server: no script is needed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hongdun.lib import organs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hongdun.statistics.queries.command import Place

FILES = "boundaries*.geojson"
WIDTH = 720
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    place: Place
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    outlines: tuple[Outline, ...]


def drawn(places: Sequence[Place]) -> Drawing | None:
    """Nothing where no file knows any of the places."""
    rings: dict[str, list[list[Point]]] = {}
    for file in sorted(settings.HONGDUN_HOME.glob(FILES)):
        rings |= _rings(file, file.stat().st_mtime_ns)
    shown = [(each, rings[division]) for each in places if (division := organs.division(each.organ)) in rings]
    return _fitted(shown) if shown else None


def features(places: Sequence[Place]) -> list[dict[str, Any]]:
    """The same outlines as GeoJSON, each under the name of its place, for the map that can be zoomed."""
    named = {organs.division(each.organ): each.name for each in places}
    found = []
    for file in sorted(settings.HONGDUN_HOME.glob(FILES)):
        for code, rings in _rings(file, file.stat().st_mtime_ns).items():
            if code in named:
                shape = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
                found.append({"type": "Feature", "properties": {"name": named[code]}, "geometry": shape})
    return found


def _fitted(shown: list[tuple[Place, list[list[Point]]]]) -> Drawing:
    """Degrees to pixels: longitudes shrink with the cosine of the middle latitude."""
    points = [point for _, rings in shown for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)

    def on_paper(point: Point) -> tuple[int, int]:
        return round((point[0] - west) * squeeze * scale), round((north - point[1]) * scale)

    outlines = []
    for place, rings in shown:
        lines = [list(dict.fromkeys(map(on_paper, ring))) for ring in rings]
        largest = max(lines, key=len)
        outlines.append(
            Outline(
                place,
                "".join("M" + "L".join(f"{x},{y}" for x, y in line) + "Z" for line in lines if len(line) > 1),
                sum(x for x, _ in largest) // len(largest),
                sum(y for _, y in largest) // len(largest),
            )
        )
    return Drawing(WIDTH, round((north - south) * scale), tuple(outlines))


@lru_cache(maxsize=8)
def _rings(file: Path, _changed: int) -> dict[str, list[list[Point]]]:
    """Outer rings by code; read once until the file changes."""
    features = json.loads(file.read_text("utf-8"))["features"]
    return {str(each["properties"]["code"])[:6]: list(_outer(each["geometry"])) for each in features}


def _outer(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    parts: Iterable[Any] = geometry["coordinates"]
    for polygon in [parts] if geometry["type"] == "Polygon" else parts:
        yield [(float(x), float(y)) for x, y, *_ in next(iter(polygon))]
