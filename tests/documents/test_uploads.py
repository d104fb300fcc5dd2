from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.documents import images, uploads
from hongdun.documents.errors import UploadRefused
from tests.documents import builders

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = {
    "plain.pdf": builders.pdf(),
    "long.pdf": builders.pdf(120),
    "turned.pdf": builders.pdf(2, rotation=90),
    "crlf.pdf": builders.pdf() + b"\r\n\0",
    "photo.jpg": builders.jpeg(),
    "phone.jpeg": builders.jpeg(400, 300, extra=builders.exif(6)),
    "large.jpg": builders.jpeg(6000, 4000),
    "scan.png": builders.png(),
    "chunky.png": builders.png(extra=builders.chunk(b"tEXt", b"Comment\0hello")),
}
BAD = {
    "empty.pdf": (b"", "是空的"),
    "huge.pdf": (b"%PDF-" + bytes(uploads.MAX_BYTES), r"20\.0 MB，超过 20 MB"),
    "word.docx": (b"PK\x03\x04" + bytes(60), "另存为 PDF"),
    "word97.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word"),
    "renamed.pdf": (b"PK\x03\x04" + bytes(60), "另存为 PDF"),
    "photo.heic": (b"\0\0\0\x18ftypheic" + bytes(20), "兼容性最佳"),
    "clip.mp4": (b"\0\0\0\x18ftypmp42" + bytes(20), "视频"),
    "anim.gif": (b"GIF89a" + bytes(20), "GIF"),
    "pic.webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
    "pic.bmp": (b"BM" + bytes(60), "BMP"),
    "fax.tif": (b"II*\0" + bytes(60), "TIFF"),
    "run.pdf": (b"MZ\x90\0" + bytes(60), "程序文件"),
    "bundle.rar": (b"Rar!\x1a\x07", "解压"),
    "page.html": (b"<!doctype html><script>alert(1)</script>", "认不出文件类型"),
    "vector.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "认不出文件类型"),
    "text.txt": ("申请书".encode(), "只能上传 PDF、JPG 或 PNG"),
    "prefixed.pdf": (b"<script></script>\n" + builders.pdf(), "开头带有不属于它的内容"),
    "pdf+zip.pdf": (builders.pdf() + b"PK\x03\x04evil", "末尾带有不属于它的内容"),
    "pdf+padding.pdf": (builders.pdf() + bytes(5000), "末尾带有不属于它的内容"),
    "cut.pdf": (builders.pdf()[:-30], "打不开"),
    "fake.pdf": (b"%PDF-1.7\nhello\n%%EOF", "打不开"),
    "locked.pdf": (builders.pdf(password="0771"), "密码"),
    "owner-locked.pdf": (builders.pdf(password=" "), "密码"),
    "script.pdf": (builders.pdf_with_action("/JavaScript", JS="app.alert(1)"), "脚本"),
    "launch.pdf": (builders.pdf_with_action("/Launch", F="cmd.exe"), "启动程序"),
    "submit.pdf": (builders.pdf_with_action("/SubmitForm", F="http://example.com"), "发送数据"),
    "goto.pdf": (builders.pdf_with_action("/GoToE", D="x"), "内嵌文件"),
    "attached.pdf": (builders.pdf_with_attachment(), "内嵌附件"),
    "xfa.pdf": (builders.pdf_with_form(), "动态表单"),
    "cycle.pdf": (builders.raw_pdf(b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "打不开"),
    "deep.pdf": (builders.raw_pdf(b"<</Type/Pages/Kids[]/X" + b"[" * 9000 + b"]" * 9000 + b">>"), "打不开"),
    "nothing.pdf": (builders.pdf(0), "一页也没有"),
    "volume.pdf": (builders.pdf(501), "501 页，超过 500 页"),
    "cut.jpg": (builders.jpeg()[:-2], "不完整"),
    "cut2.jpg": (builders.jpeg(400, 300)[:120], "不完整"),
    "empty.jpg": (b"\xff\xd8\xff\xd9", "不完整"),
    "bomb.jpg": (builders.jpeg(8, 8).replace(b"\x08\0\x08\0\x08", b"\x08\xff\xdc\xff\xdc"), "像素"),
    "cut.png": (builders.png()[:-20], "不完整"),
    "flipped.png": (builders.png().replace(b"IDAT", b"IDAU"), "不完整"),
    "bomb.png": (builders.png(50_000, 50_000, drawn=(8, 8)), r"50000×50000 像素"),
    "long.png": (builders.png(30_000, 2, drawn=(8, 8)), "单边 20000 像素"),
    "zero.png": (builders.png(0, 0), "不完整"),
}


