"""What can be wrong with a paper; every message says what, where, and how to mend it."""

from __future__ import annotations

import unicodedata


class DocumentProblem(Exception):
    """The paper can't be made, taken or believed; the message is for the person at the screen."""


class MissingGlyphs(DocumentProblem):
    """A character that no font has would be printed as an empty box: a legal defect on a licence."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        named = "、".join(f"{_shown(c)}（U+{ord(c):04X}）" for c in characters)
        super().__init__(
            f"字库缺{named}，不能打印。请核对用字，自造字须改为规范汉字；确为规范汉字的，"
            "请管理员把含该字的字体文件放入数据目录的 fonts 文件夹后重试。"
        )


def _shown(character: str) -> str:
    """Old registers hold signs that one bureau drew for itself, and characters that show nothing."""
    category = unicodedata.category(character)
    return {"Co": "自造字", "Cn": "未编码字符"}.get(category) or (
        "不可见字符" if category.startswith("C") else f"“{character}”"
    )


class DoesNotFit(DocumentProblem):
    """An item is too long for its place even in the smallest legible size."""

    def __init__(self, item: str, length: int) -> None:
        self.item = item
        super().__init__(f"{item}共 {length} 个字，最小字号也印不下。请与申请人核对后精简，再打印。")


class BadToken(DocumentProblem):
    """A licence code that this platform did not sign."""


class UploadRefused(DocumentProblem):
    """A file from outside that is not taken in."""


class DamagedFile(DocumentProblem):
    """A stored file no longer has the bytes that its name promises."""


class Isolated(DamagedFile):
    """A file in which the scanner found something after it was taken in."""


class BadSealKeys(DocumentProblem):
    """The mounted seal key, certificate and chain do not belong together."""
