# ruff: noqa: RUF001 - full-width characters are what is tested
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from hongdun.lib import regno


@pytest.mark.parametrize(
    "number", ["110108000000016", "440301103097413", "330100400013364", "450000100000014", "450100200012344"]
)
def test_accepts_fifteen_digits(number: str) -> None:
    assert regno.parse(number) == regno.RegNo(number, "fifteen")


def test_names_the_check_digit() -> None:
    with pytest.raises(regno.RegNoError, match="应为“6”"):
        regno.parse("110108000000015")


def test_cooperative_number_is_opaque() -> None:
    assert regno.parse("450121ＮＡ000123x").form == "cooperative"


def test_thirteen_digits_are_kept_unchecked() -> None:
    number = regno.parse(" 4501002500123 ")
    assert (number.form, number.authority, str(number)) == ("legacy", "450100", "4501002500123")


@pytest.mark.parametrize("number", ["", "45010020001234", "45010020001234A", "450121NA000123Y"])
def test_refuses_other_forms(number: str) -> None:
    with pytest.raises(regno.RegNoError, match="15 位"):
        regno.parse(number)


@given(st.integers(0, 10**14 - 1).map(lambda number: f"{number:014d}"))
def test_check_digit_agrees_with_the_oracle(first14: str) -> None:
    number = regno.compose(first14[:6], first14[6:])
    assert mod_11_10.is_valid(number)
    assert regno.parse(number).number == number
