"""Where the shapes and flows of a process diagram stand: columns from the start to the ends, ways back around them."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

Kind = Literal["startEvent", "endEvent", "userTask", "serviceTask", "exclusiveGateway", "parallelGateway"]
SIZES: dict[str, tuple[int, int]] = {"userTask": (110, 70), "serviceTask": (110, 70)}
EVENT, GATEWAY = (36, 36), (44, 44)
COLUMN_GAP, ROW, LANE, MARGIN, CHARACTER = 48, 100, 26, 40, 12
BEND = 14  # flows turn shortly behind their source, so that labels have the rest of the way
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: Kind
    label: str = ""

    @property
    def size(self) -> tuple[int, int]:
        return SIZES.get(self.kind, EVENT if self.kind.endswith("Event") else GATEWAY)


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Centre and size of a shape, in pixels."""

    column: int
    x: int
    y: int
    width: int
    height: int


def _columns(nodes: dict[str, Node], flows: list[Flow]) -> dict[str, int]:
    """Longest way from the start, leaving out the flows that lead back to a step already passed."""
    depth = _depths(flows)
    onward: dict[str, set[str]] = defaultdict(set)
    for flow in flows:
        onward[flow.source].add(flow.target)
    behind = {n: _after(n, onward) for n in nodes}
    forward = [f for f in flows if depth[f.target] > depth[f.source] or f.source not in behind[f.target]]
    column = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for flow in forward:
            column[flow.target] = max(column[flow.target], column[flow.source] + 1)
    return column


def _depths(flows: list[Flow]) -> dict[str, int]:
    depth = {"start": 0}
    waiting = ["start"]
    for node in waiting:
        for flow in flows:
            if flow.source == node and flow.target not in depth:
                depth[flow.target] = depth[node] + 1
                waiting.append(flow.target)
    return depth


def _after(node: str, onward: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        new = onward[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def places_of(nodes: dict[str, Node], flows: list[Flow]) -> dict[str, Place]:
    column = _columns(nodes, flows)
    members: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        members[column[node]].append(node)
    rows: dict[str, float] = {"start": 0.0}
    places: dict[str, Place] = {}
    x = MARGIN
    for number in sorted(members):
        width = max(nodes[n].size[0] for n in members[number])
        for node, row in _rows(members[number], flows, rows, column).items():
            rows[node] = row
            w, h = nodes[node].size
            places[node] = Place(number, x + width // 2, round(row * ROW), w, h)
        x += width + _gap(members[number], flows, column)
    top = min(p.y for p in places.values())
    lanes = sum(1 for f in flows if column[f.target] > column[f.source] + 1)
    shift = MARGIN + ROW // 2 + lanes * LANE - top
    return {n: Place(p.column, p.x, p.y + shift, p.width, p.height) for n, p in places.items()}


def _gap(members: list[str], flows: list[Flow], column: dict[str, int]) -> int:
    """Room for the longest label on the way to the next column."""
    labels = [f.label for f in flows if f.source in members and column[f.target] == column[f.source] + 1]
    return max(COLUMN_GAP, max(map(len, labels), default=0) * CHARACTER + COLUMN_GAP // 2)


def _rows(
    column: list[str], flows: list[Flow], rows: dict[str, float], at: dict[str, int]
) -> dict[str, float]:
    """Each node on the mean row of those before it or the next one free; the first outcome keeps the line straight."""

    def wish(node: str) -> tuple[float, int]:
        before = [
            (rows[f.source], i) for i, f in enumerate(flows) if f.target == node and at[f.source] < at[node]
        ]
        mean = sum(row for row, _ in before) / len(before) if before else 0.0
        return mean, min((i for _, i in before), default=0)

    placed: dict[str, float] = {}
    last = float("-inf")
    for node in sorted(column, key=wish):
        last = max(wish(node)[0], last + 1)
        placed[node] = last
    return placed


def waypoints_of(flows: list[Flow], places: dict[str, Place]) -> dict[str, list[Point]]:
    """Neighbouring columns are joined directly; ways back and long ways go around the picture on a free side."""
    above = min(p.y - p.height // 2 for p in places.values()) - LANE
    below = max(p.y + p.height // 2 for p in places.values()) + LANE + LANE // 2
    found: dict[str, list[Point]] = {}
    arriving, leaving = Counter(f.target for f in flows), Counter(f.source for f in flows)
    for flow in flows:
        a, b = places[flow.source], places[flow.target]
        if b.column == a.column + 1:
            right, left = (a.x + a.width // 2, a.y), (b.x - b.width // 2, b.y)
            # Ways that meet turn before their target, ways that part behind their source: labels have their own line.
            bend = left[0] - BEND if leaving[flow.source] == 1 < arriving[flow.target] else right[0] + BEND
            found[flow.id] = [right, left] if a.y == b.y else [right, (bend, a.y), (bend, b.y), left]
            continue
        back = b.column < a.column
        sides = [not back, back]
        top = next((s for s in sides if _is_free(a, places, top=s) and _is_free(b, places, top=s)), not back)
        found[flow.id] = _around(a, b, places, above if top else below, top=top)
        above, below = (above - LANE, below) if top else (above, below + LANE)
    return found


def _is_free(mine: Place, places: dict[str, Place], *, top: bool) -> bool:
    """Whether nothing stands above (below) the shape in its own column."""
    return not any(
        other.column == mine.column and (other.y < mine.y if top else other.y > mine.y)
        for other in places.values()
    )


def _around(a: Place, b: Place, places: dict[str, Place], lane: int, *, top: bool) -> list[Point]:
    """Out of the free side of `a` along the lane into `b`; past its neighbour where that side is taken."""
    side = -1 if top else 1
    out = [(a.x, a.y + side * a.height // 2), (a.x, lane)]
    if not _is_free(a, places, top=top):
        right = a.x + a.width // 2
        out = [(right, a.y), (right + BEND, a.y), (right + BEND, lane)]
    into = [(b.x, lane), (b.x, b.y + side * b.height // 2)]
    if not _is_free(b, places, top=top):
        left = b.x - b.width // 2
        into = [(left - BEND, lane), (left - BEND, b.y), (left, b.y)]
    return out + into


def label_place(points: list[Point], text: str) -> tuple[int, int, int, int]:
    """Over the longest level stretch of the flow."""
    width = CHARACTER * len(text) + 6
    level = [(p, q) for p, q in itertools.pairwise(points) if p[1] == q[1]]
    start, end = max(level, key=lambda stretch: abs(stretch[0][0] - stretch[1][0]))
    middle = (start[0] + end[0]) // 2
    return (middle - width // 2, start[1] - 20, width, 16)
