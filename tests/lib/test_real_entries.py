"""The library on every real register entry of Guangxi: what it accepts, what it refuses and why."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
import zstandard

from hongdun.lib import divisions, money, scopeitems, text, uscc

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared
Row = dict[str, str]


@pytest.fixture(scope="module")
def entries(shared: Path) -> list[Row]:
    with (shared / "enterprises" / "guangxi_enterprises.csv.zst").open("rb") as packed:
        stream = zstandard.ZstdDecompressor().stream_reader(packed)
        return list(csv.DictReader(io.TextIOWrapper(stream, "utf-8")))


def test_wrong_codes_are_those_the_source_marks_and_ten_more(entries: list[Row]) -> None:
    """The source checks character 18 alone: 8 codes fail the check at 17, 2 have an impossible kind."""
    found = Counter(
        (row["uscc_valid"], tuple(problem.position for problem in uscc.problems(uscc.normalise(row["uscc"]))))
        for row in entries
    )
    assert found == {
        ("1", ()): 64_850, ("0", (18,)): 21, ("0", (17, 18)): 5, ("1", (17,)): 8, ("1", (2,)): 2,
    }  # fmt: skip


def test_every_capital_is_read_or_has_no_unit(entries: list[Row]) -> None:
    refused = Counter()
    for row in entries:
        try:
            money.parse(row["capital_raw"])
        except money.MoneyError as refusal:
            refused[str(refusal)[:5]] += 1
    assert sum(refused.values()) == 20_731 + 3  # empty, and two "-" and one without a unit


def test_all_but_four_division_codes_lead_to_a_bureau(entries: list[Row]) -> None:
    lines = (files("hongdun.org") / "tables" / "divisions.csv").read_text("utf-8").splitlines()
    table = divisions.read(lines)
    resolved = [table.resolve(row["uscc"][2:8]) for row in entries]
    assert sum(found is None for found in resolved) == 4
    assert sum(found is not None and not found.exact for found in resolved) == 14


def test_names_and_scopes_survive_cleaning(entries: list[Row]) -> None:
    names = {text.normalise_name(row["name"]) for row in entries}
    assert len(names) >= 0.999 * len(entries)
    assert not any(re.search(r"[\u4e00-\u9fff] | [\u4e00-\u9fff]|[()]", name) for name in names)
    for row in entries:
        bare = row["business_scope"].strip("；;。 *＊")
        assert scopeitems.split(row["business_scope"]).items or not bare or bare[0] in "（([【", row
