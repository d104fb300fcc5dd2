from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from hongdun.documents.errors import MissingGlyphs
from hongdun.documents.seal import SIZE, seal_svg


@pytest.mark.parametrize(
    "organ", ["局", "南宁市青秀区市场监督管理局", "广西壮族自治区百色市隆林各族自治县市场监督管理局"]
)
def test_a_seal_is_outlines_only_and_stays_in_its_circle(organ: str) -> None:
    root = ET.fromstring(seal_svg(organ, line="行政审批专用章", number="4501030012345"))
    kinds = [node.tag.rpartition("}")[2] for node in root]
    assert kinds == ["circle", "path"]
    numbers = root[1].get("d").replace("-", " -")
    for token in "".join(c if c in "0123456789.-" else " " for c in numbers).split():
        assert -SIZE / 2 < float(token) < SIZE


def test_the_same_seal_is_drawn_once() -> None:
    assert seal_svg("南宁市市场监督管理局") is seal_svg("南宁市市场监督管理局")


def test_a_seal_names_the_character_it_lacks() -> None:
    with pytest.raises(MissingGlyphs, match="𮧵"):
        seal_svg("𮧵县市场监督管理局")
