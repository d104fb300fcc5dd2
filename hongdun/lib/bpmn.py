"""BPMN 2.0 XML of a procedure, laid out in columns from the start to the ends; shapes after BPMN DI."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hongdun.lib.bpmn_layout import Flow, Node, Place, label_place, places_of, waypoints_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_LABEL = 12
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


def xml(code: str, *, start: Iterable[str], activities: Sequence[Activity], ways: Sequence[Way]) -> str:
    """The whole document: the process and its picture."""
    nodes, flows = _graph(list(start), activities, ways)
    places = places_of(nodes, flows)
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
    _fork(nodes, arrows, ("start", ""), [entrance[s] for s in start], name="start")
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
            _fork(nodes, arrows, (tail, way.label), targets, name=f"{source}_{number}")
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
        source: [Way(source, _short(labels), targets) for (targets, _), labels in found.items()]
        for source, found in by_source.items()
    }


def _short(labels: list[str]) -> str:
    whole = "／".join(labels)
    return whole if len(whole) <= LONGEST_LABEL else f"{labels[0]}等"


def _fork(
    nodes: dict[str, Node],
    arrows: list[tuple[str, str, str]],
    way: tuple[str, str],
    targets: list[str],
    *,
    name: str,
) -> None:
    source, label = way
    if len(targets) > 1:
        fork = f"{name}_fork"
        nodes[fork] = Node(fork, "parallelGateway")
        arrows.append((source, fork, label))
        source, label = fork, ""
    arrows += [(source, target, label) for target in targets]


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
    for flow_id, points in (waypoints := waypoints_of(flows, places)).items():
        edge = ET.SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"{flow_id}_di", "bpmnElement": flow_id})
        for x, y in points:
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})
        text = next(f.label for f in flows if f.id == flow_id)
        if text:
            label = ET.SubElement(edge, f"{{{DI}}}BPMNLabel")
            _bounds(label, *label_place(waypoints[flow_id], text))


def _bounds(parent: ET.Element, x: int, y: int, width: int, height: int) -> None:
    values = {"x": x, "y": y, "width": width, "height": height}
    ET.SubElement(parent, f"{{{DC}}}Bounds", {name: str(value) for name, value in values.items()})
