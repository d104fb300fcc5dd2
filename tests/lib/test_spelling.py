from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT

from hongdun.lib import spelling


@given(st.sampled_from(spelling.SYLLABLES), st.sampled_from(spelling.SYLLABLES))
def test_typed_letters_fall_into_the_syllables_meant(one: str, other: str) -> None:
    assert ((one, other), "") in spelling.split(one + other)


def test_a_syllable_begun_is_kept_apart() -> None:
    assert (("hong",), "d") in spelling.split("hongd")
    assert spelling.split("xyz") == []


def test_only_single_characters_are_loaded() -> None:
    assert not PHRASES_DICT
