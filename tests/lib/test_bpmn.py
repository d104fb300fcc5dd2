"""The picture of a procedure: every step has a shape of its own, nothing overlaps, ways start and end at shapes."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import bpmn
from hongdun.lib.bpmn import Activity, Way

Box = tuple[int, int, int, int]


def _shapes(text: str) -> dict[str, Box]:
    found = {}
    for shape in ET.fromstring(text).iter(f"{{{bpmn.DI}}}BPMNShape"):
        bounds = shape.find(f"{{{bpmn.DC}}}Bounds")
        assert bounds is not None
        x, y, w, h = (int(bounds.attrib[k]) for k in ("x", "y", "width", "height"))
        found[shape.attrib["bpmnElement"]] = (x, y, x + w, y + h)
    return found


def _touches(box: Box, x: int, y: int) -> bool:
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _check(text: str, steps: set[str]) -> None:
    shapes = _shapes(text)
    assert steps | {"start"} <= set(shapes)
    for (one, a), (other, b) in combinations(shapes.items(), 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)
    root = ET.fromstring(text)
    flows = {f.attrib["id"]: f for f in root.iter(f"{{{bpmn.MODEL}}}sequenceFlow")}
    for edge in root.iter(f"{{{bpmn.DI}}}BPMNEdge"):
        points = [(int(p.attrib["x"]), int(p.attrib["y"])) for p in edge.iter(f"{{{bpmn.DD}}}waypoint")]
        flow = flows[edge.attrib["bpmnElement"]]
        assert _touches(shapes[flow.attrib["sourceRef"]], *points[0])
        assert _touches(shapes[flow.attrib["targetRef"]], *points[-1])
        assert all(p[0] == q[0] or p[1] == q[1] for p, q in pairwise(points))


def test_branches_stand_in_one_column_between_fork_and_join() -> None:
    steps = [
        Activity("a", "受理"),
        Activity("b", "名称"),
        Activity("c", "材料"),
        Activity("d", "核准", joins=True),
    ]
    ways = [
        Way("a", "受理", ("b", "c")), Way("b", "好", ("d",)), Way("b", "差", ("d",)), Way("c", "好", ("d",)),
        Way("d", "准", ()), Way("d", "再审", ("b", "c")),
    ]  # fmt: skip
    text = bpmn.xml("p", start=["a"], activities=steps, ways=ways)
    _check(text, set("abcd"))
    shapes = _shapes(text)
    assert shapes["b"][0] == shapes["c"][0]
    assert shapes["b"][0] < shapes["d_join"][0] < shapes["d"][0]
    assert "好／差" in text


def test_the_usual_way_is_one_straight_line() -> None:
    steps = [Activity(c, c) for c in "abcd"]
    ways = [
        Way("a", "同意", ("b",)),
        Way("a", "补正", ("d",)),
        Way("d", "重交", ("a",)),
        Way("b", "准", ("c",)),
        Way("c", "发"),
    ]
    shapes = _shapes(bpmn.xml("p", start=["a"], activities=steps, ways=ways))
    middles = {(shapes[c][1] + shapes[c][3]) // 2 for c in "abc"}
    assert len(middles) == 1


@pytest.mark.slow
@given(st.data())
def test_no_graph_makes_shapes_overlap(data: st.DataObject) -> None:
    codes = [f"s{i}" for i in range(data.draw(st.integers(1, 7)))]
    steps = [
        Activity(c, c, joins=data.draw(st.booleans()), automatic=data.draw(st.booleans())) for c in codes
    ]
    ways = [Way(a, "下一步", (b,)) for a, b in pairwise(codes)]
    for _ in range(data.draw(st.integers(0, 6))):
        targets = tuple(data.draw(st.lists(st.sampled_from(codes), max_size=3, unique=True)))
        ways.append(Way(data.draw(st.sampled_from(codes)), "另外", targets))
    _check(bpmn.xml("p", start=[codes[0]], activities=steps, ways=ways), set(codes))
