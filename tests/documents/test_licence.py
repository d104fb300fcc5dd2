from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from hongdun.documents.errors import DoesNotFit
from hongdun.documents.licence import LABELS, print_licence
from tests.documents import builders

if TYPE_CHECKING:
    from pathlib import Path

MM = 72 / 25.4


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", "", PdfReader(BytesIO(pdf)).pages[0].extract_text())


def test_original_is_a3_and_duplicate_a4_both_lying() -> None:
    for copy, wide, high in (("original", 420, 297), ("duplicate", 297, 210)):
        page = PdfReader(BytesIO(print_licence(builders.LICENCE, copy=copy, specimen=False))).pages
        assert len(page) == 1
        assert float(page[0].mediabox.width) == pytest.approx(wide * MM, abs=0.5)
        assert float(page[0].mediabox.height) == pytest.approx(high * MM, abs=0.5)


def test_a_company_licence_bears_the_items_of_article_23_and_no_other() -> None:
    text = words(print_licence(builders.LICENCE, specimen=False))
    for item in (
        "名称",
        "类型",
        "法定代表人",
        "注册资本",
        "成立日期",
        "住所",
        "经营范围",
        "登记机关",
        "统一社会信用代码",
    ):
        assert item in text
    for value in (
        builders.LICENCE.name,
        builders.LICENCE.uscc,
        "覃志强",
        "人民币伍佰万元整",
        "2026年11月22日",
    ):
        assert value in text
    assert builders.LICENCE.scope[:30] in text
    assert "营业期限" not in text
    assert "样" not in text


@pytest.mark.parametrize("kind", sorted(LABELS))
def test_every_kind_uses_its_own_labels(kind: str) -> None:
    capital = "人民币壹拾万元整" if LABELS[kind].capital else ""
    text = words(print_licence(builders.licence(kind=kind, capital=capital), copy="duplicate", specimen=True))
    assert LABELS[kind].principal in text
    assert LABELS[kind].address in text
    assert ("注册资本" in text) == (kind == "company")
    assert ("出资额" in text) == (LABELS[kind].capital == "出资额")
    assert "样" in text
    assert "本" in text


def test_an_individual_business_may_do_without_a_name() -> None:
    person = builders.licence(
        kind="individual", name="", type="个体工商户", composition="个人经营", capital=""
    )
    text = words(print_licence(person, copy="duplicate", specimen=True))
    assert "＊＊＊" in text
    assert "组成形式个人经营" in text
    assert "个体工商户应当于每年" in text


def test_a_duplicate_bears_its_number() -> None:
    assert "（副本）（3）" in words(
        print_licence(builders.LICENCE, copy="duplicate", duplicate_no=3, specimen=True)
    )


@pytest.mark.slow
@pytest.mark.parametrize("copy", ["original", "duplicate"])
def test_long_items_shrink_and_stay_inside(copy: str) -> None:
    scope = (builders.SCOPE * 12)[:1499] + "龘"
    name = ("广西壮族自治区" + "红水河流域生态农业循环经济" * 5)[:56] + "有限公司"
    address = (builders.LICENCE.address * 4)[:100]
    data = builders.licence(scope=scope, name=name, address=address, principal="执行" * 30)
    pdf = print_licence(data, copy=copy, specimen=True)
    text = words(pdf)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert scope[-40:] in text
    assert name in text
    assert address in text
    foot = baseline(pdf, "龘")
    assert foot > (297 if copy == "original" else 210) * MM * 0.12


def baseline(pdf: bytes, character: str) -> float:
    """Height over the foot of the page, in points, of the line with `character`."""
    found: list[float] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if character in text:
            found.append(cm[1] * tm[4] + cm[3] * tm[5] + cm[5])

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    return min(found)


@pytest.mark.slow
def test_what_can_not_fit_is_refused_with_its_length() -> None:
    with pytest.raises(DoesNotFit, match="经营范围共 6000 个字，最小字号也印不下"):
        print_licence(builders.licence(scope="经" * 6000), copy="duplicate", specimen=True)
    with pytest.raises(DoesNotFit, match="名称共 400 个字"):
        print_licence(builders.licence(name="名" * 400), copy="duplicate", specimen=True)


def test_the_same_data_give_the_same_bytes_in_every_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        pdfs = list(
            pool.map(lambda _: print_licence(builders.LICENCE, copy="duplicate", specimen=True), range(8))
        )
    assert len(set(pdfs)) == 1


def test_the_file_claims_archival_form_and_carries_its_date() -> None:
    pdf = print_licence(builders.LICENCE, specimen=False)
    assert b"pdfaid:part>2" in pdf or b'pdfaid:part="2"' in pdf
    assert PdfReader(BytesIO(pdf)).metadata.creation_date.date() == builders.DAY


def test_the_authority_mounts_its_own_emblem(home: Path) -> None:
    plain = print_licence(builders.LICENCE, copy="duplicate", specimen=True)
    (home / "emblem.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    assert print_licence(builders.LICENCE, copy="duplicate", specimen=True) != plain
