"""BPMN 2.0 XML of a procedure, laid out in columns from the start to the ends; shapes after BPMN DI."""

from __future__ import annotations

from collections import defaultdict
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
    outgoing: dict[str, list[Way]] = defaultdict(list)
    for way in ways:
        outgoing[way.source].append(way)
    for source, found in outgoing.items():
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
    """Longest way from the start, leaving out the flows that lead back."""
    onward: dict[str, list[str]] = defaultdict(list)
    for flow in flows:
        onward[flow.source].append(flow.target)
    order: list[str] = []
    state: dict[str, int] = {}
    backward: set[tuple[str, str]] = set()

    def visit(node: str) -> None:
        state[node] = 1
        for target in onward[node]:
            if state.get(target) == 1:
                backward.add((node, target))
            elif target not in state:
                visit(target)
        state[node] = 2
        order.append(node)

    visit("start")
    column = dict.fromkeys(nodes, 0)
    for node in reversed(order):
        for target in onward[node]:
            if (node, target) not in backward:
                column[target] = max(column[target], column[node] + 1)
    return column


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
    """Each node near the mean row of those before it, at least one row apart; ends below what goes on."""

    def wish(node: str) -> tuple[float, int]:
        before = [rows[f.source] for f in flows if f.target == node and at[f.source] < at[node]]
        goes_on = any(f.source == node for f in flows)
        return (sum(before) / len(before) if before else 0.0, 0 if goes_on else 1)

    placed: dict[str, float] = {}
    last = float("-inf")
    wishes = sorted(column, key=wish)
    spread = {w: [n for n in wishes if wish(n)[0] == w] for w in {wish(n)[0] for n in wishes}}
    for node in wishes:
        same = spread[wish(node)[0]]
        onward = [n for n in same if wish(n)[1] == 0]
        # Branches of a fork stand around its row; a lone continuation keeps the line straight.
        offset = -(len(onward) - 1) / 2 if node in onward else 0.0
        last = max(wish(node)[0] + offset, last + 1)
        placed[node] = last
    return placed


def _waypoints(flows: list[Flow], places: dict[str, Place]) -> dict[str, list[Point]]:
    """Neighbouring columns are joined directly; long ways go above the picture, ways back below it."""
    above = min(p.y - p.height // 2 for p in places.values()) - LANE
    below = max(p.y + p.height // 2 for p in places.values()) + LANE + LANE // 2
    found: dict[str, list[Point]] = {}
    for flow in flows:
        a, b = places[flow.source], places[flow.target]
        if b.column == a.column + 1:
            right, left = (a.x + a.width // 2, a.y), (b.x - b.width // 2, b.y)
            bend = right[0] + BEND
            found[flow.id] = [right, left] if a.y == b.y else [right, (bend, a.y), (bend, b.y), left]
        elif b.column > a.column:
            found[flow.id] = _around(a, b, above, top=True)
            above -= LANE
        else:
            found[flow.id] = _around(a, b, below, top=False)
            below += LANE
    return found


def _around(a: Place, b: Place, lane: int, *, top: bool) -> list[Point]:
    side = -1 if top else 1
    return [(a.x, a.y + side * a.height // 2), (a.x, lane), (b.x, lane), (b.x, b.y + side * b.height // 2)]


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
    start, end = max(level, key=lambda s: abs(s[0][0] - s[1][0]))
    if len(points) == 4 and level[0] != level[-1]:  # noqa: PLR2004 - right, down, right: label the arriving stretch
        start, end = level[-1]
    middle = (start[0] + end[0]) // 2
    return (middle - width // 2, start[1] - 20, width, 16)


def _bounds(parent: ET.Element, x: int, y: int, width: int, height: int) -> None:
    values = {"x": x, "y": y, "width": width, "height": height}
    ET.SubElement(parent, f"{{{DC}}}Bounds", {name: str(value) for name, value in values.items()})
