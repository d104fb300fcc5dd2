# ruff: noqa: RUF001 - full-width characters are what is tested
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import money
from hongdun.lib.money import Money


@pytest.mark.parametrize(
    ("text", "amount", "currency", "assumed"),
    [
        ("50(万元人民币)", 500_000, "CNY", False),
        ("1,270(万)", 12_700_000, "CNY", True),
        ("200(万美元)", 2_000_000, "USD", False),
        ("17(万元美元)", 170_000, "USD", False),
        ("500万人民币", 5_000_000, "CNY", False),
        ("500万人民币元", 5_000_000, "CNY", False),
        ("50(万人民币元)", 500_000, "CNY", False),
        ("31( 万人民币元)", 310_000, "CNY", False),
        ("4(万人民币 )", 40_000, "CNY", False),
        ("30(万元)", 300_000, "CNY", True),
        ("11万", 110_000, "CNY", True),
        ("１００（万元）", 1_000_000, "CNY", True),
        ("104(万元(人民币))", 1_040_000, "CNY", False),
        ("3,000(万元(港币))", 30_000_000, "HKD", False),
        ("27(万香港元)", 270_000, "HKD", False),
        ("1万港元", 10_000, "HKD", False),
        ("2(万元香港元)", 20_000, "HKD", False),
        ("1.5(万欧元)", 15_000, "EUR", False),
        ("1,000(万日元)", 10_000_000, "JPY", False),
        ("1(万加拿大元)", 10_000, "CAD", False),
        ("5.5(万英镑)", 55_000, "GBP", False),
        ("1,234,567.891(万)", 12_345_678_910, "CNY", True),
        ("16,000(人民币元)", 16_000, "CNY", False),
        ("人民币500万元", 5_000_000, "CNY", False),
        ("3亿元", 300_000_000, "CNY", True),
        ("8000元", 8_000, "CNY", True),
    ],
)
def test_reads_the_spellings_of_the_register(text: str, amount: int, currency: str, *, assumed: bool) -> None:
    assert money.read(text) == money.Reading(Money(Decimal(amount), currency), assumed)
    assert money.parse(text).amount == amount


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "未填写"),
        ("-", "未填写"),
        ("50()", "单位"),
        ("50", "单位"),
        ("黎平根", "不是金额"),
        ("5(万贝壳)", "币种“贝壳”"),
    ],
)
def test_refuses_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(money.MoneyError, match=reason):
        money.parse(text)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "人民币零元整"),
        ("5000000", "人民币伍佰万元整"),
        ("10", "人民币壹拾元整"),
        ("1005", "人民币壹仟零伍元整"),
        ("100500", "人民币壹拾万零伍佰元整"),
        ("107000", "人民币壹拾万柒仟元整"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("100000001", "人民币壹亿零壹元整"),
        ("2000000003000", "人民币贰万亿零叁仟元整"),
        ("1000100000000", "人民币壹万零壹亿元整"),
    ],
)
def test_financial_capitals(amount: str, text: str) -> None:
    assert money.capitals(Money(Decimal(amount))) == text


def test_capitals_name_the_currency() -> None:
    assert money.capitals(Money(Decimal(2_000_000), "USD")) == "美元贰佰万元整"


@pytest.mark.parametrize("amount", ["-1", "0.001", "1E+16"])
def test_capitals_refuse_what_they_cannot_say(amount: str) -> None:
    with pytest.raises(money.MoneyError, match="大写"):
        money.capitals(Money(Decimal(amount)))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (Money(Decimal(5_000_000)), "500 万元人民币"),
        (Money(Decimal(12_700_000)), "1,270 万元人民币"),
        (Money(Decimal(15_000)), "1.5 万元人民币"),
        (Money(Decimal(8_000)), "8,000 元人民币"),
        (Money(Decimal(2_000_000), "USD"), "200 万美元"),
        (Money(Decimal(500), "XAU"), "500 XAU"),
    ],
)
def test_plain_display(shown: Money, text: str) -> None:
    assert str(shown) == text


CENTS = st.decimals(0, 10**15, places=2)


@given(CENTS.filter(lambda amount: amount >= 10_000), st.sampled_from(sorted(money.CURRENCIES)))
def test_reading_what_was_displayed_gives_it_back(amount: Decimal, currency: str) -> None:
    assert money.parse(money.plain(Money(amount, currency))) == Money(amount, currency)


def value(capitals: str) -> Decimal:
    """Reads capitals back, independently of how they were made."""
    total = section = digit = Decimal(0)
    for character in capitals.removeprefix("人民币").removesuffix("整"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = Decimal("零壹贰叁肆伍陆柒捌玖".index(character))
        elif character in "拾佰仟":
            section, digit = section + digit * 10 ** (1 + "拾佰仟".index(character)), Decimal(0)
        elif character in "万亿":
            size = 10**4 if character == "万" else 10**8
            section += digit
            total, section, digit = (
                (total + section) * size if size == 10**8 else total + section * size,
                Decimal(0),
                Decimal(0),
            )
        elif character == "元":
            total, section, digit = total + section + digit, Decimal(0), Decimal(0)
        else:
            total, digit = total + digit / (10 if character == "角" else 100), Decimal(0)
    return total


@given(st.decimals(0, 10**12 - 1, places=2))
def test_capitals_can_be_read_back(amount: Decimal) -> None:
    text = money.capitals(Money(amount))
    assert value(text) == amount
    assert "零零" not in text


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(money.MoneyError):
        assert money.parse(text).amount >= 0
