import pytest

from hongdun.lib.articles import cite, numeral, reference


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "一百"),
        (103, "一百零三"), (110, "一百一十"), (112, "一百一十二"), (241, "二百四十一"),
    ],
)  # fmt: skip
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


@pytest.mark.parametrize(
    ("article", "text"),
    [
        ("19", "第十九条"),
        ("18/2", "第十八条第二款"),
        ("12//3", "第十二条第三项"),
        ("17/1/2", "第十七条第一款第二项"),
    ],
)
def test_references(article: str, text: str) -> None:
    assert reference(article) == text


def test_citation() -> None:
    assert cite("市场主体登记管理条例", "19") == "《市场主体登记管理条例》第十九条"
