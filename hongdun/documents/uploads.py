"""What may come in from outside: PDF, JPEG and PNG, by what they are and not by what they are called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from hongdun.documents import fonts, images, pdfcheck
from hongdun.documents.errors import UploadRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 100
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
STARTS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, images.PNG_START: PNG}

# What people send by mistake, and how to turn it into something that can be filed.
OTHERS: tuple[tuple[bytes, int, str], ...] = (
    (b"PK\x03\x04", 0, "Word、Excel 文档或压缩包。请打开后另存为 PDF 再上传；压缩包请解压后逐个上传"),
    (b"\xd0\xcf\x11\xe0", 0, "旧版 Word、Excel 或 WPS 文档。请打开后另存为 PDF 再上传"),
    (b"Rar!", 0, "压缩包。请解压后逐个上传"),
    (b"7z\xbc\xaf", 0, "压缩包。请解压后逐个上传"),
    (b"ftypheic", 4, "HEIC 照片。请在手机相机设置中选择“兼容性最佳”（JPEG）后重拍，或截图后上传"),
    (b"ftypmif1", 4, "HEIC 照片。请在手机相机设置中选择“兼容性最佳”（JPEG）后重拍，或截图后上传"),
    (b"ftyp", 4, "视频。请改为上传照片或 PDF"),
    (b"GIF8", 0, "GIF 动图。请截图存为 PNG 后上传"),
    (b"WEBP", 8, "WebP 图片。请另存为 JPG 或 PNG 后上传"),
    (b"BM", 0, "BMP 图片。请另存为 JPG 或 PNG 后上传"),
    (b"II*\0", 0, "TIFF 图片。请另存为 PDF 或 JPG 后上传"),
    (b"MM\0*", 0, "TIFF 图片。请另存为 PDF 或 JPG 后上传"),
    (b"MZ", 0, "程序文件，不能作为申请材料。请上传 PDF、JPG 或 PNG 文件"),
)
BAD_IN_NAME = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its cleaned bytes, true type, safe name, and pages (1 for a picture)."""

    data: bytes
    content_type: str
    filename: str
    pages: int


def check(data: bytes, *, filename: str) -> Checked:
    """Check and clean a file from outside; raises UploadRefused saying what it is and how to mend it."""
    if not data:
        raise UploadRefused("文件是空的。请重新选择文件上传。")
    if len(data) > MAX_BYTES:
        raise UploadRefused(too_large(len(data)))
    kind = next((kind for start, kind in STARTS.items() if data.startswith(start)), None)
    if kind is None:
        raise UploadRefused(_what_it_is(data))
    name = safe_name(filename, extension=EXTENSIONS[kind])
    if kind == PDF:
        return Checked(data, kind, name, pdfcheck.inspect(data))
    cleaned = images.clean_jpeg(data) if kind == JPEG else images.clean_png(data)
    return Checked(cleaned, kind, name, 1)


def too_large(size: int) -> str:
    return (
        f"文件有 {size / 1024 / 1024:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限。"
        "请降低扫描分辨率（200 DPI 即可）或分成几份上传。"
    )


def _what_it_is(data: bytes) -> str:
    for mark, at, label in OTHERS:
        if data[at:].startswith(mark):
            return f"这是{label}。"
    if b"%PDF-" in data[:1024]:
        return "PDF 文件开头带有不属于它的内容。请用“打印为 PDF”重新生成后上传。"
    return "认不出文件类型。只能上传 PDF、JPG 或 PNG 文件，请转换后重新上传。"


def safe_name(name: str, *, extension: str = "") -> str:
    """File name that receipts can print, without folders and control characters, ending as the content says."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = "".join(c for c in plain if not unicodedata.category(c).startswith("C"))
    plain = fonts.readable(BAD_IN_NAME.sub("_", plain))
    stem, dot, ending = plain.rpartition(".")
    if extension and dot and ending.isalnum() and ending.isascii():
        plain = stem
    plain = plain.strip(". ")
    room = MAX_NAME - len(extension)
    return (plain[:room] or "材料") + extension


def page_count(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)
