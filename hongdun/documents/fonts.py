"""The faces that papers are set in, and which characters they have."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import pylopdf_fonts_zh_cn as bundled
from fontTools.ttLib import TTFont

from hongdun.documents import places
from hongdun.documents.errors import MissingGlyphs

if TYPE_CHECKING:
    from pathlib import Path

SERIF = "Noto Serif SC"
SANS = "Noto Sans SC"
# Faces of GB/T 9704-2012 that an authority may mount; the free serif stands in for them.
FANGSONG = ("FZFangSong-Z02", "FangSong", "仿宋", "STFangsong", "FangSong_GB2312")
LAYOUT = frozenset("\n\t \u3000")


@lru_cache(maxsize=32)
def open_font(path: Path) -> TTFont:
    return TTFont(path, lazy=True, fontNumber=0)


@lru_cache(maxsize=32)
def _code_points(path: Path, changed: int) -> frozenset[int]:  # noqa: ARG001 - a replaced file is read anew
    return frozenset(open_font(path).getBestCmap())


def mounted() -> list[Path]:
    """Font files that the authority has added, in order of name."""
    folder = places.fonts()
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.suffix.lower() in {".otf", ".ttf", ".ttc"})


def paths() -> list[Path]:
    """Every font that printing may use, in the order of preference."""
    return [bundled.serif_path(), bundled.sans_path(), *mounted()]


def families(*, body: bool = False) -> list[str]:
    """Family names for the typesetter; `body` puts a mounted FangSong first, as GB/T 9704 wants it."""
    extra = [_family(path) for path in mounted()]
    preferred = [name for name in FANGSONG if body and name in extra]
    return [*preferred, SERIF, SANS, *(name for name in extra if name not in preferred)]


def _family(path: Path) -> str:
    names = open_font(path)["name"]
    return str(names.getDebugName(16) or names.getDebugName(1))


def covers(path: Path, character: str) -> bool:
    return ord(character) in _code_points(path, path.stat().st_mtime_ns)


def missing(text: str) -> list[str]:
    """Characters of `text` that no available font can print, each once, in order of appearance."""
    available = paths()
    wanted = dict.fromkeys(c for c in text if c not in LAYOUT)
    return [c for c in wanted if not _printable(c) or not any(covers(path, c) for path in available)]


def readable(text: str) -> str:
    """`text` with 〓, the printers' mark, for what can't be printed: for indexes and file names only."""
    lacking = set(missing(text))
    return "".join("〓" if character in lacking else character for character in text)


def _printable(character: str) -> bool:
    # Control, private-use and unassigned code points print as nothing or as somebody's own sign.
    return not unicodedata.category(character).startswith("C")


def require(*texts: str) -> None:
    """Refuse to print what would come out as an empty box."""
    lacking = missing("".join(texts))
    if lacking:
        raise MissingGlyphs(lacking)
