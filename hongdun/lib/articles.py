"""Writing references to articles as laws do: 《市场主体登记管理条例》第十七条第一款第二项."""

_DIGITS = "零一二三四五六七八九"
_UNITS = {1000: "千", 100: "百", 10: "十"}
_PARTS = ("条", "款", "项")


def numeral(number: int) -> str:
    """Chinese numeral below ten thousand: 十二, 一百零三, 二百四十一."""
    return _numeral(number).removeprefix("一") if 10 <= number < 20 else _numeral(number)  # noqa: PLR2004 - 十二


def _numeral(number: int) -> str:
    for size, unit in _UNITS.items():
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return _DIGITS[head] + unit + gap + (_numeral(rest) if rest else "")
    return _DIGITS[number]


def reference(article: str) -> str:
    """`article/paragraph/item` in figures, of which the later may be left out: 17/1/2, 12//3, 19."""
    parts = zip(article.split("/"), _PARTS, strict=False)
    return "".join(f"第{numeral(int(number))}{part}" for number, part in parts if number)


def cite(title: str, article: str) -> str:
    return f"《{title}》{reference(article)}"
