from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from hongdun.lib.industries import SECTIONS, section_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("code", "section"),
    [("5219", "F"), ("F5219", "F"), ("52", "F"), ("F", "F"), ("0111", "A"), ("9700", "T")],
)
def test_a_code_leads_to_its_section(code: str, section: str) -> None:
    found = section_of(code)
    assert found is not None
    assert found.code == section


@pytest.mark.parametrize("code", ["", "0011", "98", "Z", "x", "五二"])
def test_what_is_no_code_has_none(code: str) -> None:
    assert section_of(code) is None


def test_sections_follow_each_other_without_a_gap() -> None:
    assert [each.first for each in SECTIONS[1:]] == [each.last + 1 for each in SECTIONS[:-1]]


@pytest.mark.shared
def test_they_are_those_of_the_standard(shared: Path) -> None:
    with (shared / "codes" / "gbt4754_2017.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {each.code: each.label for each in SECTIONS} == {
        row["code"]: row["name"] for row in rows if row["level"] == "1"
    }
    for row in rows:
        found = section_of(row["code"])
        assert found is not None
        assert found.code == row["section"]
