"""BPMN 2.0 XML of a procedure, laid out in columns from the start to the ends; shapes after BPMN DI."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal["startEvent", "endEvent", "userTask", "serviceTask", "exclusiveGateway", "parallelGateway"]
SIZES: dict[str, tuple[int, int]] = {"userTask": (110, 70), "serviceTask": (110, 70)}
BEND = 14  # flows turn shortly behind their source, so that labels have the rest of the way
EVENT, GATEWAY = (36, 36), (44, 44)
COLUMN_GAP, ROW, LANE, MARGIN, CHARACTER = 48, 100, 26, 40, 12
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
for prefix, uri in (("bpmn", MODEL), ("bpmndi", DI), ("dc", DC), ("di", DD)):
    ET.register_namespace(prefix, uri)


@dataclass(frozen=True, slots=True)
class Activity:
    """One step. `joins`: it waits for several branches. Its id is also the id of its shape."""

    id: str
    label: str
    joins: bool = False
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome of an activity; without targets it ends the process."""

    source: str
    label: str
    targets: tuple[str, ...] = ()


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


Point = tuple[int, int]


def xml(code: str, *, start: Iterable[str], activities: Sequence[Activity], ways: Sequence[Way]) -> str:
    """The whole document: the process and its picture."""
    nodes, flows = _graph(list(start), activities, ways)
    places = _places(nodes, flows)
    root = ET.Element(
        f"{{{MODEL}}}definitions", {"id": f"{code}_definitions", "targetNamespace": "urn:hongdun"}
    )
    process = ET.SubElement(root, f"{{{MODEL}}}process", {"id": f"process_{code}", "isExecutable": "false"})
    for node in nodes.values():
        ET.SubElement(process, f"{{{MODEL}}}{node.kind}", {"id": node.id, "name": node.label})
    for flow in flows:
        named = {"name": flow.label} if flow.label else {}
        attributes = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
        ET.SubElement(process, f"{{{MODEL}}}sequenceFlow", attributes | named)
    _draw(root, code, nodes, flows, places)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _graph(
    start: list[str], activities: Sequence[Activity], ways: Sequence[Way]
) -> tuple[dict[str, Node], list[Flow]]:
    nodes = {"start": Node("start", "startEvent", "收到")}
    arrows: list[tuple[str, str, str]] = []
    entrance = {a.id: f"{a.id}_join" if a.joins else a.id for a in activities}
    for activity in activities:
        if activity.joins:
            nodes[entrance[activity.id]] = Node(entrance[activity.id], "parallelGateway")
            arrows.append((entrance[activity.id], activity.id, ""))
        nodes[activity.id] = Node(
            activity.id, "serviceTask" if activity.automatic else "userTask", activity.label
        )
    _fork(nodes, arrows, "start", "start", "", [entrance[s] for s in start])
    for source, found in _merged(ways).items():
        tail = source
        if len(found) > 1:
            tail = f"{source}_choice"
            nodes[tail] = Node(tail, "exclusiveGateway")
            arrows.append((source, tail, ""))
        for number, way in enumerate(found):
            targets = [entrance[t] for t in way.targets]
            if not targets:
                targets = [f"{source}_end{number}"]
                nodes[targets[0]] = Node(targets[0], "endEvent", "办结")
            _fork(nodes, arrows, tail, f"{source}_{number}", way.label, targets)
    return nodes, [Flow(f"flow_{i}", *arrow) for i, arrow in enumerate(arrows)]


def _merged(ways: Sequence[Way]) -> dict[str, list[Way]]:
    """By source; outcomes that lead to the same place are drawn as one way."""
    by_source: dict[str, dict[tuple[tuple[str, ...], str], list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for way in ways:
        # Every end is its own: an approval and a refusal don't meet.
        by_source[way.source][way.targets, "" if way.targets else way.label].append(way.label)
    return {
        source: [Way(source, "／".join(labels), targets) for (targets, _), labels in found.items()]
        for source, found in by_source.items()
    }


def _fork(
    nodes: dict[str, Node],
    arrows: list[tuple[str, str, str]],
    source: str,
    name: str,
    label: str,
    targets: list[str],
) -> None:
    if len(targets) > 1:
        fork = f"{name}_fork"
        nodes[fork] = Node(fork, "parallelGateway")
        arrows.append((source, fork, label))
        source, label = fork, ""
    arrows += [(source, target, label) for target in targets]


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


def _places(nodes: dict[str, Node], flows: list[Flow]) -> dict[str, Place]:
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


def _waypoints(flows: list[Flow], places: dict[str, Place]) -> dict[str, list[Point]]:
    """Neighbouring columns are joined directly; ways back and long ways go around the picture on a free side."""
    above = min(p.y - p.height // 2 for p in places.values()) - LANE
    below = max(p.y + p.height // 2 for p in places.values()) + LANE + LANE // 2
    found: dict[str, list[Point]] = {}
    arriving = Counter(flow.target for flow in flows)
    for flow in flows:
        a, b = places[flow.source], places[flow.target]
        if b.column == a.column + 1:
            right, left = (a.x + a.width // 2, a.y), (b.x - b.width // 2, b.y)
            # Ways that meet turn before their target, ways that part behind their source: labels have their own line.
            bend = left[0] - BEND if arriving[flow.target] > 1 else right[0] + BEND
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


def _draw(
    root: ET.Element, code: str, nodes: dict[str, Node], flows: list[Flow], places: dict[str, Place]
) -> None:
    picture = ET.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(picture, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": f"process_{code}"})
    for node in nodes.values():
        p = places[node.id]
        shape = ET.SubElement(plane, f"{{{DI}}}BPMNShape", {"id": f"{node.id}_di", "bpmnElement": node.id})
        _bounds(shape, p.x - p.width // 2, p.y - p.height // 2, p.width, p.height)
        if node.label and node.kind.endswith("Event"):
            label = ET.SubElement(shape, f"{{{DI}}}BPMNLabel")
            _bounds(label, p.x - 30, p.y + p.height // 2 + 4, 60, 16)
    for flow_id, points in (waypoints := _waypoints(flows, places)).items():
        edge = ET.SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"{flow_id}_di", "bpmnElement": flow_id})
        for x, y in points:
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})
        text = next(f.label for f in flows if f.id == flow_id)
        if text:
            label = ET.SubElement(edge, f"{{{DI}}}BPMNLabel")
            _bounds(label, *_label_place(waypoints[flow_id], text))


def _label_place(points: list[Point], text: str) -> tuple[int, int, int, int]:
    """Over the longest level stretch of the flow."""
    width = CHARACTER * len(text) + 6
    level = [(p, q) for p, q in zip(points, points[1:], strict=False) if p[1] == q[1]]
    start, end = max(level, key=lambda stretch: abs(stretch[0][0] - stretch[1][0]))
    middle = (start[0] + end[0]) // 2
    return (middle - width // 2, start[1] - 20, width, 16)


def _bounds(parent: ET.Element, x: int, y: int, width: int, height: int) -> None:
    values = {"x": x, "y": y, "width": width, "height": height}
    ET.SubElement(parent, f"{{{DC}}}Bounds", {name: str(value) for name, value in values.items()})
