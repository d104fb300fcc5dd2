"""JPEG and PNG taken apart and put together again from their drawing parts only.

What is no part of the picture (place and time of the shot, thumbnails, comments, anything hidden behind the
end) stays behind, so that no file leaks where its owner lives, and none is a second file in disguise.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from hongdun.documents.errors import UploadRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PIXELS = 60_000_000
MAX_SIDE = 20_000

JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
PNG_START = b"\x89PNG\r\n\x1a\n"
SOS, EXIF, ICC, ADOBE, JFIF = 0xDA, 0xE1, 0xE2, 0xEE, 0xE0
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
TABLES = FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, SOS}
# In coded data FF is followed by 00 or a restart mark; anything else begins the next segment.
NEXT_MARK = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
ORIENTATION, SHORT = 0x0112, 3
UPRIGHT, ORIENTATIONS = 1, range(1, 9)
PNG_PARTS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"}
)
CUT_SHORT = "图片不完整，可能没有传完。请重新拍照或重新选择文件上传。"


def clean_jpeg(data: bytes) -> bytes:
    """`data` without metadata; which way up a phone held the picture is kept."""
    kept = [JPEG_START]
    seen: set[int] = set()
    for mark, body, coded in _segments(data):
        seen.add(mark)
        if mark in FRAMES:
            height, width = struct.unpack(">HH", _exactly(body[1:5], 4))
            limit_pixels(width, height)
        kept.append(_kept(mark, body) + coded)
    if not seen & FRAMES or SOS not in seen:
        raise UploadRefused(CUT_SHORT)
    return b"".join([*kept, JPEG_END])


def _kept(mark: int, body: bytes) -> bytes:
    if mark == EXIF and body.startswith(b"Exif\0\0"):
        turned = orientation(body[6:])
        return b"" if turned == UPRIGHT else _segment(EXIF, _orientation_only(turned))
    colour = mark == ICC and body.startswith(b"ICC_PROFILE\0")
    adobe = mark == ADOBE and body.startswith(b"Adobe")
    jfif = mark == JFIF and body.startswith(b"JFIF\0")
    # The thumbnail behind the 14 bytes of JFIF may show what was cut from the picture.
    body = body[:12] + b"\0\0" if jfif else body
    return _segment(mark, body) if mark in TABLES or colour or adobe or jfif else b""


def _segment(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Mark, body and following coded data of each segment up to the end mark."""
    at = 2
    while True:
        found = NEXT_MARK.match(data, at)
        if found is None:
            raise UploadRefused(CUT_SHORT)
        mark = data[found.end() - 1]
        if mark == JPEG_END[1]:
            return
        (length,) = struct.unpack(">H", _exactly(data[found.end() : found.end() + 2], 2))
        body = _exactly(data[found.end() + 2 : found.end() + length], length - 2)
        at = found.end() + length
        coded = b""
        if mark == SOS:
            following = NEXT_MARK.search(data, at)
            if following is None:
                raise UploadRefused(CUT_SHORT)
            coded, at = data[at : following.start()], following.start()
        yield mark, body, coded


def orientation(tiff: bytes) -> int:
    """Orientation (1 to 8) stated in an EXIF block; 1 where it says nothing usable."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for entry in range(count):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * entry)
            if tag == ORIENTATION and kind == SHORT and value in ORIENTATIONS:
                return int(value)
    except (KeyError, struct.error):
        return UPRIGHT
    return UPRIGHT


def _orientation_only(value: int) -> bytes:
    return b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, value, 0, 0)


def clean_png(data: bytes) -> bytes:
    """`data` with the chunks that draw the picture, checked by their sums; no text, time or animation."""
    kept = [PNG_START]
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", _exactly(data[at : at + 8], 8))
        body = _exactly(data[at + 8 : at + 8 + length], length)
        (stated,) = struct.unpack(">I", _exactly(data[at + 8 + length : at + 12 + length], 4))
        if zlib.crc32(kind + body) != stated or (len(kept) == 1) != (kind == b"IHDR"):
            raise UploadRefused(CUT_SHORT)
        if kind == b"IHDR":
            limit_pixels(*struct.unpack(">II", _exactly(body[:8], 8)))
        if kind in PNG_PARTS:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)


def limit_pixels(width: int, height: int) -> None:
    """Refuse by the header alone: a small file can unfold into gigabytes."""
    if not width or not height:
        raise UploadRefused(CUT_SHORT)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise UploadRefused(
            f"图片为 {width}×{height} 像素，超过 {MAX_PIXELS // 10_000} 万像素或单边 {MAX_SIDE} 像素的上限。"
            "请在手机或电脑上缩小图片后重新上传。"
        )


def _exactly(part: bytes, length: int) -> bytes:
    if len(part) != length or length < 0:
        raise UploadRefused(CUT_SHORT)
    return part
