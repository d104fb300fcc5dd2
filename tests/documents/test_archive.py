from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from hongdun.documents import signing
from hongdun.documents.archive import Cover, Paper, archive
from hongdun.documents.errors import DocumentProblem
from hongdun.documents.images import clean_jpeg
from hongdun.documents.licence import print_licence
from tests.documents import builders

COVER = Cover(
    organ=builders.ORGAN,
    title="广西邕江垚鑫数字科技有限公司设立登记",
    case_number="450103-2026-000128",
    uscc="91450103MA5N8K2T4R",
    opened=date(2026, 11, 20),
    closed=builders.DAY,
    archived_by="黄丽华",
)


def papers() -> list[Paper]:
    licence = print_licence(builders.LICENCE, copy="duplicate", specimen=True)
    signed = signing.sign_pdf(licence, reason="签发营业执照", location="南宁", at=builders.NINE_O_CLOCK)
    return [
        Paper("公司登记申请书", "application/pdf", builders.pdf(3), author="申请人", day=builders.DAY),
        Paper("住所照片", "image/png", builders.png(300, 200)),
        Paper("身份证明", "image/jpeg", builders.jpeg(100, 40)),
        Paper("营业执照", "application/pdf", signed, number="〔2026〕128号"),
    ]


def test_index_and_page_numbers_agree() -> None:
    reader = PdfReader(BytesIO(archive(COVER, papers())))
    texts = [re.sub(r"\s+", "", page.extract_text()) for page in reader.pages]
    assert len(texts) == 2 + 3 + 1 + 1 + 1
    assert "登记档案" in texts[0]
    assert "4件6页" in texts[0]
    assert "卷内目录" in texts[1]
    for line in ("1申请人公司登记申请书2026-11-221–3", "2住所照片4", "3身份证明5", "4〔2026〕128号营业执照6"):
        assert line in texts[1]
    assert [text[-1] for text in texts[2:]] == list("123456")
    assert [item.title for item in reader.outline] == ["公司登记申请书", "住所照片", "身份证明", "营业执照"]


def test_a_long_number_stays_in_its_column() -> None:
    serial = "91450102GX0000007C-001"
    listed = Paper("营业执照（正本）", "application/pdf", builders.pdf(1), number=serial, author="发照机关")
    index = PdfReader(BytesIO(archive(COVER, [listed]))).pages[1]
    lines = index.extract_text(extraction_mode="layout").splitlines()
    assert not any(serial in line for line in lines), "on one line it runs over the next column"
    assert serial in re.sub(r"[\s\u200b]+", "", index.extract_text())


def test_signatures_of_single_papers_are_left_out_and_the_whole_can_be_signed() -> None:
    whole = archive(COVER, papers())
    assert not signing.verify_pdf(whole).signed
    sealed = signing.sign_pdf(whole, reason="归档", location="南宁", at=builders.NINE_O_CLOCK)
    assert signing.verify_pdf(sealed).ok


def test_a_title_typed_on_a_phone_does_not_stop_the_archive() -> None:
    paper = Paper("我的照片😀", "image/png", builders.png())
    index = PdfReader(BytesIO(archive(COVER, [paper]))).pages[1].extract_text()
    assert "我的照片〓" in index


def test_the_same_file_gives_the_same_bytes() -> None:
    found = papers()
    assert archive(COVER, found) == archive(COVER, found)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_numbered_as_they_are_shown(turn: int) -> None:
    paper = Paper("扫描件", "application/pdf", builders.pdf(2, rotation=turn))
    pages = PdfReader(BytesIO(archive(COVER, [paper]))).pages[2:]
    assert [page.rotation for page in pages] == [turn, turn]
    assert [page.extract_text().strip() for page in pages] == ["1", "2"]


def test_a_photo_taken_on_its_side_is_turned_and_lies_where_it_is_wide() -> None:
    upright = clean_jpeg(builders.jpeg(80, 40, extra=builders.exif(6)))
    pages = PdfReader(
        BytesIO(
            archive(
                COVER, [Paper("竖", "image/jpeg", upright), Paper("横", "image/jpeg", builders.jpeg(80, 40))]
            )
        )
    ).pages[2:]
    assert [page.mediabox.width < page.mediabox.height for page in pages] == [True, False]


def test_a_damaged_paper_is_named() -> None:
    with pytest.raises(DocumentProblem, match="归档时打不开“住所证明”"):
        archive(COVER, [Paper("住所证明", "application/pdf", b"%PDF-1.7 cut")])
    with pytest.raises(DocumentProblem, match="归档时打不开“照片”"):
        archive(COVER, [Paper("照片", "image/png", b"\x89PNG\r\n\x1a\n")])
