"""Papers, pictures and PDFs, good and bad, made from nothing."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from hongdun.documents.codes import Claims
from hongdun.documents.licence import LicenceData
from hongdun.documents.notices import Item, NoticeData
from hongdun.documents.words import SHANGHAI

DAY = date(2026, 11, 22)
NINE_O_CLOCK = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
ORGAN = "南宁市青秀区市场监督管理局"
SCOPE = (
    "一般项目：软件开发；信息系统集成服务；数据处理和存储支持服务；计算机软硬件及辅助设备批发；办公设备销售；"
    "互联网销售（除销售需要许可的商品）；会议及展览服务；初级农产品收购；货物进出口。"
    "许可项目：第二类增值电信业务；食品销售（依法须经批准的项目，经相关部门批准后方可开展经营活动）。"
)
LICENCE = LicenceData(
    kind="company",
    uscc="91450103MA5N8K2T4R",
    name="广西邕江垚鑫数字科技有限公司",
    type="有限责任公司（自然人投资或控股）",
    principal="覃志强",
    capital="人民币伍佰万元整",
    established=DAY,
    address="广西壮族自治区南宁市青秀区民族大道166号上东国际T3栋1208室",
    scope=SCOPE,
    authority=ORGAN,
    issued=DAY,
    url="https://hongdun.example.gov.cn/verify/" + "Qx7_" * 43,
    serial="4501030000000127",
    seal_number="4501030012345",
)
NOTICE = NoticeData(
    title="不予登记通知书",
    number="（南青）登驳字〔2026〕第3号",
    addressee="广西邕江垚鑫数字科技有限公司（筹）",
    paragraphs=("你单位提交的公司设立登记申请，经审查不符合法律规定，决定不予登记，理由如下：",),
    items=(Item("拟任法定代表人未逾三年。", "《市场主体登记管理条例》第十二条第四项"),),
    remedies="如不服本决定，可以自收到本通知书之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
    organ=ORGAN,
    issued=DAY,
)
CLAIMS = Claims(
    uscc="91450103MA5N8K2T4R",
    serial="4501030000000127",
    issued=DAY,
    copy="duplicate",
    version=3,
    organ=450103000,
)


def licence(**changes: Any) -> LicenceData:
    return replace(LICENCE, **changes)


def notice(**changes: Any) -> NoticeData:
    return replace(NOTICE, **changes)


def font_with(character: str, *, family: str) -> bytes:
    """TrueType font that has one character, a filled box."""
    pen = TTGlyphPen(None)
    for number, point in enumerate(((100, 0), (100, 800), (900, 800), (900, 0))):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({ord(character): "box"})
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def segment(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def jpeg(width: int = 64, height: int = 32, *, extra: bytes = b"") -> bytes:
    """Grey baseline JPEG of one shade, with `extra` segments in front."""
    one_code = b"\x01" + bytes(15)
    blocks = -(-width // 8) * -(-height // 8)
    bits = "00" * blocks
    bits += "1" * (-len(bits) % 8)
    coded = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            extra,
            segment(0xDB, b"\0" + bytes([1]) * 64),
            segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"),
            segment(0xC4, b"\x00" + one_code + b"\0"),
            segment(0xC4, b"\x10" + one_code + b"\0"),
            segment(0xDA, b"\1\1\0\0\x3f\0") + coded,
            b"\xff\xd9",
        ]
    )


def exif(orientation: int, *, secret: bytes = b"N22.8170 E108.3665") -> bytes:
    """EXIF segment with an orientation and something that should not get out."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + secret)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int = 64, height: int = 32, *, extra: bytes = b"", drawn: tuple[int, int] | None = None
) -> bytes:
    """RGB PNG; `drawn` is the size of what is really inside, where the header lies."""
    wide, high = drawn or (width, height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x33\x66\x99" * wide) * high
    parts = [chunk(b"IHDR", header), extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pdf(pages: int = 1, *, rotation: int = 0, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842).rotate(rotation)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    return _written(writer)


def pdf_with_action(kind: str, **entries: str) -> bytes:
    """PDF that does something of `kind` (/JavaScript, /Launch …) when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    deed = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for key, value in entries.items():
        deed[NameObject(f"/{key}")] = TextStringObject(value)
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(deed)
    return _written(writer)


def pdf_with_attachment() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("run.exe", b"MZ")
    return _written(writer)


def pdf_with_form() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer.root_object[NameObject("/AcroForm")] = form
    return _written(writer)


def raw_pdf(pages: bytes) -> bytes:
    """PDF whose page tree is the given object, number 2."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", pages]
    parts, starts = [b"%PDF-1.5\n"], []
    for number, body in enumerate(objects, 1):
        starts.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj" % number + body + b"endobj\n")
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"xref\n0 3\n0000000000 65535 f \n%btrailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return b"".join([*parts, end % (table, sum(map(len, parts)))])


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
