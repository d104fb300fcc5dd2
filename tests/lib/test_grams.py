from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import grams

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def plainly(text: str) -> set[int]:
    """Pairs by their definition: both code points, as one signed number of 32 bits."""
    codes = [ord(each) if ord(each) < 0x10000 else 0xE000 + ord(each) % 0x1900 for each in text.upper()]
    codes = codes * 2 if len(codes) == 1 else codes
    pairs = (a << 16 | b for a, b in itertools.pairwise(codes))
    return {pair - (1 << 32) if pair >= 1 << 31 else pair for pair in pairs}


@given(TEXTS)
def test_pairs_are_both_code_points_and_each_stands_once(text: str) -> None:
    found = grams.bigrams(text)
    assert set(found) == plainly(text)
    assert len(found) == len(set(found))


def test_no_text_has_no_pairs() -> None:
    assert grams.bigrams("") == []


@given(TEXTS)
def test_no_pair_is_taken_for_a_syllable_or_a_filter(text: str) -> None:
    shown = "".join(each for each in text if each >= " ")
    own = {
        *grams.spelled(shown),
        *grams.filters(organ=450_103_000, status="active", kind="1130", industry="5219"),
    }
    assert own.isdisjoint(grams.bigrams(shown))


def test_filters_of_an_unknown_industry_are_none() -> None:
    assert grams.of_industry("A0") == []
    assert grams.of_industry("521") == []
