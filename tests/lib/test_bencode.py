from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import bencode

VALUES = st.recursive(
    st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_encoded_is_read_again(value: bencode.Value) -> None:
    assert bencode.decode(bencode.encode(value)) == value


def test_keys_are_in_order() -> None:
    assert bencode.encode({"b": 1, "a": ["x"]}) == b"d1:al1:xe1:bi1ee"


@pytest.mark.parametrize("bad", [b"", b"i1", b"5:abc", b"d1:a", b"i1ei2e", b"x", b"l" * 5000])
def test_what_is_torn_is_refused(bad: bytes) -> None:
    with pytest.raises(bencode.NotBencoded):
        bencode.decode(bad)
