import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import organs

NUMBERS = st.integers(1, 99)
COUNTIES = st.builds("{}{:02d}{:02d}".format, st.integers(10, 99), NUMBERS, NUMBERS).map(organs.from_division)
CODES = st.builds(lambda county, station: county + station, COUNTIES, st.integers(0, 999))


@pytest.mark.parametrize(
    ("code", "level", "lo", "hi", "parent"),
    [
        (450000000, 1, 450000000, 459999999, None),
        (450100000, 2, 450100000, 450199999, 450000000),
        (450102000, 3, 450102000, 450102999, 450100000),
        (450102001, 4, 450102001, 450102001, 450102000),
    ],
)
def test_range_of_each_level(code: int, level: int, lo: int, hi: int, parent: int | None) -> None:
    assert organs.level(code) == level
    assert organs.scope(code) == (lo, hi)
    assert organs.parent(code) == parent


def test_station_belongs_to_county_and_city() -> None:
    assert organs.county_of(450102001) == 450102000
    assert organs.city_of(450102001) == 450100000
    assert organs.county_of(450100000) is None
    assert organs.city_of(450000000) is None
    assert organs.ancestors(450102001) == (450102001, 450102000, 450100000, 450000000)


def test_division_and_back() -> None:
    assert organs.division(450102001) == "450102"
    assert organs.from_division("450102") == 450102000


@pytest.mark.parametrize("code", [0, 45, 4501020011, -450100000, 450100001, 450001000, 450001001])
def test_refuses_what_is_not_nine_digits(code: int) -> None:
    with pytest.raises(organs.OrganCodeError, match="机关代码"):
        organs.level(code)


def test_refuses_division_that_is_not_six_digits() -> None:
    with pytest.raises(organs.OrganCodeError, match="六位"):
        organs.from_division("4501")


@given(CODES)
def test_every_scope_lies_inside_its_parent(code: int) -> None:
    parent = organs.parent(code)
    if parent is not None:
        inner, outer = organs.scope(code), organs.scope(parent)
        assert outer.lo <= inner.lo <= inner.hi <= outer.hi
        assert organs.level(parent) == organs.level(code) - 1
