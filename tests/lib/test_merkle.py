from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import merkle

# RFC 6962 reference inputs and roots, as published with Certificate Transparency's test suite.
INPUTS = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf(bytes.fromhex(text)) for text in INPUTS[:count]]


def test_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.root([]) == sha256(b"").digest()


@pytest.mark.parametrize("count", ROOTS)
def test_published_roots(count: int) -> None:
    assert merkle.root(leaves(count)).hex() == ROOTS[count]


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_every_leaf_proves_itself_and_no_other(rows: list[bytes], data: st.DataObject) -> None:
    hashes = [merkle.leaf(row) for row in rows]
    index = data.draw(st.integers(0, len(rows) - 1))
    path = merkle.proof(hashes, index)
    assert merkle.climb(hashes[index], path) == merkle.root(hashes)
    assert merkle.climb(merkle.leaf(b"forged, longer"), path) != merkle.root(hashes)
