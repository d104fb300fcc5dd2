"""What is inside a PDF from outside, before anybody opens it."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from hongdun.documents.errors import UploadRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf.generic import PdfObject

# Broken files are told to the person who sent them; a line in the log for each oddity helps nobody.
logging.getLogger("pypdf").setLevel(logging.ERROR)

MAX_PAGES = 500
MAX_OBJECTS = 100_000
TRAILING = 1024

# Actions that run code, start programs or send data when the file is opened (ISO 32000-2 §12.6.4).
ACTIVE = {
    "/JavaScript": "脚本",
    "/Launch": "启动程序的动作",
    "/SubmitForm": "向外发送数据的动作",
    "/ImportData": "读入数据的动作",
    "/GoToE": "打开内嵌文件的动作",
    "/Rendition": "多媒体",
    "/RichMediaExecute": "多媒体",
}
CARRIERS = {
    "/JS": "脚本",
    "/EF": "内嵌附件",
    "/EmbeddedFiles": "内嵌附件",
    "/XFA": "动态表单",
    "/RichMediaContent": "多媒体",
}
MEND = "请用“打印为 PDF”或扫描的方式重新生成文件后上传。"
UNREADABLE = "PDF 文件损坏，打不开。请确认能用阅读器正常打开后，重新导出或扫描上传。"


def inspect(data: bytes) -> int:
    """Pages of a plain, unencrypted PDF; raises UploadRefused for anything that is more than paper."""
    _refuse_tail(data)
    try:
        reader = PdfReader(BytesIO(data))
        _refuse_encrypted(reader)
        _refuse_active(reader)
        pages = len(reader.pages)
    except UploadRefused:
        raise
    except Exception as error:  # whatever a broken file does to the parser, the answer is the same
        raise UploadRefused(UNREADABLE) from error
    if not pages:
        raise UploadRefused("PDF 一页也没有。请检查导出是否成功，再重新上传。")
    if pages > MAX_PAGES:
        raise UploadRefused(f"PDF 有 {pages} 页，超过 {MAX_PAGES} 页的上限。请拆成几份上传。")
    return pages


def _refuse_tail(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise UploadRefused(UNREADABLE)
    tail = data[end + len(b"%%EOF") :]
    if len(tail) > TRAILING or tail.strip(b"\0\r\n\t \x1a"):
        raise UploadRefused(f"PDF 末尾带有不属于它的内容（可能是另一个文件）。{MEND}")


def _refuse_encrypted(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise UploadRefused("PDF 设有密码或权限限制。请去掉密码（打开后“打印为 PDF”即可）再上传。")


def _refuse_active(reader: PdfReader) -> None:
    for seen, found in enumerate(_dictionaries(reader.trailer)):
        if seen > MAX_OBJECTS:
            raise UploadRefused(f"PDF 结构过于复杂。{MEND}")
        what = ACTIVE.get(str(found.raw_get("/S"))) if "/S" in found else None
        what = what or next((label for key, label in CARRIERS.items() if key in found), None)
        if what:
            raise UploadRefused(f"PDF 带有{what}，不能作为申请材料。{MEND}")


def _dictionaries(root: PdfObject) -> Iterator[DictionaryObject]:
    """Walk every dictionary that can be reached, each once, without recursion."""
    waiting: list[object] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            waiting.extend(found.raw_get(key) for key in found)
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))
