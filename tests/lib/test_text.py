# ruff: noqa: RUF001 - full-width characters are what is tested
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib.text import _RADICALS, clean, normalise_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("⼴⻄红盾有限公司", "广西红盾有限公司"),
        ("红光(北京)酒业 有限公司", "红光（北京）酒业有限公司"),
        ("红光［北京］酒业有限公司", "红光（北京）酒业有限公司"),
        ("南宁\u200b市ＡＢＣ ｄｅ商行\ufeff", "南宁市ABC de商行"),
        ("阿卜杜拉•买买提 餐馆", "阿卜杜拉·买买提餐馆"),
        ("  横县　马岭供销社 ", "横县马岭供销社"),
    ],
)
def test_names(typed: str, name: str) -> None:
    assert normalise_name(typed) == name


def test_running_text_keeps_its_punctuation() -> None:
    assert clean("民族大道１３６号，\r\nＡ座（２楼）；\x00⻔面") == "民族大道136号， A座（2楼）；门面"


@given(st.text(max_size=60))
def test_both_are_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert normalise_name(normalise_name(text)) == normalise_name(text)


def test_every_radical_of_the_table_is_one_that_nfkc_leaves() -> None:
    for radical, character in _RADICALS.items():
        assert unicodedata.normalize("NFKC", chr(radical)) == chr(radical)
        assert unicodedata.name(chr(radical)).startswith("CJK RADICAL")
        assert len(character) == 1
        assert unicodedata.name(character).startswith("CJK UNIFIED")
