import csv
import io
from collections import Counter
from importlib.resources import files

import pytest

from hongdun.lib import divisions, organs

TABLES = files("hongdun.org") / "tables"
DIVISIONS = divisions.read(io.StringIO((TABLES / "divisions.csv").read_text("utf-8")))
ORGANS = list(csv.DictReader(io.StringIO((TABLES / "organs.csv").read_text("utf-8"))))


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("450103", ("450103",)),
        ("450322", ("450322", "450312")),
        ("450121", ("450121", "450109")),
        ("452122", ("452122", "450127", "450181")),
        ("452522", ("452522", "452502", "450802")),
        ("450704", ("450704", "450771")),
    ],
)
def test_follows_the_successors(old: str, path: tuple[str, ...]) -> None:
    found = DIVISIONS.resolve(old)
    assert found is not None
    assert (found.path, found.exact, found.division.code) == (path, True, path[-1])


def test_unknown_number_of_a_known_city() -> None:
    found = DIVISIONS.resolve("450114")
    assert found is not None
    assert (found.division.name, found.exact) == ("南宁市", False)


@pytest.mark.parametrize("code", ["140000", "", "459999"])
def test_what_is_not_guangxi_stays_unresolved(code: str) -> None:
    assert DIVISIONS.resolve(code) is None


def test_a_code_had_other_names_before() -> None:
    assert DIVISIONS.name("450103", 2003) == "新城区"
    assert DIVISIONS.name("450103", 2004) == "青秀区"
    assert DIVISIONS.name("450181", 2020) is None


def test_every_code_ever_used_leads_to_a_current_one() -> None:
    rows = csv.DictReader(io.StringIO((TABLES / "divisions.csv").read_text("utf-8")))
    for row in rows:
        found = DIVISIONS.resolve(row["code"])
        assert found is not None
        assert found.exact, row


def test_every_current_division_has_its_bureau_and_the_tree_is_whole() -> None:
    codes = {int(organ["code"]) for organ in ORGANS}
    assert Counter(organ["level"] for organ in ORGANS) == {"1": 1, "2": 14, "3": 125, "4": 1279}
    assert len(codes) == len(ORGANS) == len({organ["name"] for organ in ORGANS})
    for organ in ORGANS:
        code = int(organ["code"])
        parent = organs.parent(code)
        assert organs.level(code) == int(organ["level"])
        assert parent is None or parent in codes
        assert DIVISIONS.current(organ["division"]), organ
        assert DIVISIONS.current(organs.division(code)), organ


def test_marks_are_unique_and_stations_have_none() -> None:
    marks = [organ["mark"] for organ in ORGANS if organ["level"] != "4"]
    assert len(set(marks)) == len(marks) == 140
    assert all(marks)
    assert not any(organ["mark"] for organ in ORGANS if organ["level"] == "4")


def test_every_county_has_a_station() -> None:
    counties = {int(organ["code"]) for organ in ORGANS if organ["level"] == "3"}
    assert counties == {organs.county_of(int(organ["code"])) for organ in ORGANS if organ["level"] == "4"}
