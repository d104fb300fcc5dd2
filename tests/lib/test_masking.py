import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import masking


def test_id_number() -> None:
    assert masking.id_number("450102199001010014") == "450*************14"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13800005678", "138****5678"), ("0771-5678901", "0771-*****01"), ("12345", "1****"), ("", "")],
)
def test_phone(number: str, shown: str) -> None:
    assert masking.phone(number) == shown


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳娜", "欧*娜"), ("韦", "韦"), ("", "")])
def test_name(name: str, shown: str) -> None:
    assert masking.name(name) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("南宁市青秀区民族大道136号5栋801室", "南宁市青秀区民族大道***"),
        ("横县峦城镇十二组", "横县峦城镇***"),
        ("马岭镇马岭街", "马岭镇***"),
        ("", ""),
    ],
)
def test_address(address: str, shown: str) -> None:
    assert masking.address(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("li@example.cn", "l*@example.cn"), ("weixiaohong@qq.com", "w**********@qq.com"), ("", "")],
)
def test_email(address: str, shown: str) -> None:
    assert masking.email(address) == shown


@given(st.text(st.characters(categories=["Lo"]), min_size=2, max_size=30))
def test_nothing_is_shown_whole(text: str) -> None:
    for mask in (masking.id_number, masking.phone, masking.name, masking.address):
        assert mask(text) != text
        assert "*" in mask(text)
