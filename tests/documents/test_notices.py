from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from hongdun.documents.errors import MissingGlyphs
from hongdun.documents.notices import Item, print_notice
from tests.documents import builders


def pages(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def test_a_refusal_names_article_remedies_organ_and_date() -> None:
    (text,) = pages(print_notice(builders.NOTICE, specimen=False))
    for part in ("不予登记通知书", "〔2026〕第3号", "依据：《市场主体登记管理条例》第十二条第四项"):
        assert part in text
    assert "六十日内申请行政复议，或者六个月内提起行政诉讼" in text
    assert text.count(builders.ORGAN) == 2
    assert "2026年11月22日" in text
    assert "样" not in text


def test_a_long_notice_runs_over_pages_and_keeps_the_seal_with_the_remedies() -> None:
    items = tuple(Item(f"第{n}项材料不齐全，请补充。" * 6, "《实施细则》第二十五条") for n in range(1, 31))
    found = pages(print_notice(builders.notice(items=items), specimen=True))
    assert len(found) > 4
    assert "30." in found[-1] + found[-2]
    assert "六个月内提起行政诉讼" in found[-1]
    assert "2026年11月22日" in found[-1]
    assert "—1—" not in found[0]
    assert "—2—" in found[1]
    assert all("样" in text for text in found)


def test_a_receipt_lists_the_materials() -> None:
    rows = (("1", "公司章程", "12 页"), ("2", "住所使用相关文件", "2 页"))
    receipt = builders.notice(
        title="接收申请材料凭证", items=(), columns=("序号", "材料名称", "页数"), rows=rows, remedies=""
    )
    (text,) = pages(print_notice(receipt, specimen=True))
    assert "序号材料名称页数1公司章程12页2住所使用" in text
    assert "公司章程" in text


@pytest.mark.parametrize("count", range(2, 22))
def test_neither_seal_nor_station_stands_alone_on_a_page(count: int) -> None:
    """However long the table: where the seal goes over, words of the text go with it (GB/T 9704)."""
    receipt = builders.notice(
        title="接收申请材料凭证", items=(), columns=("序号", "材料", "页数"), remedies="",
        rows=tuple((str(n), "住所（主要经营场所、经营场所）相关文件", "2 页") for n in range(1, count + 1)),
        station="津头市场监督管理所",
    )  # fmt: skip
    last = pages(print_notice(receipt, specimen=False))[-1]
    assert f"以上共{count}项。" in last
    assert "2026年11月22日" in last
    assert "承办：津头市场监督管理所" in last


def test_a_station_is_shown_as_handling_under_the_bureaus_seal() -> None:
    text = pages(
        print_notice(
            builders.notice(station="津头市场监督管理所", contact="电话：0771-5500000"), specimen=True
        )
    )[0]
    assert "承办：津头市场监督管理所" in text


def test_the_longest_organ_name_stays_on_one_line() -> None:
    organ = "广西壮族自治区百色市隆林各族自治县市场监督管理局新州市场监督管理所"
    assert pages(print_notice(builders.notice(organ=organ), specimen=True))[0].count(organ) == 2


def test_a_missing_character_anywhere_is_refused() -> None:
    for change in (
        {"addressee": "𮧵"},
        {"items": (Item("甲", "𮧵"),)},
        {"columns": ("甲",), "rows": (("𮧵",),)},
    ):
        with pytest.raises(MissingGlyphs):
            print_notice(builders.notice(**change), specimen=True)


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert print_notice(builders.NOTICE, specimen=True) == print_notice(builders.NOTICE, specimen=True)
