from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import zstandard

from hongdun.documents import fonts, typeset
from hongdun.documents.errors import MissingGlyphs
from hongdun.documents.licence import print_licence
from tests.documents import builders

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["龘", "垚", "颉颃", "䶮", "奭·㙟", "（一）〔2026〕№", "Abc 12,345.00㎡"])
def test_known_characters_are_printable(text: str) -> None:
    assert fonts.missing(text) == []


def test_missing_characters_are_named_once_and_in_order() -> None:
    assert fonts.missing("张𠮷𮧵𠮷\ue000好\u200b") == ["𠮷", "𮧵", "\ue000", "\u200b"]


def test_home_made_signs_and_invisible_characters_are_called_so() -> None:
    with pytest.raises(MissingGlyphs, match=r"缺自造字（U\+E0F1）、不可见字符（U\+200B），不能打印"):
        fonts.require("荣\ue0f1\u200b公司")


@pytest.mark.shared
def test_real_entries_print_except_for_home_made_signs(shared: Path) -> None:
    """Every character of the 64,886 real entries has a glyph, unless it is in the private-use area."""
    with (shared / "enterprises" / "guangxi_enterprises.csv.zst").open("rb") as packed:
        text = zstandard.ZstdDecompressor().stream_reader(packed).read().decode()
    found = fonts.missing("".join(sorted(set(text) - {"\r"})))
    assert all("\ue000" <= character <= "\uf8ff" for character in found)


def test_a_licence_with_a_missing_character_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyphs, match=r"字库缺“𮧵”（U\+2E9F5）、“𠮷”（U\+20BB7）") as refused:
        print_licence(
            builders.licence(principal="𠮷", name="广西𮧵鑫科技有限公司", scope="𠮷"), specimen=True
        )
    assert set(refused.value.characters) == {"𠮷", "𮧵"}
    assert "fonts 文件夹" in str(refused.value)


def test_a_mounted_font_brings_the_character(home: Path) -> None:
    (home / "fonts").mkdir()
    (home / "fonts" / "rare.ttf").write_bytes(builders.font_with("𠮷", family="Rare Han"))
    assert fonts.missing("𠮷") == []
    assert "Rare Han" in fonts.families()
    pdf = print_licence(builders.licence(principal="覃𠮷"), specimen=True)
    assert b"RareHan" in pdf


def test_a_mounted_font_that_can_not_be_drawn_is_caught_at_the_latest_in_typesetting(home: Path) -> None:
    (home / "fonts").mkdir()
    (home / "fonts" / "hollow.ttf").write_bytes(builders.font_with("𠮷", family=""))
    assert fonts.missing("𠮷") == []
    with pytest.raises(MissingGlyphs, match="“𠮷”"):
        print_licence(builders.licence(principal="覃𠮷"), specimen=True)


def test_a_mounted_fangsong_leads_in_official_letters(home: Path) -> None:
    (home / "fonts").mkdir()
    (home / "fonts" / "fs.ttf").write_bytes(builders.font_with("仿", family="FZFangSong-Z02"))
    assert fonts.families(body=True)[0] == "FZFangSong-Z02"
    assert fonts.families()[0] == fonts.SERIF


def test_text_never_becomes_markup() -> None:
    name = '#panic("x")*粗*$1$<l>@r\\u{1}'
    assert print_licence(builders.licence(name=name), specimen=True).startswith(b"%PDF")
    assert typeset.TEMPLATES.is_dir()
