from datetime import date

import pytest

from hongdun.lib import residents

# The worked example of GB 11643-1999, appendix A.
EXAMPLE = "11010519491231002X"


@pytest.mark.parametrize("number", [EXAMPLE, EXAMPLE.lower(), f" {EXAMPLE} ", "440524188001010014"])
def test_right_numbers(number: str) -> None:
    assert residents.problem(number) == ""


@pytest.mark.parametrize(
    ("number", "complaint"),
    [
        ("", "现在有 0 位"),
        (EXAMPLE[:-1], "现在有 17 位"),
        ("1101051949123100\uff12X", "第 17 位“\uff12”不对：前 17 位应为数字"),
        ("1101O519491231002X", "第 5 位“O”不对"),
        ("11010519491231002Y", "第 18 位“Y”不对"),
        ("11010519491331002X", "出生日期"),
        ("11010519490229002X", "出生日期"),
        ("110105194912310020", "第 18 位（校验位）“0”"),
        ("11010519491231003X", "校验位"),
    ],
)
def test_wrong_numbers_say_what_is_wrong(number: str, complaint: str) -> None:
    assert complaint in residents.problem(number)


def test_birthday() -> None:
    assert residents.birthday(EXAMPLE) == date(1949, 12, 31)
