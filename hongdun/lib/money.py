"""Capital: reading the register's free text, and writing it as figures and as financial capitals."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# Spellings of each currency as the register's free text has them; the first is the name we print.
CURRENCIES: dict[str, tuple[str, ...]] = {
    "CNY": ("人民币", "元人民币", "人民币元"),
    "USD": ("美元", "美金"),
    "HKD": ("港元", "港币", "香港元"),
    "MOP": ("澳门元", "澳门币"),
    "TWD": ("新台币", "台币"),
    "EUR": ("欧元",),
    "JPY": ("日元", "日圆", "日币"),
    "GBP": ("英镑",),
    "CAD": ("加拿大元", "加元"),
    "AUD": ("澳大利亚元", "澳元"),
    "SGD": ("新加坡元", "新元"),
    "KRW": ("韩元", "韩圆"),
    "CHF": ("瑞士法郎",),
    "THB": ("泰铢",),
    "MYR": ("马来西亚林吉特", "林吉特"),
    "VND": ("越南盾",),
}

_CODE_OF = {spelling: code for code, spellings in CURRENCIES.items() for spelling in spellings}
_SCALES = {
    scale: Decimal(10**zeros)
    for scale, zeros in zip(("", "百", "千", "万", "亿"), (0, 2, 3, 4, 8), strict=True)
}
_SHAPE = re.compile(
    r"(?P<before>[^\d.,()]*)(?P<figure>\d[\d,]*(?:\.\d+)?|\.\d+)\(?(?P<scale>[百千万亿]?)(?P<unit>[^\d()]*)"
    r"(?:\((?P<inner>[^\d()]*)\))?\)?"
)
_WAN = Decimal(10**4)
_CENT = Decimal("0.01")


class MoneyError(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of the currency (yuan, not ten thousand yuan), ISO 4217."""

    amount: Decimal
    currency: str = "CNY"

    def __str__(self) -> str:
        return plain(self)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says; `assumed` when the text names no currency, so that yuan was taken."""

    money: Money
    assumed: bool


def parse(text: str) -> Money:
    """Raises MoneyError telling why the text is no amount."""
    return read(text).money


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    if compact in {"", "-", "--", "无"}:
        raise MoneyError("未填写注册资本")
    shape = _SHAPE.fullmatch(compact)
    if shape is None:
        raise MoneyError(f"“{text}”不是金额，应写成“500 万元人民币”")
    scale, unit = shape["scale"], shape["unit"]
    if not scale and not unit and not shape["inner"] and not shape["before"]:
        raise MoneyError(f"“{text}”没有写明单位（元或万元），无法确定金额")
    currency = _currency(shape["before"] + unit + (shape["inner"] or ""), text)
    amount = Decimal(shape["figure"].replace(",", "")) * _SCALES[scale]
    return Reading(Money(amount, currency or "CNY"), assumed=currency is None)


def _currency(words: str, text: str) -> str | None:
    """ISO code of what the text calls its currency; None where it says only 元 or nothing."""
    for name in (words, words.removeprefix("元"), words.removesuffix("元")):
        if name in {"", "元", "圆"}:
            return None
        if name in _CODE_OF:
            return _CODE_OF[name]
    raise MoneyError(f"“{text}”中的币种“{words}”无法识别")


def name_of(currency: str) -> str:
    return CURRENCIES[currency][0] if currency in CURRENCIES else currency


def plain(money: Money) -> str:
    """500 万元人民币, 200 万美元, 8,000 元人民币."""
    unit = "元人民币" if money.currency == "CNY" else name_of(money.currency)
    if money.amount >= _WAN:
        return f"{_figure(money.amount / _WAN)} 万{unit}"
    return f"{_figure(money.amount)} {unit}"


def _figure(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = {10**8: "亿", 10**4: "万", 1000: "仟", 100: "佰", 10: "拾"}
_LARGEST = Decimal(10**16)


def capitals(money: Money) -> str:
    """人民币伍佰万元整, as on licences and bills (支付结算办法, annex 1)."""
    if not 0 <= money.amount < _LARGEST or money.amount != money.amount.quantize(_CENT):
        raise MoneyError(f"金额 {money.amount} 不能写成大写：应为零至一亿亿之间，最多两位小数")
    whole, cents = divmod(int(money.amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    text = f"{name_of(money.currency)}{_in_capitals(whole)}元"
    if not cents:
        return text + "整"
    text += f"{_DIGITS[jiao]}角" if jiao else "零"
    return f"{text}{_DIGITS[fen]}分" if fen else f"{text}整"


def _in_capitals(number: int) -> str:
    """A 零 stands wherever the next lower place is empty but something follows."""
    for size, unit in _UNITS.items():
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return _in_capitals(head) + unit + gap + (_in_capitals(rest) if rest else "")
    return _DIGITS[number]