def test_the_corpus_is_large_enough() -> None:
    assert len(GOOD) + len(BAD) >= 40


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_taken(name: str) -> None:
    checked = uploads.check(GOOD[name], filename=name)
    assert checked.content_type in uploads.EXTENSIONS
    assert uploads.check(checked.data, filename=name).data == checked.data


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_and_told_how_to_mend(name: str) -> None:
    data, words = BAD[name]
    with pytest.raises(UploadRefused, match=words) as refused:
        uploads.check(data, filename=name)
    assert "请" in str(refused.value)


def test_the_true_type_wins_over_the_name() -> None:
    checked = uploads.check(builders.png(), filename="扫描件.pdf")
    assert (checked.content_type, checked.filename) == ("image/png", "扫描件.png")


def test_pages_are_counted() -> None:
    assert uploads.check(builders.pdf(7), filename="x").pages == 7
    assert uploads.check(builders.jpeg(), filename="x").pages == 1


def test_a_photo_loses_its_place_but_stays_upright() -> None:
    secret = builders.exif(6) + builders.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>")
    comment = builders.segment(0xFE, b"taken at home")
    cleaned = uploads.check(builders.jpeg(extra=secret + comment), filename="a.jpg").data
    for gone in (b"N22.8170", b"xmpmeta", b"taken at home"):
        assert gone not in cleaned
    start = cleaned.index(b"Exif\0\0") + 6
    assert images.orientation(cleaned[start:]) == 6


def test_an_upright_photo_keeps_no_exif_at_all() -> None:
    assert b"Exif" not in uploads.check(builders.jpeg(extra=builders.exif(1)), filename="a.jpg").data


def test_what_hides_behind_a_picture_is_cut_off() -> None:
    for picture in (builders.jpeg(), builders.png()):
        cleaned = uploads.check(picture + b"PK\x03\x04" + b"<script>" * 9, filename="a").data
        assert b"PK\x03\x04" not in cleaned
        assert cleaned == uploads.check(picture, filename="a").data


def test_text_and_animation_are_left_out_of_png() -> None:
    extra = (
        builders.chunk(b"tEXt", b"GPS\0N22")
        + builders.chunk(b"eXIf", b"II*\0")
        + builders.chunk(b"acTL", bytes(8))
    )
    cleaned = uploads.check(builders.png(extra=extra), filename="a.png").data
    assert cleaned == builders.png()


def test_a_progressive_jpeg_with_restart_marks_is_kept_whole() -> None:
    scan = builders.segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\0\x34\xff\xd0\x56"
    body = builders.segment(0xC2, struct.pack(">BHHB", 8, 8, 8, 1) + b"\1\x11\0") + scan + scan
    data = b"\xff\xd8" + body + b"\xff\xd9"
    assert images.clean_jpeg(data) == data


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\用户\\章程.pdf", "章程.pdf"),
        ("章程\u202efdp.exe", "章程fdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("", "材料.pdf"),
        ("我的章程😀.pdf", "我的章程〓.pdf"),
        (".pdf", "材料.pdf"),
        ("名" * 300 + ".pdf", "名" * 96 + ".pdf"),
        ("公司章程（第2.1版）.pdf", "公司章程（第2.1版）.pdf"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert uploads.safe_name(given_name, extension=".pdf") == kept


def verdict(data: bytes) -> str:
    try:
        uploads.check(data, filename="x")
    except UploadRefused as refused:
        return str(refused)
    return "请放心：可以收下"


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", images.PNG_START]))
def test_no_bytes_bring_the_check_down(tail: bytes, start: bytes) -> None:
    assert "请" in verdict(start + tail)


@given(
    st.integers(0, 2**16), st.integers(0, 255), st.sampled_from([builders.pdf, builders.jpeg, builders.png])
)
def test_no_flipped_byte_brings_the_check_down(place: int, value: int, sound: Callable[[], bytes]) -> None:
    data = bytearray(sound())
    data[place % len(data)] = value
    assert "请" in verdict(bytes(data))


def test_a_pdf_with_a_hidden_compressed_script_is_found() -> None:
    inner = b"1 0 <</S/JavaScript/JS(app.alert\\(1\\))>>"
    packed = zlib.compress(inner)
    parts = [
        b"%PDF-1.5\n",
        b"2 0 obj<</Type/Catalog/Pages 3 0 R/OpenAction 1 0 R>>endobj\n",
        b"3 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj\n",
        b"4 0 obj<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>endobj\n",
        b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n",
    ]
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    rows = [(0, 0, 255), (2, 5, 0), *((1, offset, 0) for offset in offsets[1:5]), (1, offsets[5], 0)]
    table = zlib.compress(b"".join(struct.pack(">BHB", *row) for row in rows))
    xref = b"6 0 obj<</Type/XRef/Size 7/Root 2 0 R/W[1 2 1]/Filter/FlateDecode/Length %d>>stream\n" % len(
        table
    )
    data = b"".join([*parts, xref, table, b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % offsets[5]])
    with pytest.raises(UploadRefused, match="脚本"):
        uploads.check(data, filename="x.pdf")
